package dev.wasmortem.symbols.answer;

import dev.wasmortem.bytes.Printable;

/** Writes strings as JSON has them (RFC 8259 §7). */
final class JsonStrings {
  private static final String HEX = "0123456789abcdef";

  private JsonStrings() {}

  /** Returns a string in quotes; of what need not be escaped only lone surrogates are. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      append(out, text, i);
    }
    return out.append('"').toString();
  }

  /**
   * Returns a string in quotes, with what could steer a terminal or reorder a line escaped, too.
   */
  static String quoteSafely(String text) {
    String quoted = quote(text);
    if (quoted.chars().allMatch(Printable::isSafe)) {
      return quoted;
    }
    StringBuilder out = new StringBuilder(quoted.length() + 16);
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      if (Printable.isSafe(c)) {
        out.append(c);
      } else {
        appendUnit(out, c);
      }
    }
    return out.toString();
  }

  private static void append(StringBuilder out, String text, int at) {
    char c = text.charAt(at);
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      default -> {
        if (c < 0x20 || isAlone(text, at)) {
          appendUnit(out, c);
        } else {
          out.append(c);
        }
      }
    }
  }

  private static void appendUnit(StringBuilder out, char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((c >> shift) & 15));
    }
  }

  private static boolean isAlone(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
