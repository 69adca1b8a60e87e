package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;

/** The type of an operand, a local or a global (§5.3.5): a number, a vector or a reference. */
public sealed interface ValueType extends StorageType permits NumType, VecType, RefType {
  /** What kinds of value types there are; references of every heap type are one kind. */
  enum Kind {
    I32,
    I64,
    F32,
    F64,
    V128,
    REF
  }

  /** Returns the kind, to switch over. */
  Kind kind();

  @Override
  void writeTo(ByteWriter out);

  @Override
  default ValueType unpacked() {
    return this;
  }

  /** Reads a {@code valtype}. */
  static ValueType read(Cursor cursor) {
    int code = cursor.peek();
    switch (code) {
      case 0x7f, 0x7e, 0x7d, 0x7c -> {
        cursor.skip(1);
        return NumType.of(code);
      }
      case 0x7b -> {
        cursor.skip(1);
        return VecType.V128;
      }
      default -> {
        return RefType.read(cursor);
      }
    }
  }
}
