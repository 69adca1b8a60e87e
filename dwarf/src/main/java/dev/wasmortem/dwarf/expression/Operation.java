package dev.wasmortem.dwarf.expression;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.dwarf.Encoding;
import dev.wasmortem.dwarf.expression.Opcode.Operand;
import org.jspecify.annotations.Nullable;

/**
 * One operation as it stands in an expression (§2.5).
 *
 * @param opcode which one
 * @param number what its code holds, of {@code DW_OP_lit}, {@code reg} and {@code breg}; else 0
 * @param first its first operand as a number; of a block, its length
 * @param second its second operand as a number; of a block, its length
 * @param block the bytes of the operand that is a block, or of an LLVM operation's operands; or
 *     null
 * @param end where the next operation begins, in bytes from the expression's start
 */
public record Operation(
    Opcode opcode, int number, long first, long second, @Nullable ByteSource block, long end) {
  private static final long WASM_GLOBAL_FIXED = 3;

  /** How many ULEBs follow the number of an operation of LLVM's, from 1 on. */
  private static final int[] LLVM_OPERANDS = {0, 0, 0, 0, 1, 0, 1, 0, 2, 0, 2, 2};

  /** Reads the operation at {@code cursor}. */
  static Operation read(Cursor cursor, Encoding encoding) {
    long start = cursor.position();
    int code = cursor.u8();
    Opcode opcode = Opcode.find(code);
    if (opcode == null) {
      throw new FormatException.Unsupported(
          "operation 0x" + Integer.toHexString(code), cursor.at(start));
    }
    long first = number(opcode.first(), 0, cursor, encoding);
    ByteSource block = block(opcode.first(), first, cursor);
    long second = number(opcode.second(), first, cursor, encoding);
    if (block == null) {
      block = block(opcode.second(), second, cursor);
    }
    return new Operation(opcode, code - opcode.code(), first, second, block, cursor.position());
  }

  /** Returns the block that an operand is, or null; its length or kind was read. */
  private static @Nullable ByteSource block(@Nullable Operand operand, long number, Cursor cursor) {
    if (operand == null) {
      return null;
    }
    return switch (operand) {
      case BLOCK_ULEB, EXPRESSION, CONST_TYPE_BLOCK -> cursor.take(number);
      case LLVM_OPERATION -> llvmOperands(number, cursor);
      default -> null;
    };
  }

  private static ByteSource llvmOperands(long operation, Cursor cursor) {
    long start = cursor.position();
    if (operation < 1 || operation > LLVM_OPERANDS.length) {
      throw new FormatException.Unsupported(
          "operation " + Long.toUnsignedString(operation) + " of LLVM's", cursor.here());
    }
    for (int i = LLVM_OPERANDS[(int) operation - 1]; i > 0; i--) {
      cursor.uleb128();
    }
    return cursor.source().slice(start, cursor.position() - start);
  }

  /** Returns an operand as a number; of a block, its length. */
  private static long number(
      @Nullable Operand operand, long before, Cursor cursor, Encoding encoding) {
    if (operand == null) {
      return 0;
    }
    return switch (operand) {
      case U8, CONST_TYPE_BLOCK -> cursor.u8();
      case S8 -> (byte) cursor.u8();
      case U16 -> cursor.u16le();
      case S16 -> (short) cursor.u16le();
      case U32 -> cursor.u32le();
      case S32 -> cursor.i32le();
      case U64, S64 -> cursor.i64le();
      case SLEB -> cursor.sleb128();
      case ADDRESS -> encoding.address(cursor);
      case INFO_REFERENCE ->
          encoding.version() <= 2 ? encoding.address(cursor) : encoding.offset(cursor);
      case WASM_INDEX -> before == WASM_GLOBAL_FIXED ? cursor.u32le() : cursor.uleb128();
      default -> cursor.uleb128();
    };
  }
}
