package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import java.util.HashMap;
import java.util.Map;

/** The tables of one {@code .debug_abbrev}, each read once however many units name it. */
final class AbbreviationTables {
  private static final long SMALL = 64;

  private final ByteSource section;
  private final Budget budget;
  private final Map<Long, Abbreviations> tables = new HashMap<>();

  AbbreviationTables(ByteSource section) {
    this.section = section;
    // Tables stand one behind the other, so reading all of them takes the section's size once;
    // but they are read in part first.
    this.budget = new Budget("abbreviations", 4 * section.size() + SMALL);
  }

  /**
   * Returns the table at an offset, read as far as it takes to find the entry of {@code code}: no
   * further than that when it is first asked for, else to its end.
   */
  synchronized Abbreviations at(long offset, long code) {
    Abbreviations known = tables.get(offset);
    if (known == null || (known.entry(code) < 0 && !known.isComplete())) {
      known =
          known == null
              ? Abbreviations.readUpTo(code, cursor(offset), budget)
              : Abbreviations.read(cursor(offset), budget);
      tables.put(offset, known);
    }
    return known;
  }

  /** Returns the whole table at an offset. */
  synchronized Abbreviations at(long offset) {
    Abbreviations known = tables.get(offset);
    if (known == null || !known.isComplete()) {
      known = Abbreviations.read(cursor(offset), budget);
      tables.put(offset, known);
    }
    return known;
  }

  private Cursor cursor(long offset) {
    return section.cursor().in("debug_abbrev.table").seek(offset);
  }
}
