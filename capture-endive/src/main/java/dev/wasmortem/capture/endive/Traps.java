package dev.wasmortem.capture.endive;

import static java.util.Objects.requireNonNullElse;

import dev.wasmortem.coredump.HostException;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.types.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import run.endive.runtime.ExecutionCompletedException;
import run.endive.runtime.WasmException;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.types.ValType;

/** From Endive's exceptions to kinds of traps. It tells them apart by their messages only. */
final class Traps {
  private static final String ENDIVE = "run.endive.";

  /** By class name, so that WASI need not be there. */
  private static final String WASI_EXIT = "run.endive.wasi.WasiExitException";

  private static final int MAX_CAUSES = 100;

  /** What a message begins with; no row is the beginning of another. */
  private static final Map<String, TrapKind> KINDS =
      Map.ofEntries(
          Map.entry("Trapped on unreachable", TrapKind.UNREACHABLE),
          Map.entry("Trapped on call_ref on null", TrapKind.NULL_REFERENCE),
          Map.entry("Trapped on ref_as_non_null on null", TrapKind.NULL_REFERENCE),
          Map.entry("Trapped on throw_ref on null", TrapKind.NULL_REFERENCE),
          Map.entry("null array reference", TrapKind.NULL_REFERENCE),
          Map.entry("null structure reference", TrapKind.NULL_REFERENCE),
          Map.entry("null i31 reference", TrapKind.NULL_REFERENCE),
          Map.entry("cast failure", TrapKind.CAST_FAILURE),
          Map.entry("integer divide by zero", TrapKind.INTEGER_DIVIDE_BY_ZERO),
          Map.entry("integer overflow", TrapKind.INTEGER_OVERFLOW),
          Map.entry("invalid conversion to integer", TrapKind.INVALID_CONVERSION_TO_INTEGER),
          Map.entry("out of bounds memory access", TrapKind.OUT_OF_BOUNDS_MEMORY_ACCESS),
          Map.entry("out of bounds table access", TrapKind.OUT_OF_BOUNDS_TABLE_ACCESS),
          Map.entry("out of bounds array access", TrapKind.OUT_OF_BOUNDS_ARRAY_ACCESS),
          Map.entry("undefined element", TrapKind.UNDEFINED_ELEMENT),
          Map.entry("uninitialized element", TrapKind.UNINITIALIZED_ELEMENT),
          Map.entry("indirect call type mismatch", TrapKind.INDIRECT_CALL_TYPE_MISMATCH),
          Map.entry("unaligned atomic", TrapKind.UNALIGNED_ATOMIC),
          Map.entry("call stack exhausted", TrapKind.CALL_STACK_EXHAUSTED));

  private Traps() {}

  /** Has the class ready. */
  static void prepare() {}

  /** Returns whether the program ended because it wanted to. */
  static boolean isExit(Throwable t) {
    return t instanceof ExecutionCompletedException || t.getClass().getName().equals(WASI_EXIT);
  }

  /** Returns whether the Java stack ran out. */
  static boolean isOverflow(Throwable t) {
    Throwable cause = t;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (cause instanceof StackOverflowError) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /**
   * Returns why the thread, which will be the dump's first, died.
   *
   * @param first what happened
   * @param t the exception that it has become by now: the same, or one that it caused
   */
  static Trap of(Throwable first, Throwable t) {
    return withoutExceptions(first).withExceptions(exceptions(t));
  }

  /** Returns an exception and its causes; of the last only so many, should they go in a circle. */
  private static List<HostException> exceptions(Throwable t) {
    List<HostException> exceptions = new ArrayList<>();
    Throwable cause = t;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      exceptions.add(new HostException(cause.getClass().getName(), message(cause)));
      cause = cause.getCause();
    }
    return exceptions;
  }

  private static Trap withoutExceptions(Throwable t) {
    if (isOverflow(t)) {
      return new Trap(TrapKind.CALL_STACK_EXHAUSTED, TrapKind.CALL_STACK_EXHAUSTED.text(), 0);
    }
    if (t instanceof WasmException exception) {
      return new Trap(TrapKind.UNCAUGHT_EXCEPTION, message(exception), 0);
    }
    String message = message(t);
    if (t instanceof WasmInterruptedException) {
      return new Trap(TrapKind.INTERRUPTED, message, 0);
    }
    if (t.getClass().getName().startsWith(ENDIVE)) {
      return new Trap(ofMessage(message), message, 0);
    }
    String text = t.getClass().getName() + (message.isEmpty() ? "" : ": " + message);
    return new Trap(TrapKind.HOST_EXCEPTION, text, 0);
  }

  /** The host's exceptions may be of classes that fail to say what they are. */
  private static String message(Throwable t) {
    try {
      return requireNonNullElse(t.getMessage(), "");
    } catch (RuntimeException e) {
      return "";
    }
  }

  /** Returns {@code tag 0 (42, 1.5)}; references have no text. */
  private static String message(WasmException exception) {
    StringBuilder text = new StringBuilder("tag ").append(exception.tagIdx());
    long[] slots = exception.args();
    int at = 0;
    String separator = " (";
    for (ValType type : exception.instance().tag(exception.tagIdx()).type().params()) {
      ValueType.Kind kind = Slots.kind(type);
      text.append(separator).append(text(Slots.value(kind, slots, at)));
      at += Slots.count(kind);
      separator = ", ";
    }
    return at == 0 ? text.toString() : text.append(')').toString();
  }

  private static String text(Value value) {
    return switch (value.kind()) {
      case I32 -> Integer.toString(((Value.I32) value).value());
      case I64 -> Long.toString(((Value.I64) value).value());
      case F32 -> Float.toString(Float.intBitsToFloat(((Value.F32) value).bits()));
      case F64 -> Double.toString(Double.longBitsToDouble(((Value.F64) value).bits()));
      case V128, NULL_REF, FUNC_REF, OPAQUE_REF, MISSING -> "…";
    };
  }

  private static TrapKind ofMessage(String message) {
    for (Map.Entry<String, TrapKind> row : KINDS.entrySet()) {
      if (message.startsWith(row.getKey())) {
        return row.getValue();
      }
    }
    return TrapKind.OTHER;
  }
}
