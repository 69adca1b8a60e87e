package dev.wasmortem.symbols.demangle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text in the making, in UTF-8, that may not grow beyond a limit. */
class Text {
  private final int limit;
  private byte[] bytes;
  private int length;

  /**
   * @param limit bytes
   */
  Text(int limit) {
    this.limit = limit;
    this.bytes = new byte[256];
  }

  /** Appends characters that are all ASCII. */
  final void append(String ascii) {
    int more = ascii.length();
    reserve(more);
    for (int i = 0; i < more; i++) {
      bytes[length + i] = (byte) ascii.charAt(i);
    }
    length += more;
  }

  /** Appends one ASCII character, or a byte of another. */
  final void append(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  final void append(byte[] source, int from, int count) {
    reserve(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  final void appendNumber(long value) {
    append(Long.toString(value));
  }

  final void appendCodePoint(int codePoint) {
    if (codePoint < 0x80) {
      append((char) codePoint);
    } else {
      byte[] encoded = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
      append(encoded, 0, encoded.length);
    }
  }

  private void reserve(int more) {
    if (more > bytes.length - length) {
      if (more > limit - length) {
        throw Undemangled.here();
      }
      bytes =
          Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(2L * bytes.length, length + more)));
    }
  }

  /** Returns the number of bytes so far. */
  final int length() {
    return length;
  }

  /** Takes back what was appended beyond {@code length} bytes. */
  final void truncate(int newLength) {
    length = newLength;
  }

  /** Returns the last byte, 0 when there is none. */
  final int last() {
    return length == 0 ? 0 : bytes[length - 1];
  }

  /** Returns a copy of what was appended from {@code from} bytes on. */
  final Word word(int from) {
    return new Word(Arrays.copyOfRange(bytes, from, length), 0, length - from);
  }

  final String substring(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  @Override
  public final String toString() {
    return substring(0, length);
  }
}
