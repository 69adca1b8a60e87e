package dev.wasmortem.wasm.text;

import dev.wasmortem.wasm.code.Argument;
import dev.wasmortem.wasm.code.BlockType;
import dev.wasmortem.wasm.code.Clause;
import dev.wasmortem.wasm.code.Immediate;
import dev.wasmortem.wasm.code.IndexSpace;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.types.HeapType;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.ValueType;
import java.util.List;

/** The immediates of the instructions of one function in the text format's form (§6.5). */
final class OperandTexts {
  private static final List<String> CATCHES =
      List.of("catch", "catch_ref", "catch_all", "catch_all_ref");
  private static final int FIRST_NULLABLE = 1;
  private static final int SECOND_NULLABLE = 2;

  private final NameTexts names;
  private final NameTexts.Inner locals;
  private final NameTexts.Inner labels;
  private final Nest nest;

  /** Makes texts of a function; {@code nest} holds what is open when {@link #of} is called. */
  OperandTexts(NameTexts names, int functionIndex, Nest nest) {
    this.names = names;
    this.locals = names.locals(functionIndex);
    this.labels = names.labels(functionIndex);
    this.nest = nest;
  }

  /** Returns the identifier of a block's label, or nothing. */
  String label(int block) {
    return block == 0 ? "" : labels.identifier(block - 1).orElse("");
  }

  /** Returns the immediates of the instruction that was read, before it opens or closes a block. */
  String of(InstructionReader reader) {
    List<Immediate> immediates = reader.opcode().immediates();
    if (immediates.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    int count = immediates.size();
    boolean spaceLast = count == 2 && isSpaceOf(immediates.get(0), immediates.get(1));
    if (spaceLast) {
      append(text, reader, immediates, 1); // the text format puts the table or memory first
    }
    for (int i = 0; i < (spaceLast ? 1 : count); i++) {
      append(text, reader, immediates, i);
    }
    return text.toString();
  }

  private static boolean isSpaceOf(Immediate first, Immediate second) {
    return (second == Immediate.TABLE || second == Immediate.MEMORY)
        && (first == Immediate.TYPE || first == Immediate.ELEMENT || first == Immediate.DATA);
  }

  private void append(
      StringBuilder text, InstructionReader reader, List<Immediate> immediates, int position) {
    String part = text(reader, immediates, position);
    if (!part.isEmpty()) {
      text.append(text.isEmpty() ? "" : " ").append(part);
    }
  }

  private String text(InstructionReader reader, List<Immediate> immediates, int position) {
    Immediate immediate = immediates.get(position);
    return switch (immediate.encoding()) {
      case U32 -> number(reader, immediates, position);
      case S32 -> Integer.toString((int) reader.value(position));
      case S64 -> Long.toString(reader.value(position));
      case BITS_32 -> new Argument.F32((int) reader.value(position)).toString();
      case BITS_64 -> new Argument.F64(reader.value(position)).toString();
      case BITS_128 -> {
        Argument.V128 bits = new Argument.V128(reader.value(position), reader.upperValue(position));
        yield immediate == Immediate.LANES ? lanes(bits) : bits.toString();
      }
      case BYTE -> Long.toString(reader.value(position));
      case ZERO, CAST_FLAGS -> ""; // said by nothing, or by the types that follow
      case BLOCK_TYPE -> blockType(reader.blockType());
      case HEAP_TYPE -> heapType(reader, immediates, position);
      case VALUE_TYPES -> valueTypes(reader.valueTypes(position));
      case LABELS -> labels(reader);
      case CLAUSES -> clauses(reader, immediate);
      case MEMARG -> memoryArgument(reader, immediate);
    };
  }

  private String number(InstructionReader reader, List<Immediate> immediates, int position) {
    int index = reader.index(position);
    IndexSpace space = immediates.get(position).space().orElse(null);
    if (space == null) {
      return Integer.toString(index);
    }
    return switch (space) {
      case LOCAL -> locals.of(index);
      case LABEL -> label(reader, index);
      case FIELD -> names.field(reader.index(position - 1), index);
      case TYPE ->
          position == 0 && immediates.size() == 2 && immediates.get(1) == Immediate.TABLE
              ? "(type " + names.of(space, index) + ")"
              : names.of(space, index);
      case FUNCTION, TABLE, MEMORY, GLOBAL, TAG, ELEMENT, DATA -> names.of(space, index);
    };
  }

  private String label(InstructionReader reader, int label) {
    int block = nest.block(label + Nest.outside(reader.opcode()));
    String name = block < 0 ? "" : label(block);
    return name.isEmpty() ? Integer.toString(label) : name + " (;" + label + ";)";
  }

  private String labels(InstructionReader reader) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < reader.labelCount(); i++) {
      text.append(i == 0 ? "" : " ").append(label(reader, reader.label(i)));
    }
    return text.toString();
  }

  private String clauses(InstructionReader reader, Immediate immediate) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < reader.clauseCount(); i++) {
      Clause clause = reader.clause(i);
      boolean handler = immediate == Immediate.HANDLERS;
      text.append(i == 0 ? "(" : " (").append(handler ? "on" : CATCHES.get(clause.kind()));
      if (clause.tag() >= 0) {
        text.append(' ').append(names.of(IndexSpace.TAG, clause.tag()));
      }
      text.append(' ')
          .append(clause.label() >= 0 ? label(reader, clause.label()) : "switch")
          .append(')');
    }
    return text.toString();
  }

  private String memoryArgument(InstructionReader reader, Immediate immediate) {
    String text =
        new Argument.Memory(0, reader.memoryOffset(), reader.alignLog2(), immediate.size())
            .toString();
    if (reader.memory() == 0) {
      return text;
    }
    String memory = names.of(IndexSpace.MEMORY, reader.memory());
    return text.isEmpty() ? memory : memory + " " + text;
  }

  private static String lanes(Argument.V128 bits) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      text.append(i == 0 ? "" : " ").append(bits.lane(i));
    }
    return text.toString();
  }

  private String blockType(BlockType type) {
    return switch (type.kind()) {
      case EMPTY -> "";
      case VALUE -> "(result " + valueType(((BlockType.Value) type).type()) + ")";
      case TYPE_INDEX ->
          "(type " + names.of(IndexSpace.TYPE, ((BlockType.TypeIndex) type).index()) + ")";
    };
  }

  private String valueTypes(List<ValueType> types) {
    StringBuilder text = new StringBuilder("(result");
    for (ValueType type : types) {
      text.append(' ').append(valueType(type));
    }
    return text.append(')').toString();
  }

  /** Returns a value type, a type of the module by its name. */
  String valueType(ValueType type) {
    if (type instanceof RefType reference
        && reference.heapType() instanceof HeapType.TypeIndex index) {
      return (reference.isNullable() ? "(ref null " : "(ref ")
          + names.of(IndexSpace.TYPE, index.index())
          + ")";
    }
    return type.toString();
  }

  private String heapType(InstructionReader reader, List<Immediate> immediates, int position) {
    HeapType type = reader.heapType(position);
    if (immediates.get(0) == Immediate.CAST_FLAGS) {
      int bit = position == immediates.size() - 1 ? SECOND_NULLABLE : FIRST_NULLABLE;
      boolean nullable = (reader.value(0) & bit) != 0;
      return valueType(nullable ? RefType.nullable(type) : RefType.nonNull(type));
    }
    return type instanceof HeapType.TypeIndex index
        ? names.of(IndexSpace.TYPE, index.index())
        : type.toString();
  }
}
