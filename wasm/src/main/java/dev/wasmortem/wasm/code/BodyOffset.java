package dev.wasmortem.wasm.code;

/**
 * An offset in a function's body: bytes from the byte after the body's size, where the local
 * declarations begin. What a core dump calls {@code codeoffset}.
 *
 * @param value 0 to 2³¹−1
 */
public record BodyOffset(int value) implements Comparable<BodyOffset> {
  @Override
  public int compareTo(BodyOffset other) {
    return Integer.compare(value, other.value);
  }

  /** Returns the offset in hexadecimal, as {@code 0x1a4}. */
  @Override
  public String toString() {
    return "0x" + Integer.toHexString(value);
  }
}
