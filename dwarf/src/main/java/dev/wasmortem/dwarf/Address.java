package dev.wasmortem.dwarf;

/**
 * An address as DWARF writes it. What it counts from is up to the file that holds the sections.
 *
 * @param value 0 to 2⁶³−1; nothing is ever found at a negative one
 */
public record Address(long value) implements Comparable<Address> {
  @Override
  public int compareTo(Address other) {
    return Long.compare(value, other.value);
  }

  /** Returns the address in hexadecimal, as {@code 0x1d5}. */
  @Override
  public String toString() {
    return "0x" + Long.toHexString(value);
  }
}
