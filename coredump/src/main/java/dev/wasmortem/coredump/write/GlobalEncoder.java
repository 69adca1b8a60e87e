package dev.wasmortem.coredump.write;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.coredump.CoreGlobal;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.ConstValue;
import dev.wasmortem.wasm.types.AbstractHeapType;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.HeapType;
import dev.wasmortem.wasm.types.Mutability;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.ValueType;

/**
 * Writes globals as the convention wants them: constant and initialised by a constant. A dump has
 * no types, so a reference's type is widened to the most general of its hierarchy, as Wasmtime
 * does.
 */
public final class GlobalEncoder {
  private GlobalEncoder() {}

  /** Returns {@code global} if its value is of its type, or missing. */
  public static CoreGlobal checked(CoreGlobal global) {
    if (!isTyped(global)) {
      throw new IllegalArgumentException(
          "a value of kind " + global.value().kind() + " in a global of type " + global.type());
    }
    return global;
  }

  /** Returns whether the value is of the global's type, or missing. */
  public static boolean isTyped(CoreGlobal global) {
    ValueType.Kind type = global.type().type().kind();
    return switch (global.value().kind()) {
      case I32 -> type == ValueType.Kind.I32;
      case I64 -> type == ValueType.Kind.I64;
      case F32 -> type == ValueType.Kind.F32;
      case F64 -> type == ValueType.Kind.F64;
      case V128 -> type == ValueType.Kind.V128;
      case NULL_REF, FUNC_REF, OPAQUE_REF -> type == ValueType.Kind.REF;
      case MISSING -> true;
    };
  }

  static void write(CoreGlobal global, ByteWriter out) {
    ValueType type = global.type().type();
    ConstValue constant = constant(type, global.value());
    if (constant instanceof ConstValue.RefNull refNull) {
      type = RefType.nullable(refNull.heapType());
    }
    new GlobalType(type, Mutability.CONST).writeTo(out);
    constant.writeTo(out);
  }

  /** Returns the constant that stands for the value; zero where it is missing. */
  private static ConstValue constant(ValueType type, Value value) {
    return switch (type.kind()) {
      case I32 -> new ConstValue.I32(value instanceof Value.I32 i32 ? i32.value() : 0);
      case I64 -> new ConstValue.I64(value instanceof Value.I64 i64 ? i64.value() : 0);
      case F32 -> new ConstValue.F32(value instanceof Value.F32 f32 ? f32.bits() : 0);
      case F64 -> new ConstValue.F64(value instanceof Value.F64 f64 ? f64.bits() : 0);
      case V128 ->
          value instanceof Value.V128 v128
              ? new ConstValue.V128(v128.low(), v128.high())
              : new ConstValue.V128(0, 0);
      case REF -> new ConstValue.RefNull(top(((RefType) type).heapType()));
    };
  }

  /**
   * Returns the most general type of a heap type's hierarchy. An index says nothing without its
   * module; typed function references are what is met most.
   */
  private static AbstractHeapType top(HeapType type) {
    if (!(type instanceof AbstractHeapType abstractType)) {
      return AbstractHeapType.FUNC;
    }
    return switch (abstractType) {
      case FUNC, NOFUNC -> AbstractHeapType.FUNC;
      case EXTERN, NOEXTERN -> AbstractHeapType.EXTERN;
      case ANY, EQ, I31, STRUCT, ARRAY, NONE -> AbstractHeapType.ANY;
      case EXN, NOEXN -> AbstractHeapType.EXN;
      case CONT, NOCONT -> AbstractHeapType.CONT;
    };
  }
}
