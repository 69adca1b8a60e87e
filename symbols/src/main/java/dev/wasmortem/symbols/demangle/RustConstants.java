package dev.wasmortem.symbols.demangle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the constants in Rust's v0 names. Those of strings, references, arrays, tuples and
 * structures came after the RFC; LLVM does not know them, and they are printed as rustc-demangle
 * does: in braces where an expression would be no generic argument.
 */
final class RustConstants {
  private static final int LONG_DIGITS = 16;
  private static final int CHARACTER_DIGITS = 6;

  private final RustV0 reader;
  private final Mangled in;

  RustConstants(RustV0 reader, Mangled in) {
    this.reader = reader;
    this.in = in;
  }

  /**
   * Reads a const.
   *
   * <pre>
   * const ::= basic-type const-data | p | backref
   *       ::= (e | Re) byte* _ | R const | Q const | A const* E | T const* E
   *       ::= V path (U | T const* E | S (identifier const)* E)
   * </pre>
   */
  void constant() {
    constant(Place.ARGUMENT);
  }

  private enum Place {
    ARGUMENT,
    EXPRESSION
  }

  private void constant(Place place) {
    reader.enter();
    int tag = in.next();
    switch (tag) {
      case 'p' -> reader.print('_');
      case 'a', 'i', 'l', 'n', 's', 'x' -> {
        reader.print(in.eat('n') ? "-" : "");
        integer();
      }
      case 'h', 'j', 'm', 'o', 't', 'y' -> integer();
      case 'b' -> bool();
      case 'c' -> character();
      case 'B' -> {
        int back = reader.backReference();
        if (back >= 0) {
          constant(place);
          in.moveTo(back);
        }
      }
      case 'R' -> {
        if (in.eat('e')) {
          string();
        } else {
          expression(place, tag);
        }
      }
      case 'Q', 'e', 'A', 'T', 'V' -> expression(place, tag);
      default -> throw Undemangled.here();
    }
    reader.leave();
  }

  private void expression(Place place, int tag) {
    boolean braces = place == Place.ARGUMENT;
    reader.print(braces ? "{" : "");
    switch (tag) {
      case 'R', 'Q' -> {
        reader.print(tag == 'R' ? "&" : "&mut ");
        constant(Place.EXPRESSION);
      }
      case 'e' -> {
        reader.print('*');
        string();
      }
      case 'A' -> {
        reader.print('[');
        list();
        reader.print(']');
      }
      case 'T' -> {
        reader.print('(');
        reader.print(list() == 1 ? ",)" : ")");
      }
      default -> structure();
    }
    reader.print(braces ? "}" : "");
  }

  /** Reads constants up to an {@code E} and returns how many. */
  private int list() {
    int count = 0;
    while (!in.eat('E')) {
      reader.print(count++ > 0 ? ", " : "");
      constant(Place.EXPRESSION);
    }
    return count;
  }

  private void structure() {
    reader.constantPath();
    switch (in.next()) {
      case 'U' -> {}
      case 'T' -> {
        reader.print('(');
        list();
        reader.print(')');
      }
      case 'S' -> {
        reader.print(" { ");
        for (int i = 0; !in.eat('E'); i++) {
          reader.print(i > 0 ? ", " : "");
          reader.disambiguatedIdentifier();
          reader.print(": ");
          constant(Place.EXPRESSION);
        }
        reader.print(" }");
      }
      default -> throw Undemangled.here();
    }
  }

  /** Reads hexadecimal digits and the {@code _} behind them. */
  private String digits() {
    int count = 0;
    while (in.peek(count) != '_') {
      int c = in.peek(count++);
      if (!Mangled.isDigit(c) && (c < 'a' || c > 'f')) {
        throw Undemangled.here();
      }
    }
    String digits = new Word(in.bytes(), in.at(), count).toString();
    in.skip(count + 1);
    return digits;
  }

  /** Reads the digits of a number, which has no zeros before it. */
  private String number() {
    String digits = digits();
    if (digits.isEmpty() || (digits.startsWith("0") && digits.length() > 1)) {
      throw Undemangled.here();
    }
    return digits;
  }

  private void integer() {
    String digits = number();
    reader.print(
        digits.length() <= LONG_DIGITS
            ? Long.toUnsignedString(Long.parseUnsignedLong(digits, 16))
            : "0x" + digits);
  }

  private void bool() {
    switch (number()) {
      case "0" -> reader.print("false");
      case "1" -> reader.print("true");
      default -> throw Undemangled.here();
    }
  }

  private void character() {
    String digits = number();
    if (digits.length() > CHARACTER_DIGITS) {
      throw Undemangled.here();
    }
    int c = Integer.parseInt(digits, 16);
    reader.print('\'');
    if (c == '"') {
      reader.print('"');
    } else if (!escaped(c)) {
      if (c >= ' ' && c < 0x7f) {
        reader.print((char) c);
      } else {
        reader.print("\\u{" + digits + "}");
      }
    }
    reader.print('\'');
  }

  /** Prints a character that has an escape of its own. */
  private boolean escaped(int c) {
    switch (c) {
      case '\t' -> reader.print("\\t");
      case '\r' -> reader.print("\\r");
      case '\n' -> reader.print("\\n");
      case '\'' -> reader.print("\\'");
      case '"' -> reader.print("\\\"");
      case '\\' -> reader.print("\\\\");
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Reads a string: the hexadecimal digits of its bytes in UTF-8. */
  private void string() {
    String digits = digits();
    if (digits.length() % 2 != 0) {
      throw Undemangled.here();
    }
    byte[] bytes = new byte[digits.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Undemangled.here();
    }
    reader.print('"');
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\'') {
                reader.print('\'');
              } else if (!escaped(c)) {
                reader.printCodePoint(c);
              }
            });
    reader.print('"');
  }
}
