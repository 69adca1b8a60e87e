package dev.wasmortem.cli;

import java.util.ArrayList;
import java.util.List;
import run.endive.runtime.Instance;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** Calls an exported function with arguments given as text. */
final class Invocation {
  private Invocation() {}

  /**
   * Calls a function.
   *
   * @param arguments one a parameter: integers decimal or {@code 0x…}, floats as Java reads them
   * @return the results as text
   */
  static List<String> call(Instance instance, String name, List<String> arguments) {
    FunctionType type = instance.exportType(name);
    if (type.params().size() != arguments.size()) {
      throw Unusable.usage(
          "--invoke "
              + name
              + " takes "
              + type.params().size()
              + " arguments, not "
              + arguments.size());
    }
    long[] values = new long[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = parse(type.params().get(i), arguments.get(i));
    }
    long[] results = instance.export(name).apply(values);
    List<String> texts = new ArrayList<>();
    for (int i = 0; results != null && i < type.returns().size() && i < results.length; i++) {
      texts.add(text(type.returns().get(i), results[i]));
    }
    return texts;
  }

  private static long parse(ValType type, String text) {
    try {
      if (type.equals(ValType.I32)) {
        long value = Long.decode(text);
        if (value < Integer.MIN_VALUE || value > 0xffffffffL) {
          throw new NumberFormatException("out of range");
        }
        return (int) value;
      }
      if (type.equals(ValType.I64)) {
        return text.startsWith("0x")
            ? Long.parseUnsignedLong(text.substring(2), 16)
            : Long.parseLong(text);
      }
      if (type.equals(ValType.F32)) {
        return Float.floatToRawIntBits(Float.parseFloat(text));
      }
      if (type.equals(ValType.F64)) {
        return Double.doubleToRawLongBits(Double.parseDouble(text));
      }
    } catch (NumberFormatException e) {
      throw Unusable.usage("'" + text + "' is no " + type);
    }
    throw Unusable.usage("arguments of type " + type + " cannot be given on a command line");
  }

  private static String text(ValType type, long value) {
    if (type.equals(ValType.I32)) {
      return Integer.toString((int) value);
    }
    if (type.equals(ValType.F32)) {
      return Float.toString(Float.intBitsToFloat((int) value));
    }
    if (type.equals(ValType.F64)) {
      return Double.toString(Double.longBitsToDouble(value));
    }
    return type.equals(ValType.I64) ? Long.toString(value) : "(" + type + ")";
  }
}
