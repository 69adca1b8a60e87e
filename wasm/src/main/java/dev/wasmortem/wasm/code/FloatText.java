package dev.wasmortem.wasm.code;

/** Floating-point constants as the text format writes them (§6.3.2): exact, in hexadecimal. */
final class FloatText {
  private static final int F32_PAYLOAD = 0x7fffff;
  private static final long F64_PAYLOAD = 0xf_ffff_ffff_ffffL;

  private FloatText() {}

  static String of(int bits) {
    float value = Float.intBitsToFloat(bits);
    String sign = bits < 0 ? "-" : "";
    if (Float.isNaN(value)) {
      return sign + nan(bits & F32_PAYLOAD, 0x400000);
    }
    return Float.isInfinite(value) ? sign + "inf" : hex(Float.toHexString(value));
  }

  static String of(long bits) {
    double value = Double.longBitsToDouble(bits);
    String sign = bits < 0 ? "-" : "";
    if (Double.isNaN(value)) {
      return sign + nan(bits & F64_PAYLOAD, 1L << 51);
    }
    return Double.isInfinite(value) ? sign + "inf" : hex(Double.toHexString(value));
  }

  private static String nan(long payload, long canonical) {
    return payload == canonical ? "nan" : "nan:0x" + Long.toHexString(payload);
  }

  /** Turns Java's {@code 0x1.0p0} into the shorter {@code 0x1p+0}. */
  private static String hex(String java) {
    int p = java.indexOf('p');
    String digits = java.substring(0, p);
    String exponent = java.substring(p + 1);
    return (digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits)
        + (exponent.startsWith("-") ? "p" : "p+")
        + exponent;
  }
}
