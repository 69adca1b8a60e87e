package dev.wasmortem.bytes;

/**
 * An offset in bytes from the first byte of a file. One of the four address spaces: the others are
 * an offset in the code section, an offset in a function body and an address in a linear memory.
 *
 * @param value bytes from the start of the file, 0 or more
 */
public record FileOffset(long value) implements Comparable<FileOffset> {
  @Override
  public int compareTo(FileOffset other) {
    return Long.compare(value, other.value);
  }

  /** Returns the offset {@code bytes} further on. */
  public FileOffset plus(long bytes) {
    return new FileOffset(value + bytes);
  }

  /** Returns the offset in hexadecimal, as {@code 0x1a4}. */
  @Override
  public String toString() {
    return "0x" + Long.toHexString(value);
  }
}
