package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.wasm.code.InstructionReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A constant expression (§5.4.9): its bytes, and its value when it is a single instruction. */
public final class ConstExpr {
  private final ByteSource bytes;
  private final @Nullable ConstValue value;

  private ConstExpr(ByteSource bytes, @Nullable ConstValue value) {
    this.bytes = bytes;
    this.value = value;
  }

  /** Reads an {@code expr} up to and with its {@code end}. */
  public static ConstExpr read(Cursor cursor) {
    long start = cursor.position();
    InstructionReader reader = InstructionReader.ofExpression(cursor);
    ConstValue value = null;
    int instructions = 0;
    while (reader.next()) {
      if (reader.depth() >= 0) {
        instructions++;
        value = instructions == 1 ? valueOf(reader) : null;
      }
    }
    return new ConstExpr(cursor.source().slice(start, cursor.position() - start), value);
  }

  /** Moves a cursor past an {@code expr}. */
  static void skip(Cursor cursor) {
    InstructionReader reader = InstructionReader.ofExpression(cursor);
    while (reader.next()) {
      // Only its end is wanted.
    }
  }

  private static @Nullable ConstValue valueOf(InstructionReader reader) {
    return switch (reader.opcode()) {
      case I32_CONST -> new ConstValue.I32((int) reader.value(0));
      case I64_CONST -> new ConstValue.I64(reader.value(0));
      case F32_CONST -> new ConstValue.F32((int) reader.value(0));
      case F64_CONST -> new ConstValue.F64(reader.value(0));
      case V128_CONST -> new ConstValue.V128(reader.value(0), reader.upperValue(0));
      case REF_NULL -> new ConstValue.RefNull(reader.heapType(0));
      case REF_FUNC -> new ConstValue.RefFunc(reader.index(0));
      case GLOBAL_GET -> new ConstValue.GlobalGet(reader.index(0));
      default -> null;
    };
  }

  /** Returns the bytes, with the {@code end} that is the last of them. */
  public ByteSource bytes() {
    return bytes;
  }

  /** Returns a reader that stands before the first instruction. */
  public InstructionReader instructions() {
    return InstructionReader.ofExpression(bytes.cursor());
  }

  /** Returns the value if the expression is a single constant instruction. */
  public Optional<ConstValue> value() {
    return Optional.ofNullable(value);
  }
}
