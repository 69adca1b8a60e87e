package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.types.HeapType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A constant expression (§5.4.9): its bytes, and its value when it is a single instruction. */
public final class ConstExpr {
  static final int END = 0x0b;

  private final ByteSource bytes;
  private final @Nullable ConstValue value;

  private ConstExpr(ByteSource bytes, @Nullable ConstValue value) {
    this.bytes = bytes;
    this.value = value;
  }

  /** Reads an {@code expr} up to and with its {@code end}. */
  public static ConstExpr read(Cursor cursor) {
    long start = cursor.position();
    ConstValue value = readValue(cursor);
    if (cursor.u8() != END) {
      throw new FormatException.Unsupported("a constant expression", cursor.at(start));
    }
    return new ConstExpr(cursor.source().slice(start, cursor.position() - start), value);
  }

  private static ConstValue readValue(Cursor cursor) {
    long start = cursor.position();
    int code = cursor.u8();
    return switch (code) {
      case 0x41 -> new ConstValue.I32(cursor.s32());
      case 0x42 -> new ConstValue.I64(cursor.s64());
      case 0x43 -> new ConstValue.F32(cursor.i32le());
      case 0x44 -> new ConstValue.F64(cursor.i64le());
      case 0xd0 -> new ConstValue.RefNull(HeapType.read(cursor));
      case 0xd2 -> new ConstValue.RefFunc(cursor.index());
      case 0x23 -> new ConstValue.GlobalGet(cursor.index());
      default -> throw new FormatException.Unsupported("a constant expression", cursor.at(start));
    };
  }

  /** Returns the bytes, with the {@code end} that is the last of them. */
  public ByteSource bytes() {
    return bytes;
  }

  /** Returns the value if the expression is a single constant instruction. */
  public Optional<ConstValue> value() {
    return Optional.ofNullable(value);
  }
}
