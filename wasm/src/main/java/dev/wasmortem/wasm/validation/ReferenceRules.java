package dev.wasmortem.wasm.validation;

import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.Opcode;
import dev.wasmortem.wasm.types.AbstractHeapType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** References, casts, tables, and memories in pairs (§3.4.2, §3.4.5, §3.4.6). */
final class ReferenceRules {
  private final ModuleSpace space;
  private final InstructionReader reader;
  private final Operands operands;
  private final Indices indices;
  private final @Nullable DeclaredFunctions declared;

  ReferenceRules(
      ModuleSpace space,
      InstructionReader reader,
      Operands operands,
      Indices indices,
      @Nullable DeclaredFunctions declared) {
    this.space = space;
    this.reader = reader;
    this.operands = operands;
    this.indices = indices;
    this.declared = declared;
  }

  void apply(Opcode opcode) {
    switch (opcode) {
      case REF_NULL -> operands.push(TypeCode.REF | TypeCode.NULL | heap(0));
      case REF_IS_NULL -> {
        operands.popReference();
        operands.push(TypeCode.I32);
      }
      case REF_FUNC -> function(reader.index(0));
      case REF_AS_NON_NULL -> operands.push(operands.popReference() & ~TypeCode.NULL);
      case BR_ON_NULL -> {
        int reference = operands.popReference();
        int[] types = operands.labelTypes(reader.index(0));
        operands.pop(types);
        operands.push(types);
        operands.push(reference & ~TypeCode.NULL);
      }
      case BR_ON_NON_NULL -> branchOnNonNull();
      case REF_TEST, REF_TEST_NULL -> {
        operands.pop(space.types().topOf(heap(0)));
        operands.push(TypeCode.I32);
      }
      case REF_CAST -> cast(TypeCode.REF | heap(0));
      case REF_CAST_NULL -> cast(TypeCode.REF | TypeCode.NULL | heap(0));
      case BR_ON_CAST, BR_ON_CAST_FAIL -> branchOnCast(opcode);
      case ANY_CONVERT_EXTERN -> convert(AbstractHeapType.EXTERN, AbstractHeapType.ANY);
      case EXTERN_CONVERT_ANY -> convert(AbstractHeapType.ANY, AbstractHeapType.EXTERN);
      case MEMORY_COPY ->
          copy(
              space.memoryAddress(indices.memory(reader.index(0))),
              space.memoryAddress(indices.memory(reader.index(1))));
      default -> table(opcode);
    }
  }

  private void function(int index) {
    int type = indices.functionTypeIndex(index);
    if (declared != null && !declared.contains(index)) {
      throw operands.error("undeclared function reference " + index);
    }
    operands.push(TypeCode.REF | TypeCode.index(type));
  }

  private int heap(int position) {
    return indices.heap(TypeCode.heap(reader.heapType(position)));
  }

  private void cast(int type) {
    operands.pop(space.types().topOf(type & TypeCode.HEAP));
    operands.push(type);
  }

  private void convert(AbstractHeapType from, AbstractHeapType to) {
    int actual = operands.pop(TypeCode.nullable(from));
    int nullable = actual == TypeCode.UNKNOWN ? 0 : actual & TypeCode.NULL;
    operands.push(TypeCode.REF | nullable | TypeCode.heap(to));
  }

  private void branchOnNonNull() {
    int[] types = operands.labelTypes(reader.index(0));
    if (types.length == 0 || !TypeCode.isReference(types[types.length - 1])) {
      throw operands.error("type mismatch: the label takes no reference");
    }
    operands.pop(types[types.length - 1] | TypeCode.NULL);
    int[] others = Arrays.copyOf(types, types.length - 1);
    operands.pop(others);
    operands.push(others);
  }

  private void branchOnCast(Opcode opcode) {
    long flags = reader.value(0);
    int from = TypeCode.REF | ((flags & 1) != 0 ? TypeCode.NULL : 0) | heap(2);
    int to = TypeCode.REF | ((flags & 2) != 0 ? TypeCode.NULL : 0) | heap(3);
    if (!space.types().matches(to, from)) {
      throw operands.mismatch(to, from);
    }
    int rest = (flags & 2) != 0 ? from & ~TypeCode.NULL : from;
    int taken = opcode == Opcode.BR_ON_CAST ? to : rest;
    int[] types = operands.labelTypes(reader.index(1));
    if (types.length == 0 || !space.types().matches(taken, types[types.length - 1])) {
      throw operands.error("type mismatch: the label does not take " + TypeCode.text(taken));
    }
    operands.pop(from);
    int[] others = Arrays.copyOf(types, types.length - 1);
    operands.pop(others);
    operands.push(others);
    operands.push(opcode == Opcode.BR_ON_CAST ? rest : to);
  }

  /** Pops a count and two addresses; the count has the smaller of their types. */
  private void copy(int target, int source) {
    boolean wide = target == TypeCode.I64 && source == TypeCode.I64;
    operands.pop(wide ? TypeCode.I64 : TypeCode.I32);
    operands.pop(source);
    operands.pop(target);
  }

  private void table(Opcode opcode) {
    int table = indices.table(reader.index(opcode == Opcode.TABLE_INIT ? 1 : 0));
    int address = space.tableAddress(table);
    int element = space.tableElement(table);
    switch (opcode) {
      case TABLE_GET -> {
        operands.pop(address);
        operands.push(element);
      }
      case TABLE_SET -> {
        operands.pop(element);
        operands.pop(address);
      }
      case TABLE_GROW -> {
        operands.pop(address);
        operands.pop(element);
        operands.push(address);
      }
      case TABLE_FILL -> {
        operands.pop(address);
        operands.pop(element);
        operands.pop(address);
      }
      case TABLE_INIT -> {
        fits(indices.segmentType(reader.index(0)), element);
        operands.pop(TypeCode.I32);
        operands.pop(TypeCode.I32);
        operands.pop(address);
      }
      default -> {
        int source = indices.table(reader.index(1));
        fits(space.tableElement(source), element);
        copy(address, space.tableAddress(source));
      }
    }
  }

  private void fits(int type, int element) {
    if (!space.types().matches(type, element)) {
      throw operands.mismatch(type, element);
    }
  }
}
