package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;

/**
 * Runs a line program: the state machine of §6.2.2 with the opcodes of §6.2.5. Each opcode takes a
 * byte or more and adds one row at most, so the rows are bounded by the program's length.
 *
 * <p>Sequences of code that the linker left out are run and not kept: those whose address was set
 * to 0 or to a tombstone.
 */
final class LineProgram {
  private static final int COPY = 1;
  private static final int ADVANCE_PC = 2;
  private static final int ADVANCE_LINE = 3;
  private static final int SET_FILE = 4;
  private static final int SET_COLUMN = 5;
  private static final int NEGATE_STMT = 6;
  private static final int SET_BASIC_BLOCK = 7;
  private static final int CONST_ADD_PC = 8;
  private static final int FIXED_ADVANCE_PC = 9;
  private static final int SET_PROLOGUE_END = 10;
  private static final int SET_EPILOGUE_BEGIN = 11;
  private static final int SET_ISA = 12;

  private static final int END_SEQUENCE = 1;
  private static final int SET_ADDRESS = 2;
  private static final int DEFINE_FILE = 3;
  private static final int SET_DISCRIMINATOR = 4;

  private final LineHeader header;
  private final Cursor cursor;
  private final LineRows.Builder rows = new LineRows.Builder();

  private long address;
  private int operation;
  private int file;
  private int line;
  private int column;
  private int flags;
  private int discriminator;
  private boolean leftOut;

  LineProgram(LineHeader header) {
    this.header = header;
    this.cursor = header.program();
    reset();
  }

  /**
   * Runs to the program's end. After an error, {@link #rows()} still has the sequences that were
   * complete.
   */
  void run() {
    while (!cursor.atEnd()) {
      int opcode = cursor.u8();
      if (opcode >= header.opcodeBase()) {
        special(opcode - header.opcodeBase());
      } else if (opcode == 0) {
        extended();
      } else {
        standard(opcode);
      }
    }
    if (rows.pending() > 0) {
      throw new FormatException.Truncated("the last sequence has no end", cursor.here());
    }
  }

  LineRows rows() {
    return rows.build();
  }

  private void reset() {
    address = 0;
    operation = 0;
    file = 1;
    line = 1;
    column = 0;
    flags = header.defaultIsStatement() ? LineRows.IS_STMT : 0;
    discriminator = 0;
    leftOut = false;
  }

  private void special(int adjusted) {
    advance(adjusted / lineRange());
    line += header.lineBase() + adjusted % lineRange();
    row();
  }

  private int lineRange() {
    if (header.lineRange() == 0) {
      throw cursor.malformed("an opcode that divides by a line_range of 0");
    }
    return header.lineRange();
  }

  private void advance(long operations) {
    int most = header.maximumOperations();
    if (most == 1) {
      address += operations * header.minimumInstructionLength();
      return;
    }
    long index = operation + operations;
    address += Long.divideUnsigned(index, most) * header.minimumInstructionLength();
    operation = (int) Long.remainderUnsigned(index, most);
  }

  private void row() {
    if (!leftOut && !rows.add(address, file, line, column, flags, discriminator)) {
      throw cursor.malformed("a sequence of more than 1 GiB");
    }
    discriminator = 0;
    flags &= LineRows.IS_STMT;
  }

  private void standard(int opcode) {
    switch (opcode) {
      case COPY -> row();
      case ADVANCE_PC -> advance(cursor.uleb128());
      case ADVANCE_LINE -> line += (int) cursor.sleb128();
      case SET_FILE -> file = number();
      case SET_COLUMN -> column = number();
      case NEGATE_STMT -> flags ^= LineRows.IS_STMT;
      case SET_BASIC_BLOCK -> flags |= LineRows.BASIC_BLOCK;
      case CONST_ADD_PC -> advance((255 - header.opcodeBase()) / lineRange());
      case FIXED_ADVANCE_PC -> {
        address += cursor.u16le();
        operation = 0;
      }
      case SET_PROLOGUE_END -> flags |= LineRows.PROLOGUE_END;
      case SET_EPILOGUE_BEGIN -> flags |= LineRows.EPILOGUE_BEGIN;
      case SET_ISA -> cursor.uleb128();
      default -> {
        for (int i = header.operandCount(opcode); i > 0; i--) {
          cursor.uleb128();
        }
      }
    }
  }

  private void extended() {
    long length = cursor.uleb128();
    long start = cursor.position();
    if (length < 0 || length > cursor.remaining()) {
      throw cursor.malformed("an extended opcode of " + Long.toUnsignedString(length) + " bytes");
    }
    if (length == 0) {
      return;
    }
    switch (cursor.u8()) {
      case END_SEQUENCE -> endSequence();
      case SET_ADDRESS -> setAddress(length - 1);
      case DEFINE_FILE -> header.files().define(cursor);
      case SET_DISCRIMINATOR -> discriminator = number();
      default -> {
        // A vendor's: its length tells how to go on.
      }
    }
    if (cursor.position() > start + length) {
      throw cursor.malformed("an extended opcode longer than its length of " + length);
    }
    cursor.seek(start + length);
  }

  private void endSequence() {
    if (leftOut) {
      rows.drop();
    } else {
      rows.end(address);
    }
    reset();
  }

  private void setAddress(long size) {
    address = Encoding.sized(cursor, (int) Math.min(size, 9));
    operation = 0;
    leftOut = address <= 0 || Encoding.isTombstone(address, (int) size);
  }

  /** Reads a number that is kept in 31 bits; one that does not fit is as good as none. */
  private int number() {
    long value = cursor.uleb128();
    return value < 0 || value > Integer.MAX_VALUE ? 0 : (int) value;
  }
}
