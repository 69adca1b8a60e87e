package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;

/** What a field of a structure or array holds: a value type or a packed integer (§5.3.8). */
public sealed interface StorageType permits ValueType, PackedType {
  /** Writes the binary form. */
  void writeTo(ByteWriter out);

  /** Returns the type that an operand has after reading the field: {@code i32} for packed ones. */
  ValueType unpacked();

  /** Reads a {@code storagetype}. */
  static StorageType read(Cursor cursor) {
    int code = cursor.peek();
    for (PackedType packed : PackedType.values()) {
      if (packed.code() == code) {
        cursor.skip(1);
        return packed;
      }
    }
    return ValueType.read(cursor);
  }
}
