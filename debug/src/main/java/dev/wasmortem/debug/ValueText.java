package dev.wasmortem.debug;

import dev.wasmortem.coredump.Value;
import dev.wasmortem.debug.Report.Trust;
import java.util.Locale;

/**
 * Values as a debugger prints them: integers signed and decimal, floats short, NaNs with their
 * payload as WAT writes it.
 */
final class ValueText {
  private static final String NOT_CAPTURED = "not captured";

  private ValueText() {}

  static Report.Value of(Value value) {
    return switch (value.kind()) {
      case I32 -> {
        int i32 = ((Value.I32) value).value();
        yield exact("i32", Integer.toString(i32), i32, 4);
      }
      case I64 -> {
        long i64 = ((Value.I64) value).value();
        yield exact("i64", Long.toString(i64), i64, 8);
      }
      case F32 -> {
        int bits = ((Value.F32) value).bits();
        yield exact("f32", f32(bits), bits, 4);
      }
      case F64 -> {
        long bits = ((Value.F64) value).bits();
        yield exact("f64", f64(bits), bits, 8);
      }
      case V128 -> {
        Value.V128 v128 = (Value.V128) value;
        String hex = String.format(Locale.ROOT, "0x%016x%016x", v128.high(), v128.low());
        yield new Report.Value(
            "v128", hex, raw(v128.low(), 8) + raw(v128.high(), 8), Trust.EXACT, null);
      }
      case FUNC_REF -> {
        Value.FuncRef ref = (Value.FuncRef) value;
        String text = "function " + ref.function() + " of instance " + ref.instance();
        yield new Report.Value("ref " + ref.type(), text, null, Trust.EXACT, null);
      }
      case OPAQUE_REF ->
          new Report.Value(
              "ref " + ((Value.OpaqueRef) value).type(), "not null", null, Trust.EXACT, null);
      case NULL_REF ->
          new Report.Value(
              "ref " + ((Value.NullRef) value).type(),
              "null",
              null,
              Trust.GUESSED,
              "dumps write every reference as null");
      case MISSING -> new Report.Value(null, null, null, Trust.ABSENT, NOT_CAPTURED);
    };
  }

  private static Report.Value exact(String type, String text, long bits, int bytes) {
    return new Report.Value(type, text, raw(bits, bytes), Trust.EXACT, null);
  }

  private static String raw(long bits, int bytes) {
    StringBuilder hex = new StringBuilder(2 * bytes);
    for (int i = 0; i < bytes; i++) {
      hex.append(String.format(Locale.ROOT, "%02x", (bits >>> (8 * i)) & 0xff));
    }
    return hex.toString();
  }

  private static String f32(int bits) {
    float value = Float.intBitsToFloat(bits);
    return Float.isNaN(value) ? nan(bits < 0, bits & 0x7fffff) : shortened(Float.toString(value));
  }

  private static String f64(long bits) {
    double value = Double.longBitsToDouble(bits);
    return Double.isNaN(value)
        ? nan(bits < 0, bits & 0xfffffffffffffL)
        : shortened(Double.toString(value));
  }

  private static String nan(boolean negative, long payload) {
    return (negative ? "-" : "") + "nan:0x" + Long.toHexString(payload);
  }

  private static String shortened(String java) {
    return java.replace("Infinity", "inf").replaceFirst("\\.0(E|$)", "$1").replace('E', 'e');
  }
}
