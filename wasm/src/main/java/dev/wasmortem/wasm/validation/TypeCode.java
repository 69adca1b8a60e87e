package dev.wasmortem.wasm.validation;

import dev.wasmortem.wasm.types.AbstractHeapType;
import dev.wasmortem.wasm.types.HeapType;
import dev.wasmortem.wasm.types.NumType;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.ValueType;
import dev.wasmortem.wasm.types.VecType;
import org.jspecify.annotations.Nullable;

/**
 * Operand types as numbers, so that a stack of them is an array.
 *
 * <pre>
 * 0            unknown: any type at all, in code that is never reached
 * 1 to 5       i32 i64 f32 f64 v128
 * REF          a reference: | NULL if it may be null
 *                           | ABSTRACT and the byte of an abstract heap type, or a type index
 * </pre>
 */
final class TypeCode {
  static final int UNKNOWN = 0;
  static final int I32 = 1;
  static final int I64 = 2;
  static final int F32 = 3;
  static final int F64 = 4;
  static final int V128 = 5;

  static final int REF = 1 << 30;
  static final int NULL = 1 << 29;
  static final int ABSTRACT = 1 << 28;
  static final int HEAP = ABSTRACT | (ABSTRACT - 1);

  /** A heap type below all others: what is known of the reference is that it is one. */
  static final int BOTTOM = ABSTRACT;

  private TypeCode() {}

  static int of(ValueType type) {
    return switch (type.kind()) {
      case I32 -> I32;
      case I64 -> I64;
      case F32 -> F32;
      case F64 -> F64;
      case V128 -> V128;
      case REF -> of((RefType) type);
    };
  }

  static int of(RefType type) {
    int heap = heap(type.heapType());
    return type.isNullable() ? REF | NULL | heap : REF | heap;
  }

  static int heap(HeapType type) {
    return switch (type.kind()) {
      case ABSTRACT -> ABSTRACT | ((AbstractHeapType) type).code();
      // Indices are below TypeLimits.TYPES where they are checked; larger ones stay wrong.
      case INDEX -> Math.min(((HeapType.TypeIndex) type).index(), ABSTRACT - 1);
    };
  }

  static int nullable(AbstractHeapType type) {
    return REF | NULL | heap(type);
  }

  static boolean isReference(int code) {
    return (code & REF) != 0;
  }

  static boolean isAbstract(int code) {
    return (code & ABSTRACT) != 0;
  }

  /** Returns the type index of a reference that is not to an abstract type. */
  static int index(int code) {
    return code & (ABSTRACT - 1);
  }

  /** Returns the value type; null for the unknown, and for references to nothing known. */
  static @Nullable ValueType decode(int code) {
    return switch (code) {
      case UNKNOWN -> null;
      case I32 -> NumType.I32;
      case I64 -> NumType.I64;
      case F32 -> NumType.F32;
      case F64 -> NumType.F64;
      case V128 -> VecType.V128;
      default -> decodeReference(code);
    };
  }

  private static @Nullable ValueType decodeReference(int code) {
    if ((code & HEAP) == BOTTOM) {
      return null;
    }
    HeapType heap =
        isAbstract(code)
            ? AbstractHeapType.of(code & 0xff).orElseThrow()
            : new HeapType.TypeIndex(index(code));
    return (code & NULL) != 0 ? RefType.nullable(heap) : RefType.nonNull(heap);
  }

  static String text(int code) {
    ValueType type = decode(code);
    return type == null ? "unknown" : type.toString();
  }
}
