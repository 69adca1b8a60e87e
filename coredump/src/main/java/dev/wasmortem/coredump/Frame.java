package dev.wasmortem.coredump;

import dev.wasmortem.wasm.code.BodyOffset;
import java.util.List;

/**
 * An activation of a function.
 *
 * @param instance index in {@link Coredump#instances}; not checked against it
 * @param function the function's index in its module, imported functions first
 * @param codeOffset the instruction that was being executed (of a caller: the call itself), as the
 *     dump has it; 0 may mean that it is not known
 * @param locals parameters and locals in the order of their indices; empty where none were captured
 * @param stack the operand stack, bottom first; empty where it was not captured
 */
public record Frame(
    int instance, int function, BodyOffset codeOffset, List<Value> locals, List<Value> stack) {
  /** Makes a frame; the lists are copied. */
  public Frame {
    locals = List.copyOf(locals);
    stack = List.copyOf(stack);
  }
}
