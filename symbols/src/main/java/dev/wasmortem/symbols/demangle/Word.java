package dev.wasmortem.symbols.demangle;

import java.nio.charset.StandardCharsets;

/** Characters that are printed as they stand: an identifier, a keyword, punctuation. */
final class Word extends Node {
  static final Word EMPTY = of("");

  private final byte[] bytes;
  private final int from;
  private final int length;

  Word(byte[] bytes, int from, int length) {
    super(0);
    this.bytes = bytes;
    this.from = from;
    this.length = length;
  }

  static Word of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Word(bytes, 0, bytes.length);
  }

  boolean isEmpty() {
    return length == 0;
  }

  int length() {
    return length;
  }

  int at(int index) {
    return bytes[from + index];
  }

  /** Returns the word without its first {@code count} bytes. */
  Word without(int count) {
    return new Word(bytes, from + count, length - count);
  }

  /** Returns {@code count} bytes of the word from {@code start} on. */
  Word part(int start, int count) {
    return new Word(bytes, from + start, count);
  }

  boolean startsWith(String ascii) {
    if (length < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (bytes[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  boolean contains(char ascii) {
    for (int i = 0; i < length; i++) {
      if (at(i) == ascii) {
        return true;
      }
    }
    return false;
  }

  boolean is(String ascii) {
    return length == ascii.length() && startsWith(ascii);
  }

  /** Returns the word as something to read. */
  Mangled read() {
    return new Mangled(bytes, from, from + length);
  }

  void appendTo(Text out) {
    out.append(bytes, from, length);
  }

  @Override
  Word baseName() {
    return this;
  }

  @Override
  void left(Printer out) {
    appendTo(out);
  }

  @Override
  public String toString() {
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }
}
