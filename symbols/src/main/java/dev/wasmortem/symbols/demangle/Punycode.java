package dev.wasmortem.symbols.demangle;

import java.util.Arrays;

/** Decodes Punycode (RFC 3492) as Rust and Swift use it, with {@code _} between its two parts. */
final class Punycode {
  /** What the digits from 26 on are written as. */
  enum Alphabet {
    /** {@code 0} to {@code 9}. */
    RUST('0'),
    /** {@code A} to {@code J}; characters that identifiers lack are in the range of surrogates. */
    SWIFT('A');

    private final char digit26;

    Alphabet(char digit26) {
      this.digit26 = digit26;
    }

    private int digit(int c) {
      if (c >= 'a' && c <= 'z') {
        return c - 'a';
      }
      if (c >= digit26 && c < digit26 + 10) {
        return c - digit26 + 26;
      }
      throw Undemangled.here();
    }

    private int letter(int codePoint) {
      if (this == SWIFT && codePoint >= FIRST_ESCAPED && codePoint < FIRST_ESCAPED + 0x80) {
        return codePoint - FIRST_ESCAPED;
      }
      if (!Character.isValidCodePoint(codePoint)
          || Character.getType(codePoint) == Character.SURROGATE) {
        throw Undemangled.here();
      }
      return codePoint;
    }
  }

  private static final int FIRST_ESCAPED = 0xD800;
  private static final int BASE = 36;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int FIRST_BIAS = 72;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int FIRST_CODE_POINT = 0x80;

  /** Letters; a longer identifier costs more than it is worth, for each is put between others. */
  private static final int LONGEST = 1_000;

  private Punycode() {}

  /** Appends the identifier that {@code encoded} stands for. */
  static void decode(Word encoded, Alphabet alphabet, Text out) {
    if (encoded.isEmpty() || encoded.length() > LONGEST) {
      throw Undemangled.here();
    }
    int separator = encoded.length() - 1;
    while (separator >= 0 && encoded.at(separator) != '_') {
      separator--;
    }
    int[] letters = new int[encoded.length()];
    int count = Math.max(separator, 0);
    for (int i = 0; i < count; i++) {
      letters[i] = encoded.at(i);
    }
    Mangled in = encoded.without(separator + 1).read();
    int codePoint = FIRST_CODE_POINT;
    int position = 0;
    int bias = FIRST_BIAS;
    for (boolean first = true; !in.isAtEnd(); first = false) {
      long delta = delta(in, alphabet, bias);
      long next = position + delta;
      count++;
      codePoint = checked(codePoint + next / count);
      position = (int) (next % count);
      bias = adapt(delta, count, first);
      int letter = alphabet.letter(codePoint);
      System.arraycopy(letters, position, letters, position + 1, count - 1 - position);
      letters[position++] = letter;
    }
    Arrays.stream(letters, 0, count).forEach(out::appendCodePoint);
  }

  private static long delta(Mangled in, Alphabet alphabet, int bias) {
    long delta = 0;
    long weight = 1;
    for (int k = BASE; ; k += BASE) {
      int digit = alphabet.digit(in.next());
      delta = checked(delta + digit * weight);
      int threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
      if (digit < threshold) {
        return delta;
      }
      weight = checked(weight * (BASE - threshold));
    }
  }

  private static int adapt(long delta, int count, boolean first) {
    long rest = delta / (first ? DAMP : 2);
    rest += rest / count;
    int k = 0;
    while (rest > (BASE - T_MIN) * T_MAX / 2) {
      rest /= BASE - T_MIN;
      k += BASE;
    }
    return k + (int) ((BASE - T_MIN + 1) * rest / (rest + SKEW));
  }

  private static int checked(long value) {
    if (value > Integer.MAX_VALUE) {
      throw Undemangled.here();
    }
    return (int) value;
  }
}
