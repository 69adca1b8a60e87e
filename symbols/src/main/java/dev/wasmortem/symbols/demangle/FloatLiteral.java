package dev.wasmortem.symbols.demangle;

import java.nio.charset.StandardCharsets;

/**
 * Reads floating-point literals, which are mangled as the hexadecimal digits of their bytes, and
 * prints them as C's {@code %a} does. A {@code long double} has 20 digits on x86 and 32 where it is
 * IEEE's of 128 bits, as in WebAssembly.
 */
final class FloatLiteral {
  private static final int X87_DIGITS = 20;
  private static final int QUAD_DIGITS = 32;
  private static final int DOUBLE_BIAS = 1023;
  private static final int LONG_BIAS = 16_383;
  private static final int EXPONENT_MASK = 0x7fff;

  private FloatLiteral() {}

  /** Reads the digits. */
  static Word read(Mangled in, int type) {
    int digits = 0;
    while (Character.digit(in.peek(digits), 16) >= 0 && !isCapital(in.peek(digits))) {
      digits++;
    }
    String hex = new String(in.bytes(), in.at(), digits, StandardCharsets.US_ASCII);
    in.skip(digits);
    if (type == 'f' && digits == 8) {
      float value = Float.intBitsToFloat(Integer.parseUnsignedInt(hex, 16));
      return Word.of(ofDouble(Double.doubleToRawLongBits(value)) + "f");
    }
    if (type == 'd' && digits == 16) {
      return Word.of(ofDouble(Long.parseUnsignedLong(hex, 16)));
    }
    if (type == 'e' && digits == X87_DIGITS) {
      return Word.of(ofX87(hex) + "L");
    }
    if (type == 'e' && digits == QUAD_DIGITS) {
      return Word.of(ofQuad(hex) + "L");
    }
    throw Undemangled.here();
  }

  private static boolean isCapital(int c) {
    return c >= 'A' && c <= 'F';
  }

  private static String ofDouble(long bits) {
    String sign = bits < 0 ? "-" : "";
    int exponent = (int) (bits >>> 52) & 0x7ff;
    long fraction = bits & ((1L << 52) - 1);
    if (exponent == 0x7ff) {
      return sign + (fraction == 0 ? "inf" : "nan");
    }
    return sign
        + finite(
            exponent == 0 ? "0" : "1", hex(fraction, 13), exponent, fraction == 0, DOUBLE_BIAS);
  }

  /** The leading digit has the upper four bits of the significand, the highest one among them. */
  private static String ofX87(String hex) {
    int top = Integer.parseInt(hex.substring(0, 4), 16);
    long significand = Long.parseUnsignedLong(hex.substring(4), 16);
    String sign = top > EXPONENT_MASK ? "-" : "";
    int exponent = top & EXPONENT_MASK;
    boolean normal = significand < 0;
    if (exponent == EXPONENT_MASK || (exponent != 0 && !normal)) {
      return sign + (normal && significand << 1 == 0 ? "inf" : "nan");
    }
    boolean zero = significand == 0 && exponent == 0;
    int power = zero ? 0 : Math.max(exponent, 1) - LONG_BIAS - 3;
    String digits = hex(significand, 16);
    return sign + "0x" + digits.charAt(0) + point(digits.substring(1)) + power(power);
  }

  private static String ofQuad(String hex) {
    int top = Integer.parseInt(hex.substring(0, 4), 16);
    String fraction = hex.substring(4);
    boolean none = fraction.chars().allMatch(c -> c == '0');
    String sign = top > EXPONENT_MASK ? "-" : "";
    int exponent = top & EXPONENT_MASK;
    if (exponent == EXPONENT_MASK) {
      return sign + (none ? "inf" : "nan");
    }
    return sign + finite(exponent == 0 ? "0" : "1", fraction, exponent, none, LONG_BIAS);
  }

  private static String finite(
      String leading, String fraction, int exponent, boolean whole, int bias) {
    boolean zero = exponent == 0 && whole;
    int power = zero ? 0 : Math.max(exponent, 1) - bias;
    return "0x" + leading + point(fraction) + power(power);
  }

  private static String hex(long value, int digits) {
    String hex = Long.toHexString(value);
    return "0".repeat(digits - hex.length()) + hex;
  }

  /** Returns a point and digits without the zeros at their end, nothing if all are zeros. */
  private static String point(String digits) {
    int end = digits.length();
    while (end > 0 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return end == 0 ? "" : "." + digits.substring(0, end);
  }

  private static String power(int exponent) {
    return (exponent < 0 ? "p-" : "p+") + Math.abs(exponent);
  }
}
