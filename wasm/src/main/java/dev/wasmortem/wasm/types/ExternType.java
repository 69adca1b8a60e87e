package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;

/** The type of an import (§5.3.16). */
public sealed interface ExternType
    permits ExternType.Function, TableType, MemoryType, GlobalType, ExternType.Tag {
  /** Returns the kind, to switch over. */
  ExternKind kind();

  /** Writes the binary form, without the byte for the kind. */
  void writeTo(ByteWriter out);

  /** Reads an {@code externtype}. */
  static ExternType read(Cursor cursor) {
    return switch (ExternKind.read(cursor)) {
      case FUNCTION -> new Function(cursor.index());
      case TABLE -> TableType.read(cursor);
      case MEMORY -> MemoryType.read(cursor);
      case GLOBAL -> GlobalType.read(cursor);
      case TAG -> Tag.read(cursor);
    };
  }

  /**
   * A function.
   *
   * @param typeIndex its type among the module's types
   */
  record Function(int typeIndex) implements ExternType {
    @Override
    public ExternKind kind() {
      return ExternKind.FUNCTION;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.unsigned(typeIndex);
    }
  }

  /**
   * A tag of exceptions (§5.3.15).
   *
   * @param typeIndex its type among the module's types
   */
  record Tag(int typeIndex) implements ExternType {
    /** Reads a {@code tagtype}. */
    public static Tag read(Cursor cursor) {
      long start = cursor.position();
      if (cursor.u8() != 0) {
        throw new FormatException.Malformed("malformed tag attribute", cursor.at(start));
      }
      return new Tag(cursor.index());
    }

    @Override
    public ExternKind kind() {
      return ExternKind.TAG;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.u8(0).unsigned(typeIndex);
    }
  }
}
