package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The abstract heap types (§5.3.3), with those of stack switching. Each stands in one of five
 * hierarchies that share no values.
 */
public enum AbstractHeapType implements HeapType {
  FUNC(0x70, "funcref"),
  NOFUNC(0x73, "nullfuncref"),
  EXTERN(0x6f, "externref"),
  NOEXTERN(0x72, "nullexternref"),
  ANY(0x6e, "anyref"),
  EQ(0x6d, "eqref"),
  I31(0x6c, "i31ref"),
  STRUCT(0x6b, "structref"),
  ARRAY(0x6a, "arrayref"),
  NONE(0x71, "nullref"),
  EXN(0x69, "exnref"),
  NOEXN(0x74, "nullexnref"),
  CONT(0x68, "contref"),
  NOCONT(0x75, "nullcontref");

  private static final AbstractHeapType[] BY_CODE = new AbstractHeapType[0x80];

  static {
    for (AbstractHeapType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;
  private final String shorthand;

  AbstractHeapType(int code, String shorthand) {
    this.code = code;
    this.shorthand = shorthand;
  }

  /** Returns the heap type that a byte stands for. */
  public static Optional<AbstractHeapType> of(int code) {
    return Optional.ofNullable(code < 0 ? null : ofCode(code));
  }

  static @Nullable AbstractHeapType ofCode(int code) {
    return code < BY_CODE.length ? BY_CODE[code] : null;
  }

  /** Returns the byte that stands for the heap type, and for the nullable reference to it. */
  public int code() {
    return code;
  }

  /** Returns the name of the nullable reference: {@code funcref}. */
  String shorthand() {
    return shorthand;
  }

  @Override
  public Kind kind() {
    return Kind.ABSTRACT;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.u8(code);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
