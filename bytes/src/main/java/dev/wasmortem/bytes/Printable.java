package dev.wasmortem.bytes;

/** Makes text from files safe for terminals, logs and one-line messages. */
public final class Printable {
  private static final String HEX = "0123456789abcdef";

  private Printable() {}

  /**
   * Returns {@code text} with every character that could steer a terminal or reorder a line written
   * as an escape: C0 controls, DEL and C1 controls as {@code \x1b}; bidirectional and other format
   * controls, line and paragraph separators and lone surrogates as {@code \}{@code u202e}. A
   * backslash stays as it is: the result is for reading, not for parsing, and what was escaped once
   * stays as it is when it is escaped again.
   */
  public static String escape(String text) {
    int at = 0;
    while (at < text.length() && isPlain(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      appendEscaped(out, c);
    }
    return out.toString();
  }

  /** Returns whether a character is one of those that {@link #escape} leaves as they are. */
  public static boolean isSafe(int codePoint) {
    if (isControl(codePoint)) {
      return false;
    }
    return switch (Character.getType(codePoint)) {
      case Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static boolean isPlain(char c) {
    return c >= 0x20 && c < 0x7f;
  }

  private static boolean isControl(int c) {
    return c < 0x20 || (c >= 0x7f && c <= 0x9f);
  }

  private static void appendEscaped(StringBuilder out, int c) {
    if (isSafe(c)) {
      out.appendCodePoint(c);
    } else if (isControl(c)) {
      out.append("\\x").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
    } else if (c > 0xffff) {
      out.append("\\U");
      appendHex(out, c, 8);
    } else {
      out.append("\\u");
      appendHex(out, c, 4);
    }
  }

  private static void appendHex(StringBuilder out, int value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((value >> shift) & 15));
    }
  }
}
