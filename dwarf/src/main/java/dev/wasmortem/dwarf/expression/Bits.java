package dev.wasmortem.dwarf.expression;

/**
 * Up to 16 bytes of a value as they lie in memory, the lowest first. A floating-point number is its
 * bits.
 *
 * @param low the lower eight bytes
 * @param high the upper eight bytes
 * @param size how many bytes count, 0 to 16; of an integer, what is above them is its extension as
 *     far as it is known
 */
public record Bits(long low, long high, int size) {
  /** Returns the lower {@code size} bytes, 0 to 8, of {@code value}. */
  public static Bits of(long value, int size) {
    return new Bits(value, 0, size);
  }

  /** Returns the bits as {@code 0x000000000000002a}, {@link #size} bytes of them. */
  @Override
  public String toString() {
    int digits = size * 2;
    String all = String.format("%016x%016x", high, low);
    return "0x" + all.substring(all.length() - Math.min(digits, 32));
  }
}
