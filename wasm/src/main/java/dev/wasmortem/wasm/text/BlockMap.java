package dev.wasmortem.wasm.text;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.InstructionReader;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The blocks of a function: where branches to each lead, and whether there are any. A block's
 * number is its place in the order of blocks, from 1 on; 0 is the function's own.
 */
final class BlockMap {
  private static final int UNKNOWN = -1;

  private int[] targets = new int[16];
  private final BitSet branched = new BitSet();

  /** Reads a function's blocks, as far as it can be read. */
  static BlockMap of(FunctionBody body) {
    BlockMap map = new BlockMap();
    Arrays.fill(map.targets, UNKNOWN);
    Nest nest = new Nest();
    try {
      InstructionReader reader = body.instructions();
      while (reader.next()) {
        map.visit(reader, nest);
      }
    } catch (FormatException e) {
      // Whoever prints the function meets it again, and gives what stands before it.
    }
    return map;
  }

  private void visit(InstructionReader reader, Nest nest) {
    nest.forEachBranch(reader, branched::set);
    switch (reader.opcode().nesting()) {
      case OPENS -> {
        int block = nest.open();
        if (block >= targets.length) {
          int known = targets.length;
          targets = Arrays.copyOf(targets, 2 * known);
          Arrays.fill(targets, known, targets.length, UNKNOWN);
        }
        if (Nest.isLoop(reader)) {
          targets[block] = reader.offset().value();
        }
      }
      case CLOSES -> {
        int block = nest.close();
        if (targets[block] == UNKNOWN) {
          targets[block] = reader.offset().value() + reader.length();
        }
      }
      case NONE, DIVIDES -> {}
    }
  }

  /** Returns whether a branch leads to a block's label. */
  boolean isTarget(int block) {
    return branched.get(block);
  }

  /** Returns whether it is known where a block's label is; not so in a damaged function. */
  boolean isKnown(int block) {
    return targets[block] != UNKNOWN;
  }

  /** Returns where branches to a block's label lead. */
  BodyOffset target(int block) {
    return new BodyOffset(targets[block]);
  }
}
