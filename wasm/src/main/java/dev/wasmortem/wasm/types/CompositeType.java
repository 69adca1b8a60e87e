package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;

/** A type that a module defines (§5.3.9): of functions, structures, arrays or continuations. */
public sealed interface CompositeType permits FuncType, StructType, ArrayType, ContType {
  /** What kinds of composite types there are. */
  enum Kind {
    FUNC,
    STRUCT,
    ARRAY,
    CONT
  }

  /** Returns the kind, to switch over. */
  Kind kind();

  /** Writes the binary form. */
  void writeTo(ByteWriter out);

  /** Reads a {@code comptype}. */
  static CompositeType read(Cursor cursor) {
    long start = cursor.position();
    int code = cursor.u8();
    return switch (code) {
      case FuncType.CODE -> FuncType.readAfterCode(cursor);
      case StructType.CODE -> StructType.readAfterCode(cursor);
      case ArrayType.CODE -> new ArrayType(FieldType.read(cursor));
      case ContType.CODE -> new ContType(HeapType.read(cursor));
      default ->
          throw new FormatException.Malformed(
              "composite type 0x" + Integer.toHexString(code), cursor.at(start));
    };
  }
}
