package dev.wasmortem.wasm.validation;

import dev.wasmortem.wasm.code.Opcode;
import dev.wasmortem.wasm.types.ValueType;
import java.util.Optional;

/**
 * The operands on the stack of one function before one of its instructions executes, the bottom one
 * first.
 */
public final class OperandStack {
  private final int[] codes;
  private final Opcode opcode;
  private final int popped;
  private final Reachability reachability;

  /** Whether control can come to an instruction, as far as validation knows. */
  public enum Reachability {
    REACHABLE,
    /**
     * It follows an instruction that never passes control on: there may be any number of operands
     * of any types below those of its block.
     */
    UNREACHABLE
  }

  OperandStack(int[] codes, Opcode opcode, int popped, Reachability reachability) {
    this.codes = codes;
    this.opcode = opcode;
    this.popped = popped;
    this.reachability = reachability;
  }

  /** Returns the instruction that is to execute. */
  public Opcode opcode() {
    return opcode;
  }

  /** Returns the number of operands. */
  public int size() {
    return codes.length;
  }

  /**
   * Returns an operand's type; empty if it is not known, which happens in unreachable code only.
   *
   * @param position 0 for the bottom
   */
  public Optional<ValueType> type(int position) {
    return Optional.ofNullable(TypeCode.decode(codes[position]));
  }

  /**
   * Returns how many operands the instruction takes off the top: of a call, the arguments (and what
   * names the callee, if that is an operand); of a branch, its condition and the values that go
   * with it.
   */
  public int popped() {
    return popped;
  }

  /** Returns whether control can come here. */
  public Reachability reachability() {
    return reachability;
  }
}
