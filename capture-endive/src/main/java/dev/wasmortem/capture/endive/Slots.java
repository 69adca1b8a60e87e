package dev.wasmortem.capture.endive;

import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.types.ValueType;
import run.endive.wasm.types.ValType;

/**
 * Values as Endive keeps them in frames: a slot of 64 bits each, two for a vector, the low half
 * first. An {@code i32} or {@code f32} is the low half of its slot; a reference to a function is an
 * index. Of other references the slot tells nothing.
 */
final class Slots {
  private Slots() {}

  /** Returns the number of slots of a value. */
  static int count(ValueType.Kind kind) {
    return kind == ValueType.Kind.V128 ? 2 : 1;
  }

  /** Returns the kind of one of Endive's types. */
  static ValueType.Kind kind(ValType type) {
    if (type.equals(ValType.I32)) {
      return ValueType.Kind.I32;
    }
    if (type.equals(ValType.I64)) {
      return ValueType.Kind.I64;
    }
    if (type.equals(ValType.F32)) {
      return ValueType.Kind.F32;
    }
    if (type.equals(ValType.F64)) {
      return ValueType.Kind.F64;
    }
    return type.equals(ValType.V128) ? ValueType.Kind.V128 : ValueType.Kind.REF;
  }

  /**
   * Returns the value that begins at a slot; missing beyond the array and for references, which
   * need more than a slot: see {@link References}.
   */
  static Value value(ValueType.Kind kind, long[] slots, int at) {
    if (at < 0 || at + count(kind) > slots.length) {
      return Value.MISSING;
    }
    long slot = slots[at];
    return switch (kind) {
      case I32 -> new Value.I32((int) slot);
      case I64 -> new Value.I64(slot);
      case F32 -> new Value.F32((int) slot);
      case F64 -> new Value.F64(slot);
      case V128 -> new Value.V128(slot, slots[at + 1]);
      case REF -> Value.MISSING;
    };
  }
}
