package dev.wasmortem.wasm;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.types.TableType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table that the module defines (§5.5.7). */
public final class Table {
  private static final int WITH_INITIALIZER = 0x40;

  private final TableType type;
  private final @Nullable ConstExpr initializer;

  Table(TableType type, @Nullable ConstExpr initializer) {
    this.type = type;
    this.initializer = initializer;
  }

  /** Reads a {@code table}: a type, or 0x40 0x00, a type and an expression. */
  static Table read(Cursor cursor) {
    if (cursor.peek() != WITH_INITIALIZER) {
      return new Table(TableType.read(cursor), null);
    }
    long start = cursor.position();
    if (cursor.u16le() != WITH_INITIALIZER) {
      throw new FormatException.Malformed("malformed table", cursor.at(start));
    }
    TableType type = TableType.read(cursor);
    return new Table(type, ConstExpr.read(cursor));
  }

  /** Returns the table's type. */
  public TableType type() {
    return type;
  }

  /** Returns what the elements are at the beginning; null if absent. */
  public Optional<ConstExpr> initializer() {
    return Optional.ofNullable(initializer);
  }
}
