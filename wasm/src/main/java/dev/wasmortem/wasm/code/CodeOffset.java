package dev.wasmortem.wasm.code;

/**
 * An offset in a module's code section: bytes from the first byte of its payload, which begins the
 * count of functions. What DWARF calls an address.
 *
 * @param value 0 to 2³²−1
 */
public record CodeOffset(long value) implements Comparable<CodeOffset> {
  @Override
  public int compareTo(CodeOffset other) {
    return Long.compare(value, other.value);
  }

  /** Returns the offset in hexadecimal, as {@code 0x1a4}. */
  @Override
  public String toString() {
    return "0x" + Long.toHexString(value);
  }
}
