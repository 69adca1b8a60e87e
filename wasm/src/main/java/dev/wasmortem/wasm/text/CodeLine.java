package dev.wasmortem.wasm.text;

import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.wasm.code.BodyOffset;

/**
 * One instruction as text.
 *
 * @param fileOffset where it begins in the module
 * @param offset where it begins in the body
 * @param length the bytes it takes
 * @param depth how many blocks are open around it, those that it opens or closes not counted
 * @param mark whether a branch leads here
 * @param mnemonic its name in the text format
 * @param operands its immediates, with names where there are any; may be empty
 * @param note which labels it opens, closes or branches to, as {@code @1}, numbered in the order of
 *     their blocks, the function's own being {@code @0}; of a branch to one place, also the place
 */
public record CodeLine(
    FileOffset fileOffset,
    BodyOffset offset,
    int length,
    int depth,
    Mark mark,
    String mnemonic,
    String operands,
    String note) {
  private static final int MAX_INDENT = 40;
  private static final String BLANKS = " ".repeat(2 * MAX_INDENT);
  private static final String ZEROS = "0".repeat(8);

  /** Whether a branch leads to an instruction. */
  public enum Mark {
    /** None does; control comes from the instruction before. */
    NONE,
    /** One does: to a {@code loop}, or past the {@code end} of another block. */
    TARGET
  }

  /** Returns the instruction without its offsets: {@code i32.load offset=8}. */
  public String text() {
    return operands.isEmpty() ? mnemonic : mnemonic + " " + operands;
  }

  /**
   * Returns the line: a {@code >} for a branch's target, the offset in the module, in the body, and
   * the instruction, indented.
   */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(48);
    line.append(mark == Mark.TARGET ? "> " : "  ");
    hex(line, fileOffset.value(), 6);
    line.append(" +");
    hex(line, offset.value(), 4);
    line.append("  ").append(BLANKS, 0, 2 * Math.min(depth, MAX_INDENT)).append(mnemonic);
    if (!operands.isEmpty()) {
      line.append(' ').append(operands);
    }
    if (!note.isEmpty()) {
      line.append("  ;; ").append(note);
    }
    return line.toString();
  }

  private static void hex(StringBuilder out, long value, int digits) {
    String hex = Long.toHexString(value);
    out.append(ZEROS, 0, Math.max(0, digits - hex.length())).append(hex);
  }
}
