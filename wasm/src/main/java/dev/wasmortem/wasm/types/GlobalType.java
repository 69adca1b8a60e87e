package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;

/** The type of a global (§5.3.14). */
public record GlobalType(ValueType type, Mutability mutability) implements ExternType {
  /** Reads a {@code globaltype}. */
  public static GlobalType read(Cursor cursor) {
    ValueType type = ValueType.read(cursor);
    return new GlobalType(type, Mutability.read(cursor));
  }

  @Override
  public ExternKind kind() {
    return ExternKind.GLOBAL;
  }

  @Override
  public void writeTo(ByteWriter out) {
    type.writeTo(out);
    out.u8(mutability.code());
  }

  @Override
  public String toString() {
    return mutability == Mutability.VAR ? "(mut " + type + ")" : type.toString();
  }
}
