package dev.wasmortem.coredump;

/**
 * An address in a linear memory. One of the four address spaces: the others are an offset in a
 * file, in the code section and in a function body.
 *
 * @param value bytes from the memory's first byte, as an unsigned number
 */
public record MemoryAddress(long value) implements Comparable<MemoryAddress> {
  @Override
  public int compareTo(MemoryAddress other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** Returns the address {@code bytes} further on. */
  public MemoryAddress plus(long bytes) {
    return new MemoryAddress(value + bytes);
  }

  /** Returns the address in hexadecimal, as {@code 0x1a4}. */
  @Override
  public String toString() {
    return "0x" + Long.toHexString(value);
  }
}
