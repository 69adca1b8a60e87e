package dev.wasmortem.wasm.text;

import dev.wasmortem.wasm.code.Immediate;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.Opcode;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** The blocks that are open around an instruction, by number. */
final class Nest {
  private static final int NO_BLOCK = -1;

  private int[] open = new int[16];
  private int depth = 1;
  private int last;

  /** Opens the next block; returns its number. */
  int open() {
    if (depth == open.length) {
      open = Arrays.copyOf(open, 2 * depth);
    }
    open[depth++] = ++last;
    return last;
  }

  /** Returns the number of the block that will be opened next. */
  int next() {
    return last + 1;
  }

  /** Closes the innermost block; returns its number. */
  int close() {
    return open[--depth];
  }

  /** Returns the number of the innermost block. */
  int innermost() {
    return open[depth - 1];
  }

  /** Returns how many blocks are open, the function's own not counted. */
  int depth() {
    return depth - 1;
  }

  /** Returns the number of the block that a label names, or -1. */
  int block(int label) {
    return label < depth ? open[depth - 1 - label] : NO_BLOCK;
  }

  /**
   * Gives the numbers of the blocks that an instruction may branch to. It has been read, but what
   * it opens or closes is not yet opened or closed.
   */
  void forEachBranch(InstructionReader reader, IntConsumer branch) {
    Opcode opcode = reader.opcode();
    int outside = outside(opcode);
    for (int i = 0; i < opcode.immediates().size(); i++) {
      Immediate immediate = opcode.immediates().get(i);
      if (immediate == Immediate.LABEL && opcode != Opcode.RETHROW) { // that names an exception
        give(reader.index(i) + outside, branch);
      } else if (immediate == Immediate.LABELS) {
        for (int j = 0; j < reader.labelCount(); j++) {
          give(reader.label(j), branch);
        }
      } else if (immediate.encoding() == Immediate.Encoding.CLAUSES) {
        for (int j = 0; j < reader.clauseCount(); j++) {
          if (reader.clause(j).label() >= 0) {
            give(reader.clause(j).label(), branch);
          }
        }
      }
    }
  }

  /** Returns how many blocks an instruction closes before its labels count: one for delegate. */
  static int outside(Opcode opcode) {
    return opcode.nesting() == Opcode.Nesting.CLOSES ? 1 : 0;
  }

  private void give(int label, IntConsumer branch) {
    int block = block(label);
    if (block != NO_BLOCK) {
      branch.accept(block);
    }
  }

  /** Returns whether branches to the block that is opened lead to its beginning. */
  static boolean isLoop(InstructionReader reader) {
    return reader.opcode() == Opcode.LOOP;
  }
}
