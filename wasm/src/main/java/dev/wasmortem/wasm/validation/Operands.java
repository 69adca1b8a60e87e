package dev.wasmortem.wasm.validation;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.Opcode;
import java.util.Arrays;

/**
 * The two stacks of the validation algorithm: operands and open blocks (appendix "validation
 * algorithm").
 */
final class Operands {
  /**
   * Operands on the stack at once: what a call pushes for two bytes must not add up without end.
   */
  static final int MAX_OPERANDS = 1 << 20;

  /** Blocks open at once. */
  static final int MAX_BLOCKS = 1 << 17;

  private final TypeSpace types;
  private final InstructionReader reader;

  private int[] operands = new int[32];
  private int height;
  private int lowest;

  private Opcode[] openers = new Opcode[16];
  private int[][] starts = new int[16][];
  private int[][] ends = new int[16][];
  private int[] bases = new int[16];
  private boolean[] unreachable = new boolean[16];
  private int blocks;

  /** The innermost block's, for speed. */
  private int base;

  private boolean polymorphic;

  Operands(TypeSpace types, InstructionReader reader) {
    this.types = types;
    this.reader = reader;
  }

  // -- Operands

  int height() {
    return height;
  }

  int[] snapshot() {
    return Arrays.copyOf(operands, height);
  }

  /** Begins to watch how far down operands are popped. */
  void watch() {
    lowest = height;
  }

  /** Returns the lowest height since {@link #watch}. */
  int lowest() {
    return lowest;
  }

  void push(int type) {
    if (height == operands.length) {
      if (height >= MAX_OPERANDS) {
        throw new FormatException.LimitExceeded(
            "more than " + MAX_OPERANDS + " operands", reader.location());
      }
      operands = Arrays.copyOf(operands, 2 * height);
    }
    operands[height++] = type;
  }

  void push(int[] list) {
    for (int type : list) {
      push(type);
    }
  }

  /** Pops an operand of any type. */
  int pop() {
    if (height == base) {
      if (polymorphic) {
        return TypeCode.UNKNOWN;
      }
      throw error("type mismatch: an operand is missing");
    }
    int type = operands[--height];
    if (height < lowest) {
      lowest = height;
    }
    return type;
  }

  /** Pops an operand of a type. */
  int pop(int expected) {
    int actual = pop();
    if (actual != expected && !types.matches(actual, expected)) {
      throw mismatch(actual, expected);
    }
    return actual;
  }

  void pop(int[] list) {
    for (int i = list.length - 1; i >= 0; i--) {
      pop(list[i]);
    }
  }

  /** Pops a reference of any type. */
  int popReference() {
    int actual = pop();
    if (actual == TypeCode.UNKNOWN) {
      return TypeCode.REF | TypeCode.NULL | TypeCode.BOTTOM;
    }
    if (!TypeCode.isReference(actual)) {
      throw error("type mismatch: expected a reference, found " + TypeCode.text(actual));
    }
    return actual;
  }

  /** Checks the operands on top against a list without taking them. */
  void check(int[] list) {
    int at = height;
    for (int i = list.length - 1; i >= 0; i--) {
      if (at == base) {
        if (polymorphic) {
          return;
        }
        throw error("type mismatch: an operand is missing");
      }
      int actual = operands[--at];
      if (!types.matches(actual, list[i])) {
        throw mismatch(actual, list[i]);
      }
    }
  }

  // -- Blocks

  /** Returns the number of open blocks, the function's own counted. */
  int blocks() {
    return blocks;
  }

  boolean isPolymorphic() {
    return polymorphic;
  }

  /** Returns whether any number of operands can be popped from here. */
  boolean isAtPolymorphicBase() {
    return polymorphic && height == base;
  }

  /** Opens a block; its operands have been popped already. */
  void open(Opcode opener, int[] start, int[] end) {
    if (blocks == openers.length) {
      grow();
    }
    openers[blocks] = opener;
    starts[blocks] = start;
    ends[blocks] = end;
    bases[blocks] = height;
    unreachable[blocks] = false;
    blocks++;
    base = height;
    polymorphic = false;
    push(start);
  }

  private void grow() {
    if (blocks >= MAX_BLOCKS) {
      throw new FormatException.LimitExceeded(
          "more than " + MAX_BLOCKS + " blocks within one another", reader.location());
    }
    int size = 2 * blocks;
    openers = Arrays.copyOf(openers, size);
    starts = Arrays.copyOf(starts, size);
    ends = Arrays.copyOf(ends, size);
    bases = Arrays.copyOf(bases, size);
    unreachable = Arrays.copyOf(unreachable, size);
  }

  /** Closes the innermost block, popping its results; returns what opened it. */
  Opcode close() {
    int top = blocks - 1;
    pop(ends[top]);
    if (height != base) {
      throw error("type mismatch: " + (height - base) + " operands too many at the end of a block");
    }
    blocks = top;
    if (top > 0) {
      base = bases[top - 1];
      polymorphic = unreachable[top - 1];
    }
    return openers[top];
  }

  /** Returns what the block that was closed last began with. */
  int[] closedStart() {
    return starts[blocks];
  }

  /** Returns what the block that was closed last ends with. */
  int[] closedEnd() {
    return ends[blocks];
  }

  /** Says that control does not come past this instruction. */
  void setUnreachable() {
    height = base;
    polymorphic = true;
    unreachable[blocks - 1] = true;
  }

  /** Returns what opened the block of a label. */
  Opcode opener(int label) {
    return openers[blocks - 1 - checked(label)];
  }

  /** Returns what a branch to a label takes along. */
  int[] labelTypes(int label) {
    int at = blocks - 1 - checked(label);
    return openers[at] == Opcode.LOOP ? starts[at] : ends[at];
  }

  /** Returns what the function gives. */
  int[] functionResults() {
    return ends[0];
  }

  private int checked(int label) {
    if (label >= blocks) {
      throw error("unknown label " + label);
    }
    return label;
  }

  // -- Errors

  FormatException.Malformed error(String problem) {
    return new FormatException.Malformed(problem, reader.location());
  }

  FormatException.Malformed mismatch(int actual, int expected) {
    return error(
        "type mismatch: expected " + TypeCode.text(expected) + ", found " + TypeCode.text(actual));
  }
}
