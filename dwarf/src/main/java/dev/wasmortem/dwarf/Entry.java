package dev.wasmortem.dwarf;

import java.util.Optional;

/**
 * A debugging information entry (§2.1): which unit's, and where it stands. What it says is read by
 * an {@link EntryReader}.
 *
 * @param unit the unit that holds it
 * @param offset where it begins in the unit's section
 */
public record Entry(Unit unit, InfoOffset offset) {
  /**
   * Returns a reader that stands on this entry.
   *
   * @throws dev.wasmortem.bytes.FormatException if there is no entry here
   */
  public EntryReader read() {
    return EntryReader.at(unit, offset.value());
  }

  /** Returns the entry that owns this one; nothing for a unit's root. */
  public Optional<Entry> parent() {
    return unit.parentOf(offset.value());
  }

  /** Returns the offset in hexadecimal, as {@code 0x0000002a}. */
  @Override
  public String toString() {
    return offset.toString();
  }
}
