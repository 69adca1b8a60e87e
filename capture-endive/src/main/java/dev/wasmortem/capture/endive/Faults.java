package dev.wasmortem.capture.endive;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.Immediate;
import dev.wasmortem.wasm.code.InstructionReader;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToLongFunction;

/** Which address an instruction that trapped wanted to access, from its operands and immediates. */
final class Faults {
  private static final Set<TrapKind> AT_MEMORY =
      EnumSet.of(TrapKind.OUT_OF_BOUNDS_MEMORY_ACCESS, TrapKind.UNALIGNED_ATOMIC);

  private Faults() {}

  /**
   * An access.
   *
   * @param memory index in the module
   * @param address of the first byte
   */
  record Fault(int memory, MemoryAddress address) {}

  /**
   * Returns the access that trapped; empty if the trap is none of a memory's, or it is not known.
   *
   * @param operands those of the instruction, bottom first
   * @param sizes of the instance's memories in bytes
   */
  static Optional<Fault> of(
      TrapKind kind,
      FunctionBody body,
      BodyOffset offset,
      List<Value> operands,
      IntToLongFunction sizes) {
    if (!AT_MEMORY.contains(kind) || operands.isEmpty()) {
      return Optional.empty();
    }
    try {
      InstructionReader instruction = InstructionReader.ofBody(body.bytes(), offset);
      return instruction.next() ? access(instruction, operands, sizes) : Optional.empty();
    } catch (FormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Fault> access(
      InstructionReader instruction, List<Value> operands, IntToLongFunction sizes) {
    return switch (instruction.opcode()) {
      case MEMORY_FILL -> fault(instruction.index(0), operands, 0, 0);
      case MEMORY_INIT ->
          // Otherwise it is the segment that is too short.
          isOutside(operands, 0, sizes.applyAsLong(instruction.index(1)))
              ? fault(instruction.index(1), operands, 0, 0)
              : Optional.empty();
      case MEMORY_COPY ->
          isOutside(operands, 0, sizes.applyAsLong(instruction.index(0)))
              ? fault(instruction.index(0), operands, 0, 0)
              : fault(instruction.index(1), operands, 1, 0);
      default ->
          hasMemoryArgument(instruction)
              ? fault(instruction.memory(), operands, 0, instruction.memoryOffset())
              : Optional.empty();
    };
  }

  private static boolean hasMemoryArgument(InstructionReader instruction) {
    List<Immediate> immediates = instruction.opcode().immediates();
    return !immediates.isEmpty() && immediates.get(0).encoding() == Immediate.Encoding.MEMARG;
  }

  /** Returns whether as many bytes as the third operand says reach beyond a memory. */
  private static boolean isOutside(List<Value> operands, int position, long size) {
    long start = unsigned(operands, position);
    long length = unsigned(operands, 2);
    return start < 0 || length < 0 || start > size - length;
  }

  private static Optional<Fault> fault(
      int memory, List<Value> operands, int position, long offset) {
    long start = unsigned(operands, position);
    return start < 0
        ? Optional.empty()
        : Optional.of(new Fault(memory, new MemoryAddress(start + offset)));
  }

  /** Returns an operand that is an address or a size; negative if it is not known. */
  private static long unsigned(List<Value> operands, int position) {
    return position < operands.size() && operands.get(position) instanceof Value.I32 i32
        ? Integer.toUnsignedLong(i32.value())
        : -1;
  }
}
