package dev.wasmortem.wasm.validation;

import dev.wasmortem.wasm.LocalTypes;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.Opcode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Locals and globals, {@code drop} and {@code select} (§3.4.3, §3.4.4). */
final class VariableRules {
  private static final int CACHED_LOCALS = 256;

  private final ModuleSpace space;
  private final InstructionReader reader;
  private final Operands operands;
  private final Indices indices;
  private final LocalTypes locals;

  /** The types of the first locals; of the others they are looked up. */
  private final int[] cached;

  /** Locals without a default value that have been set, in the order in which they were. */
  private final Set<Integer> initialized = new HashSet<>();

  private int[] order = new int[8];
  private int orderSize;

  /** How many had been set when each open block was entered. */
  private int[] entered = new int[16];

  private int depth;

  VariableRules(
      ModuleSpace space,
      InstructionReader reader,
      Operands operands,
      Indices indices,
      LocalTypes locals) {
    this.space = space;
    this.reader = reader;
    this.operands = operands;
    this.indices = indices;
    this.locals = locals;
    this.cached = new int[(int) Math.min(locals.count(), CACHED_LOCALS)];
    for (int i = 0; i < locals.runs(); i++) {
      indices.value(TypeCode.of(locals.runType(i)));
    }
    for (int i = 0; i < cached.length; i++) {
      cached[i] = TypeCode.of(locals.type(i));
    }
  }

  void apply(Opcode opcode) {
    int index = reader.index(0);
    switch (opcode) {
      case LOCAL_GET -> operands.push(readable(index));
      case LOCAL_SET -> {
        operands.pop(local(index));
        set(index);
      }
      case LOCAL_TEE -> {
        operands.pop(local(index));
        operands.push(local(index));
        set(index);
      }
      case GLOBAL_GET -> operands.push(space.global(indices.global(index)));
      case GLOBAL_SET -> {
        if (!space.isVariable(indices.global(index))) {
          throw operands.error("immutable global " + index);
        }
        operands.pop(space.global(index));
      }
      case DROP -> operands.pop();
      case SELECT -> select();
      default -> selectTyped();
    }
  }

  private int local(int index) {
    if (index < cached.length) {
      return cached[index];
    }
    if (index >= locals.count()) {
      throw operands.error("unknown local " + index);
    }
    return TypeCode.of(locals.type(index));
  }

  private int readable(int index) {
    int type = local(index);
    if (needsValue(index, type) && !initialized.contains(index)) {
      throw operands.error("uninitialized local " + index);
    }
    return type;
  }

  private boolean needsValue(int index, int type) {
    return TypeCode.isReference(type)
        && (type & TypeCode.NULL) == 0
        && index >= locals.parameterCount();
  }

  private void set(int index) {
    if (needsValue(index, local(index)) && initialized.add(index)) {
      if (orderSize == order.length) {
        order = Arrays.copyOf(order, 2 * orderSize);
      }
      order[orderSize++] = index;
    }
  }

  /** A block was opened: what is set in it counts in it only. */
  void enter() {
    if (depth == entered.length) {
      entered = Arrays.copyOf(entered, 2 * depth);
    }
    entered[depth++] = orderSize;
  }

  /** A block was closed. */
  void leave() {
    if (depth == 0) {
      return;
    }
    int kept = entered[--depth];
    while (orderSize > kept) {
      initialized.remove(order[--orderSize]);
    }
  }

  private void select() {
    operands.pop(TypeCode.I32);
    int second = operands.pop();
    int first = operands.pop();
    if (TypeCode.isReference(first) || TypeCode.isReference(second)) {
      throw operands.error("type mismatch: select of references without a type");
    }
    if (first != second && first != TypeCode.UNKNOWN && second != TypeCode.UNKNOWN) {
      throw operands.mismatch(second, first);
    }
    operands.push(first == TypeCode.UNKNOWN ? second : first);
  }

  private void selectTyped() {
    int[] types = TypeSpace.codes(reader.valueTypes(0));
    if (types.length != 1) {
      throw operands.error("invalid result arity");
    }
    int type = indices.value(types[0]);
    operands.pop(TypeCode.I32);
    operands.pop(type);
    operands.pop(type);
    operands.push(type);
  }
}
