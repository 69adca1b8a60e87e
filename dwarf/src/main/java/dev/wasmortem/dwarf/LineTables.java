package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The tables of one {@code .debug_line}, each read once however many units name it. */
final class LineTables {
  private static final long SMALL = 64;

  private final ByteSource section;
  private final Diagnostic.Sink sink;
  private final Budget budget;

  /** By {@link #key}. */
  private final ConcurrentMap<Long, Decoded> tables = new ConcurrentHashMap<>();

  /** A line table without what its paths depend on. */
  record Decoded(LineRows rows, FileTable files) {}

  /** Makes the tables of a section; what is damaged is told to {@code sink}. */
  LineTables(ByteSource section, Diagnostic.Sink sink) {
    this.section = section;
    this.sink = sink;
    this.budget = new Budget("line tables", 2 * section.size() + SMALL);
  }

  long size() {
    return section.size();
  }

  /**
   * Returns the table at an offset. When its program is damaged, the damage is reported and the
   * sequences before it are returned.
   */
  Decoded at(long offset, int addressSize) {
    section.cursor().in("debug_line.unit_length").seek(offset); // throws where none can be
    return tables.computeIfAbsent(key(offset, addressSize), key -> decode(offset, addressSize));
  }

  /**
   * Returns which line table, read how, as one number: up to version 4 a table does not say the
   * size of an address itself. Offsets in a section are far below 2⁵⁹.
   */
  private static long key(long offset, int addressSize) {
    return offset << 4 | addressSize;
  }

  private Decoded decode(long offset, int addressSize) {
    LineHeader header = LineHeader.read(section, offset, addressSize, budget);
    LineProgram program = new LineProgram(header);
    try {
      program.run();
    } catch (FormatException e) {
      sink.report(Diagnostic.of("dwarf-line-program-damaged", e));
    }
    return new Decoded(program.rows(), header.files());
  }
}
