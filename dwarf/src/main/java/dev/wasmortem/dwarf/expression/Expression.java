package dev.wasmortem.dwarf.expression;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.dwarf.Encoding;
import java.util.ArrayList;
import java.util.List;

/**
 * A DWARF expression (§2.5): a program for a stack machine that yields a value or the place of one.
 * Nothing is decoded before it is asked for. Immutable and thread-safe.
 */
public final class Expression {
  private final ByteSource bytes;
  private final Encoding encoding;
  private final References references;

  private Expression(ByteSource bytes, Encoding encoding, References references) {
    this.bytes = bytes;
    this.encoding = encoding;
    this.references = references;
  }

  /** Returns the expression that {@code bytes} are. */
  public static Expression of(ByteSource bytes, Encoding encoding, References references) {
    return new Expression(bytes, encoding, references);
  }

  /** Returns the bytes. */
  public ByteSource bytes() {
    return bytes;
  }

  /** Returns how the unit of the expression writes numbers. */
  public Encoding encoding() {
    return encoding;
  }

  /** Returns what the expression refers to. */
  public References references() {
    return references;
  }

  /** Returns whether there is no operation at all: the object was optimised out (§2.6.1.1.4). */
  public boolean isEmpty() {
    return bytes.size() == 0;
  }

  /**
   * Returns the operations in their order.
   *
   * @throws dev.wasmortem.bytes.FormatException if there is one that does not exist or is cut off
   */
  public List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    Cursor cursor = cursor();
    while (!cursor.atEnd()) {
      all.add(Operation.read(cursor, encoding));
    }
    return all;
  }

  /** Returns the same program over other bytes, as the one inside {@code DW_OP_entry_value}. */
  Expression inner(ByteSource block) {
    return new Expression(block, encoding, references);
  }

  Cursor cursor() {
    return bytes.cursor().in("expression");
  }

  /** Returns the expression as {@code llvm-dwarfdump} prints it. */
  @Override
  public String toString() {
    return ExpressionPrinter.print(this);
  }
}
