package dev.wasmortem.debug;

import static dev.wasmortem.coredump.inspect.ValueText.text;
import static dev.wasmortem.coredump.inspect.ValueText.type;

import dev.wasmortem.coredump.Value;
import dev.wasmortem.debug.Report.Trust;
import java.util.Locale;

/** Values as reports have them. */
final class ValueText {
  private static final String NOT_CAPTURED = "not captured";

  private ValueText() {}

  static Report.Value of(Value value) {
    return switch (value.kind()) {
      case I32 -> exact(value, raw(((Value.I32) value).value(), 4));
      case I64 -> exact(value, raw(((Value.I64) value).value(), 8));
      case F32 -> exact(value, raw(((Value.F32) value).bits(), 4));
      case F64 -> exact(value, raw(((Value.F64) value).bits(), 8));
      case V128 -> {
        Value.V128 v128 = (Value.V128) value;
        yield exact(value, raw(v128.low(), 8) + raw(v128.high(), 8));
      }
      case FUNC_REF, OPAQUE_REF ->
          new Report.Value(type(value), text(value), null, Trust.EXACT, null);
      case NULL_REF ->
          new Report.Value(
              type(value), text(value), null, Trust.GUESSED, "dumps write every reference as null");
      case MISSING -> new Report.Value(null, null, null, Trust.ABSENT, NOT_CAPTURED);
    };
  }

  private static Report.Value exact(Value value, String raw) {
    return new Report.Value(type(value), text(value), raw, Trust.EXACT, null);
  }

  private static String raw(long bits, int bytes) {
    StringBuilder hex = new StringBuilder(2 * bytes);
    for (int i = 0; i < bytes; i++) {
      hex.append(String.format(Locale.ROOT, "%02x", (bits >>> (8 * i)) & 0xff));
    }
    return hex.toString();
  }
}
