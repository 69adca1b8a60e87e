package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A unit of {@code .debug_info}: one source file as it was compiled, with what that included
 * (§3.1). Its header is read with the list of units; its root entry, ranges and line table each
 * when first asked for. What is damaged is reported once and then absent. Safe for use by several
 * threads.
 */
public final class Unit {
  private final UnitHeader header;
  private final SharedTables tables;
  private final Lazy<RootEntry> root;
  private final Lazy<Optional<String>> name;
  private final Lazy<Optional<String>> compilationDirectory;
  private final Lazy<Optional<String>> producer;
  private final Lazy<CodeRanges> ranges;
  private final Lazy<Optional<LineTable>> lines;

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

  Unit(UnitHeader header, SharedTables tables) {
    this.header = header;
    this.tables = tables;
    this.root = new Lazy<>(this::readRoot);
    this.name = new Lazy<>(() -> text(root.get().name));
    this.compilationDirectory = new Lazy<>(() -> text(root.get().compilationDirectory));
    this.producer = new Lazy<>(() -> text(root.get().producer));
    this.ranges = new Lazy<>(this::readRanges);
    this.lines = new Lazy<>(this::readLines);
  }

  /** Returns where the unit begins, in bytes from the start of {@code .debug_info}. */
  public long offset() {
    return header.offset();
  }

  /** Returns the unit's DWARF version, 2 to 5. */
  public int version() {
    return header.encoding().version();
  }

  /** Returns the name of the source file, as it was given to the compiler. */
  public Optional<String> name() {
    return name.get();
  }

  /** Returns the directory that the compiler ran in. */
  public Optional<String> compilationDirectory() {
    return compilationDirectory.get();
  }

  /** Returns the name of the compiler, as it calls itself. */
  public Optional<String> producer() {
    return producer.get();
  }

  /** Returns the source language, {@code DW_LANG_…} (§7.12), or 0 when the unit has none. */
  public int language() {
    long language = root.get().language;
    return language < 0 || language > 0xffff ? 0 : (int) language;
  }

  /** Returns what the unit says of where its code stands. */
  public Code code() {
    return ranges.get().kind();
  }

  /**
   * Returns the addresses of the unit's code, in the unit's order, without those of code that the
   * linker left out.
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

  private RootEntry readRoot() {
    try {
      return RootEntry.read(header, tables);
    } catch (FormatException e) {
      tables.report("dwarf-unit-damaged", e);
      return new RootEntry();
    }
  }

  private CodeRanges readRanges() {
    CodeRanges into = new CodeRanges();
    try {
      readRanges(root.get(), into);
    } catch (FormatException e) {
      tables.report("dwarf-ranges-damaged", e);
    }
    return into;
  }

  private void readRanges(RootEntry entry, CodeRanges into) {
    Encoding encoding = header.encoding();
    boolean hasLow = Addresses.isAddress(entry.lowPc);
    long low = hasLow ? address(entry.lowPc, entry) : 0;
    if (RangeLists.isList(entry.ranges)) {
      tables
          .rangeLists()
          .read(
              entry.ranges,
              new RangeLists.UnitContext(encoding, low, entry.addressBase, entry.rangeListsBase),
              into);
    } else if (hasLow && Addresses.isAddress(entry.highPc)) {
      into.add(low, address(entry.highPc, entry), encoding);
    } else if (hasLow && entry.highPc.kind() == Form.Kind.CONSTANT) {
      into.add(low, encoding.wrap(low + entry.highPc.number()), encoding);
    }
    if (hasLow && low == 0 && into.count() == 0) {
      into.addZeroBase();
    }
  }

  private long address(AttributeValue value, RootEntry entry) {
    return tables.addresses().address(value, header.encoding(), entry.addressBase);
  }

  private Optional<LineTable> readLines() {
    RootEntry entry = root.get();
    if (entry.lineTable < 0) {
      return Optional.empty();
    }
    try {
      SharedTables.DecodedLines decoded =
          tables.lines(entry.lineTable, header.encoding().addressSize());
      LineTable.PathContext context =
          new LineTable.PathContext(compilationDirectory().orElse(""), entry.stringOffsetsBase);
      return Optional.of(
          new LineTable(decoded.rows(), decoded.files(), context, tables.strings(), tables.sink()));
    } catch (FormatException e) {
      tables.report("dwarf-line-table-damaged", e);
      return Optional.empty();
    }
  }

  private Optional<String> text(AttributeValue value) {
    try {
      return Optional.ofNullable(
          tables
              .strings()
              .text(value, tables.info(), header.encoding(), root.get().stringOffsetsBase));
    } catch (FormatException e) {
      tables.report("dwarf-string-damaged", e);
      return Optional.empty();
    }
  }
}
