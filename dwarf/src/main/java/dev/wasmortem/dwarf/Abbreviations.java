package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A table of abbreviations (§7.5.3), as flat arrays: entry {@code i} has attributes {@code
 * first[i]} up to {@code first[i + 1]}, and each attribute a name, a form and perhaps a constant. A
 * tag and whether it has children share an {@code int}. Nearly all tables number their entries 1,
 * 2, 3…; only others pay for a map.
 *
 * <pre>
 * table     = entry* 0:uleb
 * entry     = code:uleb tag:uleb children:u8 attribute* 0:uleb 0:uleb
 * attribute = name:uleb form:uleb [constant:sleb, for DW_FORM_implicit_const]
 * </pre>
 */
final class Abbreviations {
  private int[] tags = new int[16];
  private int[] first = new int[17];
  private int[] names = new int[64];
  private int[] forms = new int[64];
  private long[] constants = {};
  private final Map<Long, Integer> sparse = new HashMap<>();
  private int entries;
  private int attributes;
  private boolean complete;

  /** By {@link #variant}. */
  private final AtomicReferenceArray<Skips> skips = new AtomicReferenceArray<>(16);

  private Abbreviations() {}

  /** Reads the table that begins at {@code cursor}. */
  static Abbreviations read(Cursor cursor, Budget budget) {
    return readUpTo(0, cursor, budget);
  }

  /**
   * Reads the table that begins at {@code cursor} up to the entry of {@code last}, or to its end. A
   * unit's root entry is nearly always the first.
   */
  static Abbreviations readUpTo(long last, Cursor cursor, Budget budget) {
    Abbreviations table = new Abbreviations();
    cursor.in("debug_abbrev.entry");
    while (!table.complete) {
      long start = cursor.position();
      long code = cursor.uleb128();
      if (code == 0) {
        table.complete = true;
        break;
      }
      table.readEntry(code, cursor);
      budget.spend(cursor.position() - start, cursor.at(start));
      if (code == last) {
        break;
      }
    }
    table.trim();
    return table;
  }

  /** Returns whether the table was read to its end. */
  boolean isComplete() {
    return complete;
  }

  private void readEntry(long code, Cursor cursor) {
    int entry = entries++;
    if (entry == tags.length) {
      tags = Arrays.copyOf(tags, entry * 2);
      first = Arrays.copyOf(first, entry * 2 + 1);
    }
    tags[entry] = smallNumber(cursor, "tag") << 1 | (cursor.u8() == 0 ? 0 : 1);
    while (true) {
      int name = smallNumber(cursor, "attribute");
      int form = smallNumber(cursor, "form");
      if (name == 0 && form == 0) {
        break;
      }
      addAttribute(name, form, cursor);
    }
    first[entry + 1] = attributes;
    if (code != entry + 1 || !sparse.isEmpty()) {
      addSparse(code, entry);
    }
  }

  private void addAttribute(int name, int form, Cursor cursor) {
    int attribute = attributes++;
    if (attribute == names.length) {
      names = Arrays.copyOf(names, attribute * 2);
      forms = Arrays.copyOf(forms, attribute * 2);
    }
    names[attribute] = name;
    forms[attribute] = form;
    if (form == Form.IMPLICIT_CONST.code()) {
      if (constants.length <= attribute) {
        constants = Arrays.copyOf(constants, names.length);
      }
      constants[attribute] = cursor.sleb128();
    }
  }

  /** Numbers the entries by a map from the first one on that is out of order; the first wins. */
  private void addSparse(long code, int entry) {
    if (sparse.isEmpty()) {
      for (int i = 0; i < entry; i++) {
        sparse.put((long) i + 1, i);
      }
    }
    sparse.putIfAbsent(code, entry);
  }

  private void trim() {
    tags = Arrays.copyOf(tags, entries);
    first = Arrays.copyOf(first, entries + 1);
    names = Arrays.copyOf(names, attributes);
    forms = Arrays.copyOf(forms, attributes);
  }

  private static int smallNumber(Cursor cursor, String what) {
    long start = cursor.position();
    long value = cursor.uleb128();
    if (value < 0 || value > 0xff_ffff) {
      throw new FormatException.LimitExceeded(
          what + " code 0x" + Long.toHexString(value), cursor.at(start));
    }
    return (int) value;
  }

  /** Returns the entry of a code, or −1. */
  int entry(long code) {
    if (sparse.isEmpty()) {
      return code >= 1 && code <= entries ? (int) code - 1 : -1;
    }
    return sparse.getOrDefault(code, -1);
  }

  int entryCount() {
    return entries;
  }

  /** Returns how to pass over attributes in units of an encoding. */
  Skips skips(Encoding encoding) {
    int variant = variant(encoding);
    Skips known = skips.getAcquire(variant);
    if (known == null) {
      known = Skips.of(this, encoding);
      skips.setRelease(variant, known);
    }
    return known;
  }

  /** Numbers what of an encoding sizes depend on. */
  private static int variant(Encoding encoding) {
    return Integer.numberOfTrailingZeros(encoding.addressSize())
        | (encoding.offsetSize() == 8 ? 4 : 0)
        | (encoding.version() <= 2 ? 8 : 0);
  }

  /** Returns an entry's tag, {@code DW_TAG_…}. */
  int tag(int entry) {
    return tags[entry] >>> 1;
  }

  /** Returns whether entries of this abbreviation have children. */
  boolean hasChildren(int entry) {
    return (tags[entry] & 1) != 0;
  }

  /** Returns an entry's first attribute. */
  int firstAttribute(int entry) {
    return first[entry];
  }

  /** Returns the attribute behind an entry's last. */
  int endAttribute(int entry) {
    return first[entry + 1];
  }

  /** Returns an attribute's name, {@code DW_AT_…}. */
  int name(int attribute) {
    return names[attribute];
  }

  /** Returns the code of an attribute's form, which need not be one that exists. */
  int form(int attribute) {
    return forms[attribute];
  }

  /** Returns the value of an attribute of {@link Form#IMPLICIT_CONST}. */
  long constant(int attribute) {
    return attribute < constants.length ? constants[attribute] : 0;
  }
}
