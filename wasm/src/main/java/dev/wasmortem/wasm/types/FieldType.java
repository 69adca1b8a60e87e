package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;

/** A field of a structure, or the elements of an array (§5.3.8). */
public record FieldType(StorageType storage, Mutability mutability) {
  /** Reads a {@code fieldtype}. */
  public static FieldType read(Cursor cursor) {
    StorageType storage = StorageType.read(cursor);
    return new FieldType(storage, Mutability.read(cursor));
  }

  /** Writes the binary form. */
  public void writeTo(ByteWriter out) {
    storage.writeTo(out);
    out.u8(mutability.code());
  }

  @Override
  public String toString() {
    return mutability == Mutability.VAR ? "(mut " + storage + ")" : storage.toString();
  }
}
