package dev.wasmortem.wasm.code;

import java.util.List;

/**
 * One instruction as a value. An {@link InstructionReader} gives the same without an object for
 * each.
 *
 * @param opcode which instruction
 * @param offset where it begins
 * @param length the bytes it takes
 * @param arguments the values of its immediates, in their order
 */
public record Instruction(Opcode opcode, BodyOffset offset, int length, List<Argument> arguments) {
  public Instruction {
    arguments = List.copyOf(arguments);
  }

  /** Returns the text format's form, as {@code i32.load offset=8}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(opcode.mnemonic());
    for (Argument argument : arguments) {
      String part = argument.toString();
      if (!part.isEmpty()) {
        text.append(' ').append(part);
      }
    }
    return text.toString();
  }
}
