package dev.wasmortem.coredump.inspect;

import dev.wasmortem.coredump.Value;
import java.util.Locale;

/**
 * Values as a debugger prints them: integers signed and decimal, floats short, NaNs with their
 * payload as WAT writes it.
 */
public final class ValueText {
  private ValueText() {}

  /** Returns the type, as {@code i32} or {@code ref func}; empty of a value that is missing. */
  public static String type(Value value) {
    return switch (value.kind()) {
      case I32 -> "i32";
      case I64 -> "i64";
      case F32 -> "f32";
      case F64 -> "f64";
      case V128 -> "v128";
      case NULL_REF, FUNC_REF, OPAQUE_REF -> "ref " + ((Value.Reference) value).type();
      case MISSING -> "";
    };
  }

  /** Returns the value without its type; {@code missing} of one that is. */
  public static String text(Value value) {
    return switch (value.kind()) {
      case I32 -> Integer.toString(((Value.I32) value).value());
      case I64 -> Long.toString(((Value.I64) value).value());
      case F32 -> f32(((Value.F32) value).bits());
      case F64 -> f64(((Value.F64) value).bits());
      case V128 -> {
        Value.V128 v128 = (Value.V128) value;
        yield String.format(Locale.ROOT, "0x%016x%016x", v128.high(), v128.low());
      }
      case NULL_REF -> "null";
      case FUNC_REF -> {
        Value.FuncRef ref = (Value.FuncRef) value;
        yield "function " + ref.function() + " of instance " + ref.instance();
      }
      case OPAQUE_REF -> "not null";
      case MISSING -> "missing";
    };
  }

  /** Returns type and value, as {@code i32 5}. */
  public static String typed(Value value) {
    String type = type(value);
    return type.isEmpty() ? text(value) : type + " " + text(value);
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
