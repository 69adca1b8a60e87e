package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One table of {@code .debug_names} (§6.1.1.4): the names of the entries of some units, hashed.
 *
 * <pre>
 * table        = unit_length version:u16 0:u16 units:u32 local_types:u32 foreign_types:u32
 *                buckets:u32 names:u32 abbreviation_bytes:u32 augmentation_bytes:u32
 *                augmentation, to a multiple of 4
 *                unit:offset^units  local_type:offset^local_types  signature:u64^foreign_types
 *                first_name:u32^buckets  [hash:u32^names, if there are buckets]
 *                string:offset^names  entries:offset^names
 *                abbreviation* 0:uleb, to abbreviation_bytes
 *                pool
 * abbreviation = code:uleb tag:uleb (index:uleb form:uleb)* 0:uleb 0:uleb
 * pool         = (entry* 0:uleb)*
 * entry        = code:uleb, and a value for each of the abbreviation's indexes
 * </pre>
 *
 * <p>Names count from 1, and each stands once; a bucket of 0 is empty. A look-up takes time linear
 * in the table at most, and so does reading one. All methods throw {@link FormatException} where
 * the bytes are none.
 */
final class NameTable {
  /** The offset of a unit that the linker left out. */
  static final long LEFT_OUT = -1;

  private static final int COMPILE_UNIT = 1;
  private static final int TYPE_UNIT = 2;
  private static final int DIE_OFFSET = 3;

  /** The most values of an entry: some take no bytes, and may so not be more for each entry. */
  private static final int VALUES = 64;

  private static final int IMPLICIT = Form.IMPLICIT_CONST.code();

  private final ByteSource table;
  private final Encoding encoding;
  private final long units;
  private final long localTypes;
  private final long foreignTypes;
  private final long buckets;
  private final long names;

  /** Where the arrays begin, in their order. */
  private final long unitArray;

  private final long signatureArray;
  private final long bucketArray;
  private final long hashArray;
  private final long stringArray;
  private final long entryArray;

  private final long pool;
  private final Map<Long, Abbreviation> abbreviations = new HashMap<>();

  /** How entries of one kind are written. */
  private record Abbreviation(int tag, List<Value> values) {}

  /**
   * A value of such entries.
   *
   * @param index what it says, {@code DW_IDX_…}
   * @param form the code of its form, which need not be one that exists
   * @param constant the value itself, of {@link Form#IMPLICIT_CONST}
   */
  private record Value(int index, int form, long constant) {}

  /**
   * What the table says of an entry.
   *
   * @param tag the entry's tag
   * @param unit which unit of the table's list it is in, or −1 where it does not say
   * @param typeUnit which type unit it is in, local ones first, or −1 if it is in none
   * @param distance where it stands, from its unit's first byte
   */
  record Indexed(int tag, long unit, long typeUnit, long distance) {}

  /** Reads the header and abbreviations of the table that {@code table} is to its end. */
  NameTable(ByteSource table) {
    this.table = table;
    Cursor cursor = table.cursor().in("debug_names.header");
    UnitLength length = UnitLength.read(cursor);
    encoding = new Encoding(5, length.offsetSize(), 4);
    int version = cursor.u16le();
    if (version != 5) {
      throw new FormatException.Unsupported(
          "version " + version + " of a table of names", cursor.at(cursor.position() - 2));
    }
    cursor.skip(2);
    units = cursor.u32le();
    localTypes = cursor.u32le();
    foreignTypes = cursor.u32le();
    buckets = cursor.u32le();
    names = cursor.u32le();
    long abbreviationBytes = cursor.u32le();
    cursor.skip((cursor.u32le() + 3) & -4L);
    int offset = encoding.offsetSize();
    // Each of the counts is below 2³², so that none of the sums is beyond counting.
    unitArray = cursor.position();
    signatureArray = unitArray + offset * (units + localTypes);
    bucketArray = signatureArray + 8 * foreignTypes;
    hashArray = bucketArray + 4 * buckets;
    stringArray = hashArray + (buckets == 0 ? 0 : 4 * names);
    entryArray = stringArray + offset * names;
    long abbreviationTable = entryArray + offset * names;
    pool = abbreviationTable + abbreviationBytes;
    if (pool > table.size()) {
      throw cursor.malformed("a table of " + names + " names that ends behind its section");
    }
    readAbbreviations(table.slice(0, pool).cursor(abbreviationTable));
  }

  private void readAbbreviations(Cursor at) {
    at.in("debug_names.abbreviation");
    while (!at.atEnd()) {
      long code = at.uleb128();
      if (code == 0) {
        return;
      }
      int tag = small(at.uleb128());
      List<Value> values = new ArrayList<>();
      while (true) {
        int index = small(at.uleb128());
        int form = small(at.uleb128());
        if (index == 0 && form == 0) {
          break;
        }
        if (values.size() == VALUES) {
          throw new FormatException.LimitExceeded(
              "an abbreviation of more than " + VALUES + " values", at.here());
        }
        values.add(new Value(index, form, form == IMPLICIT ? at.sleb128() : 0));
      }
      abbreviations.putIfAbsent(code, new Abbreviation(tag, values));
    }
  }

  /** Returns a code, and one that nothing has for those beyond all. */
  private static int small(long code) {
    return code < 0 || code > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) code;
  }

  /** Returns how many compilation units the table is for. */
  long unitCount() {
    return units;
  }

  /** Returns how many type units of the file the table is for. */
  long localTypeCount() {
    return localTypes;
  }

  /**
   * Returns where a unit begins, or {@link #LEFT_OUT}: of the compilation units, and the local type
   * units behind.
   */
  long unitOffset(long index) {
    long offset = offsetIn(unitArray, index, "debug_names.unit");
    return encoding.offsetSize() == 4 && offset == 0xffff_ffffL ? LEFT_OUT : offset;
  }

  /** Returns the signature of a type unit that is in another file. */
  long signature(long index) {
    Cursor at =
        at(signatureArray, Math.max(0, Math.min(index, foreignTypes)), 8, "debug_names.signature");
    if (index < 0 || index >= foreignTypes) {
      throw at.malformed("a name of a type unit that the table does not have");
    }
    return at.i64le();
  }

  /** Returns what the table has of {@code name}; strings are in {@code strings}. */
  List<Indexed> find(String name, ByteSource strings) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    if (buckets == 0) {
      for (long i = 0; i < names; i++) {
        if (isAt(i, text, strings)) {
          return entries(i);
        }
      }
      return List.of();
    }
    int hash = NameHash.of(name);
    long bucket = Integer.toUnsignedLong(hash) % buckets;
    Cursor at = at(bucketArray, bucket, 4, "debug_names.bucket");
    long first = at.u32le();
    if (first > names) {
      throw at.malformed("a bucket of name " + first + " of " + names);
    }
    if (first == 0) {
      return List.of();
    }
    at = at(hashArray, first - 1, 4, "debug_names.hash");
    for (long i = first - 1; i < names; i++) {
      int known = at.i32le();
      if (Integer.toUnsignedLong(known) % buckets != bucket) {
        break;
      }
      if (known == hash && isAt(i, text, strings)) {
        return entries(i);
      }
    }
    return List.of();
  }

  private List<Indexed> entries(long index) {
    long start = offsetIn(entryArray, index, "debug_names.entries");
    Cursor cursor = table.cursor(pool).in("debug_names.entry").skip(start);
    List<Indexed> entries = new ArrayList<>();
    AttributeValue value = new AttributeValue();
    Indexed entry = readEntry(cursor, value);
    while (entry != null) {
      entries.add(entry);
      entry = readEntry(cursor, value);
    }
    return entries;
  }

  private boolean isAt(long index, byte[] text, ByteSource strings) {
    long start = offsetIn(stringArray, index, "debug_names.string");
    Cursor at = strings.cursor().in("debug_str.string").seek(start);
    for (byte b : text) {
      // What is looked for may hold a NUL, which no string does.
      if (b == 0 || at.u8() != (b & 0xff)) {
        return false;
      }
    }
    return at.u8() == 0;
  }

  /** Reads the entry at the cursor; null at the end of a name's. */
  private @Nullable Indexed readEntry(Cursor cursor, AttributeValue value) {
    long start = cursor.position();
    long code = cursor.uleb128();
    if (code == 0) {
      return null;
    }
    Abbreviation kind = abbreviations.get(code);
    if (kind == null) {
      throw new FormatException.Malformed(
          "abbreviation " + Long.toUnsignedString(code) + ", which the table does not have",
          cursor.at(start));
    }
    long unit = -1;
    long typeUnit = -1;
    Optional<Long> distance = Optional.empty();
    for (Value each : kind.values()) {
      value.read(Form.of(each.form(), cursor), each.constant(), cursor, encoding);
      switch (each.index()) {
        case COMPILE_UNIT -> unit = value.number();
        case TYPE_UNIT -> typeUnit = value.number();
        case DIE_OFFSET -> distance = Optional.of(value.number());
        default -> {
          // Its parent, a hash of it, or what a vendor has to say.
        }
      }
    }
    if (distance.isEmpty()) {
      throw new FormatException.Malformed("an entry that does not say where", cursor.at(start));
    }
    return new Indexed(kind.tag(), unit, typeUnit, distance.get());
  }

  private long offsetIn(long array, long index, String production) {
    return encoding.offset(at(array, index, encoding.offsetSize(), production));
  }

  /** Returns a cursor before an element of an array, which the header says is in the table. */
  private Cursor at(long array, long index, int size, String production) {
    return table.cursor(array + index * size).in(production);
  }
}
