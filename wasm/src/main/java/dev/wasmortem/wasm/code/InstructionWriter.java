package dev.wasmortem.wasm.code;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.wasm.types.HeapType;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes instructions (§5.4.9): what {@link InstructionReader} reads. Not thread-safe.
 *
 * <pre>{@code
 * InstructionWriter writer = new InstructionWriter(out);
 * while (reader.next()) {
 *   writer.write(renumber(reader.instruction()), reader.bytes());
 * }
 * }</pre>
 *
 * <p>Numbers take as few bytes as hold them, or as many as their counterparts in another
 * instruction; then also what can be written in two ways is written as it is there: {@code (ref
 * null func)} in one byte or two, memory 0 told or not.
 */
public final class InstructionWriter {
  private final ByteWriter out;
  private EncodedForm form = EncodedForm.SHORTEST;

  /** Makes a writer that appends to {@code out}. */
  public InstructionWriter(ByteWriter out) {
    this.out = out;
  }

  /**
   * Writes an instruction in the shortest form.
   *
   * @throws IllegalArgumentException if its arguments are not what its opcode takes
   */
  public void write(Instruction instruction) {
    form = EncodedForm.SHORTEST;
    writeAll(instruction);
  }

  /**
   * Writes an instruction in the form of another: that of {@code bytes}, a well-formed instruction.
   * Where the two differ in more than values, the shortest form is used.
   *
   * @throws IllegalArgumentException if the arguments are not what the opcode takes
   */
  public void write(Instruction instruction, ByteSource bytes) {
    form = EncodedForm.of(bytes.cursor(), instruction.opcode());
    writeAll(instruction);
  }

  private void writeAll(Instruction instruction) {
    Opcode opcode = instruction.opcode();
    List<Argument> arguments = instruction.arguments();
    if (arguments.size() != opcode.immediateCount()) {
      throw new IllegalArgumentException(
          opcode + " takes " + opcode.immediateCount() + " arguments, not " + arguments.size());
    }
    if (opcode.prefix() == 0) {
      out.u8(opcode.code());
    } else {
      out.u8(opcode.prefix()).unsigned(opcode.code(), form.codeWidth());
    }
    for (int i = 0; i < arguments.size(); i++) {
      write(opcode.immediate(i).encoding(), arguments.get(i));
    }
  }

  private void write(Immediate.Encoding encoding, Argument argument) {
    switch (encoding) {
      case U32 -> out.unsigned(number(argument), form.number());
      case S32 -> out.signed(as(Argument.I32.class, argument).value(), form.number());
      case S64 -> out.signed(as(Argument.I64.class, argument).value(), form.number());
      case BITS_32 -> {
        form.skip(4);
        out.i32le(as(Argument.F32.class, argument).bits());
      }
      case BITS_64 -> {
        form.skip(8);
        out.i64le(as(Argument.F64.class, argument).bits());
      }
      case BITS_128 -> {
        form.skip(16);
        Argument.V128 bits = as(Argument.V128.class, argument);
        out.i64le(bits.low()).i64le(bits.high());
      }
      case BYTE, ZERO, CAST_FLAGS -> {
        form.skip(1);
        out.u8(number(argument));
      }
      case BLOCK_TYPE -> blockType(as(Argument.Block.class, argument).type());
      case HEAP_TYPE -> heapType(as(Argument.Heap.class, argument).type(), form.heapType());
      case VALUE_TYPES -> {
        List<ValueType> types = as(Argument.Values.class, argument).types();
        count(types.size());
        types.forEach(this::valueType);
      }
      case LABELS -> {
        List<Integer> labels = as(Argument.Labels.class, argument).labels();
        count(labels.size() - 1);
        labels.forEach(label -> out.unsigned(label, form.number()));
      }
      case CLAUSES -> {
        List<Clause> clauses = as(Argument.Clauses.class, argument).clauses();
        count(clauses.size());
        clauses.forEach(this::clause);
      }
      case MEMARG -> memoryArgument(as(Argument.Memory.class, argument));
    }
  }

  private static int number(Argument argument) {
    return argument instanceof Argument.Index index
        ? index.value()
        : as(Argument.Literal.class, argument).value();
  }

  private static <T extends Argument> T as(Class<T> type, @Nullable Argument argument) {
    if (!type.isInstance(argument)) {
      throw new IllegalArgumentException(argument + " is no " + type.getSimpleName());
    }
    return type.cast(argument);
  }

  private void count(int count) {
    out.unsigned(count, form.count(count));
  }

  private void blockType(BlockType type) {
    int kept = form.blockType();
    switch (type.kind()) {
      case EMPTY -> out.u8(EncodedForm.EMPTY_BLOCK);
      case VALUE -> valueType(((BlockType.Value) type).type(), kept);
      case TYPE_INDEX -> typeIndex(((BlockType.TypeIndex) type).index(), kept);
    }
  }

  private void valueType(ValueType type) {
    valueType(type, form.valueType());
  }

  /** Writes a value type whose counterpart's index, or prefix and index, took {@code kept}. */
  private void valueType(ValueType type, int kept) {
    if (!(type instanceof RefType reference)) {
      type.writeTo(out);
      return;
    }
    if (!reference.isNullable()) {
      out.u8(RefType.REF);
    } else if (reference.heapType().kind() == HeapType.Kind.INDEX || kept == EncodedForm.LONG) {
      out.u8(RefType.REF_NULL);
    }
    heapType(reference.heapType(), kept);
  }

  private void heapType(HeapType type, int width) {
    if (type instanceof HeapType.TypeIndex index) {
      typeIndex(index.index(), width);
    } else {
      type.writeTo(out);
    }
  }

  private void typeIndex(int index, int width) {
    out.signed(index, Math.max(width, 1));
  }

  private void clause(Clause clause) {
    form.skip(1);
    out.u8(clause.kind());
    if (clause.tag() >= 0) {
      out.unsigned(clause.tag(), form.number());
    }
    if (clause.label() >= 0) {
      out.unsigned(clause.label(), form.number());
    }
  }

  private void memoryArgument(Argument.Memory argument) {
    EncodedForm.MemoryArgument kept = form.memoryArgument();
    boolean named = argument.memory() != 0 || kept.memory() > 0;
    int flags = argument.alignLog2() | (named ? EncodedForm.MEMORY_NAMED : 0);
    out.unsigned(flags, kept.flags());
    if (named) {
      out.unsigned(argument.memory(), kept.memory());
    }
    out.unsigned(argument.offset(), kept.offset());
  }
}
