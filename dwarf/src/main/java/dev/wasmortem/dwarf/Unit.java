package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A unit of {@code .debug_info}: one source file as it was compiled, with what that included
 * (§3.1). Its header is read with the list of units; its root entry, ranges and line table each
 * when first asked for. What is damaged is reported once and then absent. Safe for use by several
 * threads.
 */
public final class Unit {
  private final UnitHeader header;
  private final DebugFile file;
  private final ByteSource section;

  /** Of a split unit, the half that stands in the file with the code. */
  private final @Nullable Unit skeleton;

  private final Lazy<Unit> content;
  private final Lazy<RootEntry> root;
  private final Lazy<Optional<String>> name;
  private final Lazy<Optional<String>> compilationDirectory;
  private final Lazy<Optional<String>> producer;
  private final Lazy<CodeRanges> ranges;
  private final Lazy<Optional<LineTable>> lines;
  private final Lazy<Owners> owners;
  private final Lazy<RangeLists.UnitContext> lists;
  private final Lazy<FunctionTable> functions;

  /** What a unit says of where its code stands. */
  public enum Code {
    /** It gives ranges of addresses. */
    PRESENT,
    /** It gives no ranges. */
    NONE,
    /** All its code was left out by the linker. */
    LEFT_OUT,
    /**
     * All its ranges begin at 0, where no code is: a tool moved the code and lost the addresses.
     */
    ALL_AT_ZERO
  }

  Unit(UnitHeader header, DebugFile file, ByteSource section) {
    this.header = header;
    this.file = file;
    this.section = section;
    this.root = new Lazy<>(this::readRoot);
    this.skeleton = file.skeleton();
    this.content = new Lazy<>(this::readContent);
    this.name = new Lazy<>(() -> rootText(root.get().name));
    this.compilationDirectory = new Lazy<>(() -> rootText(root.get().compilationDirectory));
    this.producer = new Lazy<>(() -> rootText(root.get().producer));
    this.ranges = new Lazy<>(this::readRanges);
    this.lines = new Lazy<>(this::readLines);
    this.owners = new Lazy<>(this::readOwners);
    this.lists = new Lazy<>(this::readListContext);
    this.functions = new Lazy<>(() -> FunctionTable.read(this));
  }

  DebugFile file() {
    return file;
  }

  UnitHeader header() {
    return header;
  }

  /** Returns where the unit begins in its section. */
  public InfoOffset offset() {
    return new InfoOffset(header.offset());
  }

  /** Returns how the unit writes numbers. */
  public Encoding encoding() {
    return header.encoding();
  }

  /** Returns the entry that stands for the unit as a whole and owns all others. */
  public Entry root() {
    return new Entry(this, new InfoOffset(header.entries()));
  }

  /**
   * Returns the entry at an offset of the unit's section, when that is one of this unit's; whether
   * an entry begins there shows when it is read.
   */
  public Optional<Entry> entryAt(InfoOffset offset) {
    return offset.value() >= header.entries() && offset.value() < header.end()
        ? Optional.of(new Entry(this, offset))
        : Optional.empty();
  }

  /** Returns the entry that stands so many bytes behind the unit's first, as references count. */
  public Optional<Entry> entryAt(long distance) {
    return Optional.ofNullable(local(distance));
  }

  /** Returns the unit's DWARF version, 2 to 5. */
  public int version() {
    return header.encoding().version();
  }

  /** Returns the name of the source file, as it was given to the compiler. */
  public Optional<String> name() {
    return content().name.get();
  }

  /** Returns the directory that the compiler ran in. */
  public Optional<String> compilationDirectory() {
    return skeleton != null ? skeleton.compilationDirectory() : compilationDirectory.get();
  }

  /** Returns the name of the compiler, as it calls itself. */
  public Optional<String> producer() {
    return content().producer.get();
  }

  /** Returns the source language, {@code DW_LANG_…} (§7.12), or 0 when the unit has none. */
  public int language() {
    long language = content().root.get().language;
    return language < 0 || language > 0xffff ? 0 : (int) language;
  }

  /** Returns what the unit says of where its code stands. */
  public Code code() {
    return ranges.get().kind();
  }

  /**
   * Returns the addresses of the unit's code, in the unit's order, without those of code that the
   * linker left out. A unit that gives none has those that {@code .debug_aranges} gives it.
   */
  public List<AddressRange> ranges() {
    CodeRanges known = ranges.get();
    List<AddressRange> all = new ArrayList<>(known.count());
    for (int i = 0; i < known.count(); i++) {
      all.add(new AddressRange(new Address(known.low(i)), new Address(known.high(i))));
    }
    return all;
  }

  /** Returns the unit's line table, if it has one. */
  public Optional<LineTable> lines() {
    return lines.get();
  }

  /**
   * Adds the unit's ranges, numbered {@code own}, or where it gives none, those of its line table,
   * numbered {@code ofLines}.
   */
  void addRanges(RangeMap.Builder map, int own, int ofLines) {
    CodeRanges known = ranges.get();
    for (int i = 0; i < known.count(); i++) {
      map.add(known.low(i), known.high(i), own);
    }
    boolean given = known.kind() == Code.PRESENT || known.kind() == Code.LEFT_OUT;
    if (!given && lines.get().isPresent()) {
      LineRows rows = lines.get().get().rows();
      for (int i = 0; i < rows.sequenceCount(); i++) {
        map.add(rows.sequenceLow(i), rows.sequenceHigh(i), ofLines);
      }
    }
  }

  long firstEntry() {
    return header.entries();
  }

  long end() {
    return header.end();
  }

  /** Returns a cursor over the unit's section that ends with the unit. */
  Cursor cursor() {
    return section.slice(0, header.end()).cursor().in("debug_info.entry");
  }

  Abbreviations abbreviations() {
    return file.abbreviations(header.abbreviations());
  }

  /**
   * Returns the entry that {@code value} refers to, or null if it is no reference or to nothing.
   */
  @Nullable Entry resolve(AttributeValue value) {
    return switch (value.kind()) {
      case UNIT_REFERENCE -> local(value.number());
      case INFO_REFERENCE -> in(file.units().at(value.number()), value.number());
      case SUPPLEMENTARY_REFERENCE -> {
        DebugFile supplement = file.supplement();
        yield supplement == null ? null : in(supplement.units().at(value.number()), value.number());
      }
      case TYPE_SIGNATURE -> {
        Unit unit = file.typeUnit(value.number());
        yield unit == null ? null : unit.local(unit.header.typeOffset());
      }
      default -> null;
    };
  }

  private @Nullable Entry local(long distance) {
    return distance < 0 || distance > header.end() - header.offset()
        ? null
        : in(this, header.offset() + distance);
  }

  private static @Nullable Entry in(@Nullable Unit unit, long offset) {
    return unit == null ? null : unit.entryAt(new InfoOffset(offset)).orElse(null);
  }

  /**
   * Returns a section of the file that the unit is in, by the name it has in a file that is not
   * split; of one that is absent, no bytes.
   */
  public ByteSource section(String name) {
    return file.section(name);
  }

  /** Returns the address that the unit's range and location lists count from at first. */
  public Address baseAddress() {
    return new Address(lowPc());
  }

  /** Returns where the unit's addresses begin; of a split unit its skeleton knows. */
  private long addressBase() {
    return skeleton != null ? skeleton.addressBase() : root.get().addressBase;
  }

  private long lowPc() {
    RootEntry entry = root.get();
    if (skeleton != null && !Addresses.isAddress(entry.lowPc)) {
      return skeleton.lowPc();
    }
    try {
      return Addresses.isAddress(entry.lowPc) ? address(entry.lowPc) : 0;
    } catch (FormatException e) {
      file.report("dwarf-unit-damaged", e);
      return 0;
    }
  }

  /**
   * Returns where the offsets of the unit's location lists begin in {@code .debug_loclists}
   * (§7.29): its {@code DW_AT_loclists_base}, else what follows the header of the first table.
   */
  public long locationListsBase() {
    long base = root.get().locationListsBase;
    return base >= 0 ? base : header.encoding().defaultListsBase();
  }

  /**
   * Returns an address of {@code .debug_addr} by its index.
   *
   * @throws FormatException if there is none
   */
  public Address addressAt(long index) {
    return new Address(file.addresses().indexed(index, header.encoding(), root.get().addressBase));
  }

  /** Returns the address that {@code value}, which {@link Addresses#isAddress}, stands for. */
  long address(AttributeValue value) {
    return file.addresses().address(value, header.encoding(), addressBase());
  }

  /** Returns the string that {@code value} stands for, or null when it is none. */
  @Nullable String text(AttributeValue value) {
    if (value.kind() == Form.Kind.SUPPLEMENTARY_STRING) {
      DebugFile supplement = file.supplement();
      return supplement == null ? null : supplement.strings().at(value.number());
    }
    return file.strings().text(value, section, header.encoding(), root.get().stringOffsetsBase);
  }

  /** Returns the bytes of {@code value}, which is a block or an expression. */
  ByteSource block(AttributeValue value) {
    return section.slice(value.start(), value.length());
  }

  /** Returns the entry that owns the one at {@code offset}. */
  Optional<Entry> parentOf(long offset) {
    return Optional.ofNullable(in(this, owners.get().of(offset)));
  }

  private Owners readOwners() {
    try {
      return Owners.read(this);
    } catch (FormatException e) {
      file.report("dwarf-unit-damaged", e);
      return Owners.none();
    }
  }

  private RootEntry readRoot() {
    try {
      return RootEntry.read(header, section, file);
    } catch (FormatException e) {
      file.report("dwarf-unit-damaged", e);
      return new RootEntry();
    }
  }

  private CodeRanges readRanges() {
    CodeRanges into = new CodeRanges();
    try {
      readRanges(root.get(), into);
    } catch (FormatException e) {
      file.report("dwarf-ranges-damaged", e);
    }
    return into.kind() == Code.NONE ? file.addressTables().of(header.offset()) : into;
  }

  private void readRanges(RootEntry entry, CodeRanges into) {
    readRanges(entry.lowPc, entry.highPc, entry.ranges, into);
    if (Addresses.isAddress(entry.lowPc) && lowPc() == 0 && into.count() == 0) {
      into.addZeroBase();
    }
  }

  /**
   * Adds the ranges of an entry by its {@code DW_AT_low_pc}, {@code DW_AT_high_pc} and {@code
   * DW_AT_ranges} (§2.17); none by values that are absent or of other classes.
   */
  void readRanges(
      @Nullable AttributeValue low,
      @Nullable AttributeValue high,
      @Nullable AttributeValue list,
      CodeRanges into) {
    readRanges(low, high, list, file.rangeLists().budget(), into);
  }

  void readRanges(
      @Nullable AttributeValue low,
      @Nullable AttributeValue high,
      @Nullable AttributeValue list,
      Budget budget,
      CodeRanges into) {
    if (list != null && RangeLists.isList(list)) {
      file.rangeLists().read(list, lists.get(), budget, into);
    } else if (low != null && Addresses.isAddress(low)) {
      Encoding encoding = header.encoding();
      long first = address(low);
      if (high != null && Addresses.isAddress(high)) {
        into.add(first, address(high), encoding);
      } else if (high != null && high.kind() == Form.Kind.CONSTANT) {
        into.add(first, encoding.wrap(first + high.number()), encoding);
      }
    }
  }

  private RangeLists.UnitContext readListContext() {
    RootEntry entry = root.get();
    return new RangeLists.UnitContext(
        header.encoding(),
        lowPc(),
        addressBase(),
        entry.rangeListsBase,
        skeleton == null ? 0 : skeleton.root.get().rangesBase);
  }

  Budget newRangeBudget() {
    return file.rangeLists().newBudget();
  }

  /** Returns the number that ties a skeleton and the other half of its unit; 0 if it has none. */
  long splitId() {
    return version() >= 5 ? header.id() : root.get().splitId;
  }

  /** Returns whether this is a skeleton, whose other half is in another file, found or not. */
  public boolean isSplit() {
    return !header.isTypeUnit() && splitId() != 0 && rootText(root.get().splitName).isPresent();
  }

  /**
   * Returns whether a type unit came in the same file as another unit's entries, by the {@code
   * DW_AT_dwo_name} of both; where one has none, that is not known, and taken for granted.
   */
  boolean cameWith(Unit unit) {
    Optional<String> own = rootText(root.get().splitName);
    Optional<String> others = unit.rootText(unit.root.get().splitName);
    return own.isEmpty()
        || others.isEmpty()
        || (own.equals(others) && compilationDirectory().equals(unit.compilationDirectory()));
  }

  /**
   * Returns the unit that has the entries: of a skeleton (§3.1.2) the other half, if it can be
   * found, and this unit else.
   */
  public Unit content() {
    return content.get();
  }

  private Unit readContent() {
    SplitUnits splits = file.splits();
    if (splits == null || header.isTypeUnit() || splitId() == 0) {
      return this;
    }
    Optional<String> file = rootText(root.get().splitName);
    if (file.isEmpty()) {
      return this;
    }
    Unit found =
        splits.find(
            this,
            new DebugFiles.SplitUnit(file.get(), compilationDirectory().orElse(""), splitId()));
    return found == null ? this : found;
  }

  /** Returns the unit's functions; they are read when they are first asked for. */
  FunctionTable functions() {
    return functions.get();
  }

  private Optional<LineTable> readLines() {
    if (skeleton != null) {
      return skeleton.lines();
    }
    RootEntry entry = root.get();
    if (entry.lineTable < 0) {
      return Optional.empty();
    }
    try {
      LineTables.Decoded decoded = file.lines(entry.lineTable, header.encoding().addressSize());
      LineTable.PathContext context =
          new LineTable.PathContext(compilationDirectory().orElse(""), entry.stringOffsetsBase);
      return Optional.of(
          new LineTable(decoded.rows(), decoded.files(), context, file.strings(), file.sink()));
    } catch (FormatException e) {
      file.report("dwarf-line-table-damaged", e);
      return Optional.empty();
    }
  }

  private Optional<String> rootText(AttributeValue value) {
    try {
      return Optional.ofNullable(text(value));
    } catch (FormatException e) {
      file.report("dwarf-string-damaged", e);
      return Optional.empty();
    }
  }
}
