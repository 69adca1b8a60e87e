package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.types.AbstractHeapType;
import dev.wasmortem.wasm.types.RefType;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An element segment (§5.5.12): references that are put into tables. Its elements stay bytes until
 * they are asked for.
 *
 * <pre>
 * elem ::= flags:u32 [table:u32] [offset:expr] [kind:byte | type:reftype] vec(funcidx | expr)
 * </pre>
 *
 * <p>Bit 0 of the flags: passive or declarative; bit 1: with a table, or declarative; bit 2: the
 * elements are expressions.
 */
public final class ElementSegment {
  private static final int NOT_ACTIVE = 1;
  private static final int EXPLICIT = 2;
  private static final int EXPRESSIONS = 4;
  private static final int MAX_FLAGS = 7;

  private final Mode mode;
  private final int table;
  private final @Nullable ConstExpr offset;
  private final RefType type;
  private final int size;
  private final int flags;
  private final ByteSource elements;

  /** When a segment's elements are put into a table. */
  public enum Mode {
    /** At instantiation. */
    ACTIVE,
    /** When an instruction asks for it. */
    PASSIVE,
    /** Never: it only says which functions code may refer to. */
    DECLARATIVE
  }

  private ElementSegment(
      int flags,
      int table,
      @Nullable ConstExpr offset,
      RefType type,
      int size,
      ByteSource elements) {
    this.mode =
        (flags & NOT_ACTIVE) == 0
            ? Mode.ACTIVE
            : (flags & EXPLICIT) == 0 ? Mode.PASSIVE : Mode.DECLARATIVE;
    this.flags = flags;
    this.table = table;
    this.offset = offset;
    this.type = type;
    this.size = size;
    this.elements = elements;
  }

  static ElementSegment read(Cursor cursor) {
    long start = cursor.position();
    long flags = cursor.u32();
    if (flags > MAX_FLAGS) {
      throw new FormatException.Malformed("element segment flags " + flags, cursor.at(start));
    }
    boolean active = (flags & NOT_ACTIVE) == 0;
    int table = active && (flags & EXPLICIT) != 0 ? cursor.index() : 0;
    ConstExpr offset = active ? ConstExpr.read(cursor) : null;
    RefType type = readType(cursor, (int) flags);
    int size = cursor.count(1);
    long first = cursor.position();
    for (int i = 0; i < size; i++) {
      if ((flags & EXPRESSIONS) != 0) {
        ConstExpr.skip(cursor);
      } else {
        cursor.index();
      }
    }
    ByteSource elements = cursor.source().slice(first, cursor.position() - first);
    return new ElementSegment((int) flags, table, offset, type, size, elements);
  }

  private static RefType readType(Cursor cursor, int flags) {
    boolean explicit = (flags & (NOT_ACTIVE | EXPLICIT)) != 0;
    if ((flags & EXPRESSIONS) != 0) {
      return explicit ? RefType.read(cursor) : RefType.FUNCREF;
    }
    if (explicit) {
      long start = cursor.position();
      int kind = cursor.u8();
      if (kind != 0) {
        throw new FormatException.Malformed("malformed element kind " + kind, cursor.at(start));
      }
    }
    return RefType.nonNull(AbstractHeapType.FUNC);
  }

  /** Returns when the elements are put into a table. */
  public Mode mode() {
    return mode;
  }

  /** Returns the table of an active segment; 0 for others. */
  public int table() {
    return table;
  }

  /** Returns where an active segment begins in its table. */
  public Optional<ConstExpr> offset() {
    return Optional.ofNullable(offset);
  }

  /** Returns the type of the elements. */
  public RefType type() {
    return type;
  }

  /** Returns the number of elements. */
  public int size() {
    return size;
  }

  /**
   * Returns the functions that the elements refer to: -1 for an element that is no {@code ref.func}
   * of its own. Decoded anew at each call.
   */
  public int[] functions() {
    int[] functions = new int[size];
    Cursor cursor = elements.cursor().in("elem");
    for (int i = 0; i < size; i++) {
      functions[i] = (flags & EXPRESSIONS) != 0 ? functionOf(cursor) : cursor.index();
    }
    return functions;
  }

  /**
   * Gives each element that is written as an expression; none of a segment whose elements are plain
   * indices of functions. Decoded anew at each call.
   */
  public void forEachExpression(Consumer<ConstExpr> action) {
    if ((flags & EXPRESSIONS) == 0) {
      return;
    }
    Cursor cursor = elements.cursor().in("elem");
    for (int i = 0; i < size; i++) {
      action.accept(ConstExpr.read(cursor));
    }
  }

  private static int functionOf(Cursor cursor) {
    return ConstExpr.read(cursor)
        .value()
        .filter(ConstValue.RefFunc.class::isInstance)
        .map(value -> ((ConstValue.RefFunc) value).function())
        .orElse(-1);
  }
}
