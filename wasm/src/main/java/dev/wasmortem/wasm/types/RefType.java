package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * A reference type (§5.3.4).
 *
 * @param heapType what is referred to
 * @param nullability whether the reference may be null
 */
public record RefType(HeapType heapType, Nullability nullability) implements ValueType {
  // Interned here and not in AbstractHeapType, whose initialisation must not need this class.
  private static final Map<AbstractHeapType, RefType> NULLABLE =
      new EnumMap<>(AbstractHeapType.class);

  static {
    for (AbstractHeapType type : AbstractHeapType.values()) {
      NULLABLE.put(type, new RefType(type, Nullability.NULLABLE));
    }
  }

  /** {@code (ref null func)}. */
  public static final RefType FUNCREF = nullable(AbstractHeapType.FUNC);

  /** {@code (ref null extern)}. */
  public static final RefType EXTERNREF = nullable(AbstractHeapType.EXTERN);

  /** {@code (ref null exn)}. */
  public static final RefType EXNREF = nullable(AbstractHeapType.EXN);

  /** The byte that begins the nullable reference to the heap type that follows. */
  public static final int REF_NULL = 0x63;

  /** The byte that begins the reference to the heap type that follows, which is not null. */
  public static final int REF = 0x64;

  /** Whether a reference may be null. */
  public enum Nullability {
    NULLABLE,
    NON_NULL
  }

  /** Returns {@code (ref null heapType)}, for an abstract one always the same object. */
  public static RefType nullable(HeapType heapType) {
    if (heapType instanceof AbstractHeapType type) {
      return Objects.requireNonNull(NULLABLE.get(type));
    }
    return new RefType(heapType, Nullability.NULLABLE);
  }

  /** Returns {@code (ref heapType)}. */
  public static RefType nonNull(HeapType heapType) {
    return new RefType(heapType, Nullability.NON_NULL);
  }

  /** Reads a {@code reftype}. */
  public static RefType read(Cursor cursor) {
    long start = cursor.position();
    int code = cursor.u8();
    if (code == REF_NULL) {
      return nullable(HeapType.read(cursor));
    }
    if (code == REF) {
      return nonNull(HeapType.read(cursor));
    }
    AbstractHeapType type = AbstractHeapType.ofCode(code);
    if (type == null) {
      throw new FormatException.Malformed(
          "value type 0x" + Integer.toHexString(code), cursor.at(start));
    }
    return nullable(type);
  }

  /** Returns whether null is a value of this type. */
  public boolean isNullable() {
    return nullability == Nullability.NULLABLE;
  }

  @Override
  public Kind kind() {
    return Kind.REF;
  }

  @Override
  public void writeTo(ByteWriter out) {
    if (!isNullable()) {
      out.u8(REF);
    } else if (heapType.kind() == HeapType.Kind.INDEX) {
      out.u8(REF_NULL);
    }
    heapType.writeTo(out);
  }

  /** Returns the text format's form, short where there is one: {@code funcref}. */
  @Override
  public String toString() {
    if (isNullable() && heapType instanceof AbstractHeapType type) {
      return type.shorthand();
    }
    return isNullable() ? "(ref null " + heapType + ")" : "(ref " + heapType + ")";
  }
}
