package dev.wasmortem.symbols.demangle;

/** The bytes of a mangled name, read once from front to back. Behind the end there are zeros. */
final class Mangled {
  private final byte[] bytes;
  private final int end;
  private int at;

  Mangled(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  byte[] bytes() {
    return bytes;
  }

  int at() {
    return at;
  }

  int left() {
    return end - at;
  }

  boolean isAtEnd() {
    return at == end;
  }

  int peek() {
    return at < end ? bytes[at] : 0;
  }

  int peek(int ahead) {
    return ahead < end - at ? bytes[at + ahead] : 0;
  }

  boolean digitAhead() {
    return isDigit(peek());
  }

  /** Takes the next byte. */
  int next() {
    if (at == end) {
      throw Undemangled.here();
    }
    return bytes[at++];
  }

  void skip(int count) {
    if (count > end - at) {
      throw Undemangled.here();
    }
    at += count;
  }

  /** Reads on at {@code position}. */
  void moveTo(int position) {
    at = position;
  }

  boolean eat(char wanted) {
    if (at < end && bytes[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  boolean eat(char first, char second) {
    if (peek() == first && peek(1) == second) {
      at += 2;
      return true;
    }
    return false;
  }

  boolean eat(String wanted) {
    for (int i = 0; i < wanted.length(); i++) {
      if (peek(i) != wanted.charAt(i)) {
        return false;
      }
    }
    at += wanted.length();
    return true;
  }

  void expect(char wanted) {
    if (!eat(wanted)) {
      throw Undemangled.here();
    }
  }

  /** Takes digits, of which there must be one, as a number of at most nine digits. */
  int number() {
    if (!digitAhead()) {
      throw Undemangled.here();
    }
    long value = 0;
    while (digitAhead()) {
      value = value * 10 + (next() - '0');
      if (value > 999_999_999) {
        throw Undemangled.here();
      }
    }
    return (int) value;
  }

  /** Takes digits, of which there may be none. */
  Word digits() {
    return digitsFrom(at);
  }

  /** Takes digits and an {@code n} before them, which stands for a minus; empty without digits. */
  Word signedDigits() {
    int from = at;
    eat('n');
    return digitsFrom(from);
  }

  private Word digitsFrom(int from) {
    if (!digitAhead()) {
      return Word.EMPTY;
    }
    while (digitAhead()) {
      at++;
    }
    return new Word(bytes, from, at - from);
  }

  /** Takes the bytes that a decimal number before them counts, of which there must be one. */
  Word counted() {
    int count = number();
    if (count == 0 || count > end - at) {
      throw Undemangled.here();
    }
    Word word = new Word(bytes, at, count);
    at += count;
    return word;
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
