package dev.wasmortem.symbols.demangle;

/** Prints an array of characters as the string literal that it was. */
final class CharacterArray {
  private static final String NAMED = "\u0007\b\f\n\r\t\u000b\"\\";
  private static final String NAMES = "abfnrtv\"\\";
  private static final String HEX = "0123456789ABCDEF";

  private CharacterArray() {}

  /** Prints the literal, or nothing and returns false when these are not all characters. */
  static boolean print(Node[] values, Printer out) {
    int[] characters = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      characters[i] =
          values[i] instanceof ExpressionNodes.IntegerLiteral literal ? value(literal) : -1;
      if (characters[i] < 0) {
        return false;
      }
    }
    out.append('"');
    boolean escaped = false;
    for (int c : characters) {
      if (escaped && isHexDigit(c)) {
        out.append("\"\""); // or the digit would belong to the escape before it
      }
      escaped = print(c, out);
    }
    out.append('"');
    return true;
  }

  /** Returns whether the character was printed as a number. */
  private static boolean print(int c, Printer out) {
    int named = NAMED.indexOf(c);
    if (named >= 0) {
      out.append('\\');
      out.append(NAMES.charAt(named));
    } else if (c < ' ' || c == 0x7f) {
      out.append('\\');
      if (c > 7) {
        out.append('x');
      }
      if (c >= 16) {
        out.append(HEX.charAt(c >> 4));
      }
      out.append(HEX.charAt(c & 15));
      return true;
    } else {
      out.append((char) c); // a byte, maybe of a longer UTF-8 sequence
    }
    return false;
  }

  private static boolean isHexDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  /** Returns the character, -1 if the literal is none. */
  private static int value(ExpressionNodes.IntegerLiteral literal) {
    Word digits = literal.value();
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.at(i) - '0';
      if (digit < 0 || digit > 9 || value > 25) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value > 255 ? -1 : value;
  }
}
