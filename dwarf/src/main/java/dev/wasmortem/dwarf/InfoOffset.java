package dev.wasmortem.dwarf;

/**
 * Where an entry or a unit stands: bytes from the start of its section, {@code .debug_info}, or
 * {@code .debug_types} for a type unit of version 4.
 *
 * @param value 0 or more
 */
public record InfoOffset(long value) implements Comparable<InfoOffset> {
  @Override
  public int compareTo(InfoOffset other) {
    return Long.compare(value, other.value);
  }

  /** Returns the offset in hexadecimal, as {@code 0x0000002a}. */
  @Override
  public String toString() {
    return String.format("0x%08x", value);
  }
}
