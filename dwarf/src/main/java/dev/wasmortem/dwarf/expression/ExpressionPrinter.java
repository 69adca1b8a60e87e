package dev.wasmortem.dwarf.expression;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Printable;
import dev.wasmortem.dwarf.InfoOffset;
import dev.wasmortem.dwarf.expression.Opcode.Operand;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes expressions in the style of {@code llvm-dwarfdump}. */
final class ExpressionPrinter {
  /** How deep entry values are printed in each other; there is no use for one in another. */
  private static final int DEPTH = 8;

  /** How many bytes of a block are printed. */
  private static final int BLOCK = 256;

  private static final String[] LLVM_NAMES = {
    "nop",
    "form_aspace_address",
    "push_lane",
    "offset",
    "offset_uconst",
    "bit_offset",
    "call_frame_entry_reg",
    "undefined",
    "aspace_bregx",
    "piece_end",
    "extend",
    "select_bit_piece"
  };

  private final StringBuilder out = new StringBuilder();

  private ExpressionPrinter() {}

  static String print(Expression expression) {
    ExpressionPrinter printer = new ExpressionPrinter();
    printer.appendAll(expression, 0);
    return printer.out.toString();
  }

  private void appendAll(Expression expression, int depth) {
    if (expression.isEmpty()) {
      out.append("<empty>");
      return;
    }
    Cursor cursor = expression.cursor();
    while (!cursor.atEnd()) {
      long start = cursor.position();
      Operation operation;
      try {
        operation = Operation.read(cursor, expression.encoding());
      } catch (FormatException e) {
        out.append("<decoding error>");
        appendBlock(expression.bytes().slice(start, expression.bytes().size() - start), "%02x");
        return;
      }
      append(operation, expression, depth);
      out.append(cursor.atEnd() ? "" : ", ");
    }
  }

  private void append(Operation operation, Expression expression, int depth) {
    Opcode opcode = operation.opcode();
    out.append(opcode.spelling());
    if (opcode.isFamily()) {
      out.append(operation.number());
    }
    append(opcode.first(), operation.first(), operation, expression, depth);
    append(opcode.second(), operation.second(), operation, expression, depth);
  }

  private void append(
      @Nullable Operand operand,
      long value,
      Operation operation,
      Expression expression,
      int depth) {
    if (operand == null) {
      return;
    }
    switch (operand) {
      case S8, S16, S32, S64, SLEB -> out.append(value < 0 ? " " : " +").append(value);
      case BASE_TYPE -> appendType(operation.opcode(), value, expression);
      case EXPRESSION -> appendInner(operation, expression, depth);
      case BLOCK_ULEB, CONST_TYPE_BLOCK -> {
        appendHex(value);
        appendBlock(operation);
      }
      case LLVM_OPERATION -> appendLlvm(operation);
      default -> appendHex(value);
    }
  }

  private void appendHex(long value) {
    out.append(" 0x").append(Long.toHexString(value));
  }

  private void appendType(Opcode opcode, long offset, Expression expression) {
    if (offset == 0 && (opcode == Opcode.CONVERT || opcode == Opcode.GNU_CONVERT)) {
      out.append(" 0x0");
      return;
    }
    long entry = expression.references().unit().value() + offset;
    Optional<ScalarType> type = expression.references().baseType(new InfoOffset(entry));
    if (type.isEmpty()) {
      out.append(" <invalid base_type ref: 0x").append(Long.toHexString(offset)).append('>');
      return;
    }
    out.append(String.format(" (0x%08x)", entry));
    if (!type.get().name().isEmpty()) {
      out.append(" \"").append(Printable.escape(type.get().name())).append('"');
    }
  }

  private void appendInner(Operation operation, Expression expression, int depth) {
    ByteSource block = operation.block();
    out.append('(');
    if (block == null || depth >= DEPTH) {
      out.append("…");
    } else if (block.size() > 0) {
      appendAll(expression.inner(block), depth + 1);
    }
    out.append(')');
  }

  private void appendBlock(Operation operation) {
    ByteSource block = operation.block();
    if (block != null) {
      appendBlock(block, "0x%02x");
    }
  }

  private void appendBlock(ByteSource block, String format) {
    Cursor cursor = block.cursor();
    for (int i = 0; i < BLOCK && !cursor.atEnd(); i++) {
      out.append(' ').append(String.format(format, cursor.u8()));
    }
    out.append(cursor.atEnd() ? "" : " …");
  }

  private void appendLlvm(Operation operation) {
    out.append(" DW_OP_LLVM_").append(LLVM_NAMES[(int) operation.first() - 1]);
    ByteSource operands = operation.block();
    Cursor cursor = operands == null ? null : operands.cursor();
    while (cursor != null && !cursor.atEnd()) {
      appendHex(cursor.uleb128());
    }
  }
}
