package dev.wasmortem.dwarf.location;

/**
 * Where a location list stands: bytes from the start of {@code .debug_loc} or, of version 5, {@code
 * .debug_loclists}.
 *
 * @param value 0 or more; a negative one is in no section
 */
public record ListOffset(long value) {
  /** Returns the offset in hexadecimal, as {@code 0x0000002a}. */
  @Override
  public String toString() {
    return String.format("0x%08x", value);
  }
}
