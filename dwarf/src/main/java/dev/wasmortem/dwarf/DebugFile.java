package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The sections of one file, its units, and what those share: abbreviations and line tables, each
 * read once however many units name it.
 */
final class DebugFile {
  private static final long SMALL = 64;

  /** How often a byte of a string may be read: directories are part of many paths. */
  private static final long STRING_SHARE = 64;

  private final DwarfSections sections;
  private final UnitList units = new UnitList(this);
  private final ByteSource info;
  private final ByteSource abbreviationTables;
  private final ByteSource lineTables;
  private final Strings strings;
  private final Addresses addresses;
  private final RangeLists rangeLists;
  private final Diagnostic.Sink sink;
  private final Budget abbreviationBudget;
  private final Budget lineBudget;
  private final Map<Long, Abbreviations> abbreviations = new HashMap<>();

  /** By {@link #lineKey}. */
  private final ConcurrentMap<Long, DecodedLines> lines = new ConcurrentHashMap<>();

  /** A line table without what its paths depend on. */
  record DecodedLines(LineRows rows, FileTable files) {}

  DebugFile(DwarfSections sections, Diagnostic.Sink sink) {
    this.sections = sections;
    this.sink = new LimitedSink(sink);
    info = section(sections, ".debug_info");
    abbreviationTables = section(sections, ".debug_abbrev");
    lineTables = section(sections, ".debug_line");
    strings = strings(sections);
    addresses = new Addresses(section(sections, ".debug_addr"));
    rangeLists =
        new RangeLists(
            section(sections, ".debug_ranges"), section(sections, ".debug_rnglists"), addresses);
    // Tables stand one behind the other, so reading all of them takes the section's size once;
    // abbreviations are read in part first.
    abbreviationBudget = new Budget("abbreviations", 4 * abbreviationTables.size() + SMALL);
    lineBudget = new Budget("line tables", 2 * lineTables.size() + SMALL);
  }

  private Strings strings(DwarfSections sections) {
    ByteSource text = section(sections, ".debug_str");
    ByteSource lineText = section(sections, ".debug_line_str");
    long size = info.size() + lineTables.size() + text.size() + lineText.size();
    return new Strings(
        text,
        lineText,
        section(sections, ".debug_str_offsets"),
        new Budget("strings", STRING_SHARE * size + (1 << 20)));
  }

  private static ByteSource section(DwarfSections sections, String name) {
    return sections.section(name).orElseGet(() -> ByteSource.of(name + ", absent", new byte[0]));
  }

  UnitList units() {
    return units;
  }

  ByteSource info() {
    return info;
  }

  /** Returns {@code .debug_types}. */
  ByteSource types() {
    return section(".debug_types");
  }

  /** Returns the contents of a section; of one that is absent, no bytes. */
  ByteSource section(String name) {
    return section(sections, name);
  }

  Strings strings() {
    return strings;
  }

  Addresses addresses() {
    return addresses;
  }

  RangeLists rangeLists() {
    return rangeLists;
  }

  Diagnostic.Sink sink() {
    return sink;
  }

  void report(String code, FormatException error) {
    sink.report(Diagnostic.of(code, error));
  }

  /**
   * Returns the table of abbreviations at an offset, read as far as it takes to find the entry of
   * {@code code}: no further than that when it is first asked for, else to its end.
   */
  Abbreviations abbreviations(long offset, long code) {
    synchronized (abbreviations) {
      Abbreviations known = abbreviations.get(offset);
      if (known == null || (known.entry(code) < 0 && !known.isComplete())) {
        Cursor cursor = abbreviationTables.cursor().in("debug_abbrev.table").seek(offset);
        known =
            known == null
                ? Abbreviations.readUpTo(code, cursor, abbreviationBudget)
                : Abbreviations.read(cursor, abbreviationBudget);
        abbreviations.put(offset, known);
      }
      return known;
    }
  }

  /** Returns the whole table of abbreviations at an offset. */
  Abbreviations abbreviations(long offset) {
    synchronized (abbreviations) {
      Abbreviations known = abbreviations.get(offset);
      if (known == null || !known.isComplete()) {
        Cursor cursor = abbreviationTables.cursor().in("debug_abbrev.table").seek(offset);
        known = Abbreviations.read(cursor, abbreviationBudget);
        abbreviations.put(offset, known);
      }
      return known;
    }
  }

  /**
   * Returns the line table at an offset. When its program is damaged, the damage is reported and
   * the sequences before it are returned.
   */
  DecodedLines lines(long offset, int addressSize) {
    lineTables.cursor().in("debug_line.unit_length").seek(offset); // throws where none can be
    return lines.computeIfAbsent(lineKey(offset, addressSize), key -> decode(offset, addressSize));
  }

  /**
   * Returns which line table, read how, as one number: up to version 4 a table does not say the
   * size of an address itself. Offsets in a section are far below 2⁵⁹.
   */
  private static long lineKey(long offset, int addressSize) {
    return offset << 4 | addressSize;
  }

  private DecodedLines decode(long offset, int addressSize) {
    LineHeader header = LineHeader.read(lineTables, offset, addressSize, lineBudget);
    LineProgram program = new LineProgram(header);
    try {
      program.run();
    } catch (FormatException e) {
      report("dwarf-line-program-damaged", e);
    }
    return new DecodedLines(program.rows(), header.files());
  }
}
