package dev.wasmortem.capture.endive;

import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.capture.endive.RawFrame.Moment;
import dev.wasmortem.capture.endive.RawFrame.Operands;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.MemoryFault;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.Opcode;
import dev.wasmortem.wasm.types.AbstractHeapType;
import dev.wasmortem.wasm.types.FuncType;
import dev.wasmortem.wasm.types.HeapType;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.SubType;
import dev.wasmortem.wasm.types.ValueType;
import dev.wasmortem.wasm.validation.CodeValidator;
import dev.wasmortem.wasm.validation.OperandStack;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.wasm.types.TypeSection;
import run.endive.wasm.types.ValType;

/**
 * From a frame's numbers to what a dump says of it, for the frames of one module: where in the body
 * it is, its locals and operands by their types.
 *
 * <p>The youngest frame is shown before the instruction that failed, with that instruction's
 * operands. A caller is shown during the call: what the call took is the callee's.
 */
final class FrameDecoder {
  private static final BodyOffset UNKNOWN = new BodyOffset(0);

  private static final Set<Opcode> CALLS =
      EnumSet.of(
          Opcode.CALL,
          Opcode.CALL_INDIRECT,
          Opcode.CALL_REF,
          Opcode.RETURN_CALL,
          Opcode.RETURN_CALL_INDIRECT,
          Opcode.RETURN_CALL_REF);

  /** What a call itself can die of, before its callee begins. */
  private static final Set<TrapKind> TRAPS_OF_CALLS =
      EnumSet.of(
          TrapKind.UNDEFINED_ELEMENT,
          TrapKind.UNINITIALIZED_ELEMENT,
          TrapKind.INDIRECT_CALL_TYPE_MISMATCH,
          TrapKind.OUT_OF_BOUNDS_TABLE_ACCESS,
          TrapKind.NULL_REFERENCE,
          TrapKind.INTERRUPTED,
          TrapKind.REQUESTED);

  /** What ends a program, or looks at it, beside its instructions. */
  private static final Set<TrapKind> NOT_OF_INSTRUCTIONS =
      EnumSet.of(
          TrapKind.HOST_EXCEPTION,
          TrapKind.CALL_STACK_EXHAUSTED,
          TrapKind.INTERRUPTED,
          TrapKind.REQUESTED);

  private final boolean hasTailCalls;
  private final References references;
  private final @Nullable WasmModule module;
  private final @Nullable CodeValidator validator;
  private final TrapKind trap;
  private final Map<Long, Optional<OperandStack>> stacks = new HashMap<>();
  private final Map<Integer, List<ValueType>> locals = new HashMap<>();
  private int valuesLeftOut;
  private int stacksLeftOut;

  /**
   * Makes a decoder.
   *
   * @param module the module's bytes, if they are known
   */
  FrameDecoder(
      ModuleImage image, @Nullable WasmModule module, References references, TrapKind trap) {
    this.hasTailCalls = image.hasTailCalls();
    this.references = references;
    this.module = module;
    this.validator = module == null ? null : validator(module);
    this.trap = trap;
  }

  private static @Nullable CodeValidator validator(WasmModule module) {
    try {
      return CodeValidator.of(module);
    } catch (FormatException e) {
      return null;
    }
  }

  /** Returns how many values were left out because Endive does not tell them. */
  int valuesLeftOut() {
    return valuesLeftOut;
  }

  /** Returns of how many frames the operands are not known. */
  int stacksLeftOut() {
    return stacksLeftOut;
  }

  Frame decode(RawFrame raw, int instanceIndex) {
    Instance instance = raw.machine.wasm();
    BodyOffset offset = UNKNOWN;
    List<Value> operands = List.of();
    // Without an instruction the function has just been entered: nothing is on its stack.
    if (raw.instruction >= 0) {
      FunctionBody body = body(raw.function);
      if (body == null) {
        stacksLeftOut++;
        offset = withoutBytes(raw, instance);
      } else {
        offset = offset(raw, body);
        operands = operands(raw, body, offset);
      }
    }
    return new Frame(instanceIndex, raw.function, offset, locals(raw, instance), operands);
  }

  private static BodyOffset offset(RawFrame raw, FunctionBody body) {
    Instance instance = raw.machine.wasm();
    long address = instance.function(raw.function).instructions().get(raw.instruction).address();
    return body.bodyOffset(new FileOffset(body.module().source().origin().value() + address));
  }

  private static BodyOffset withoutBytes(RawFrame raw, Instance instance) {
    int defined = raw.function - instance.imports().functionCount();
    OptionalInt offset = CodeOffsets.of(instance.module().codeSection(), defined, raw.instruction);
    return offset.isPresent() ? new BodyOffset(offset.getAsInt()) : UNKNOWN;
  }

  /**
   * Adds to a trap what the instruction tells that failed.
   *
   * @param raw the youngest frame
   * @param frame the same, decoded
   * @param memories the dump's indices of the instance's memories
   */
  Trap detailed(Trap trap, RawFrame raw, Frame frame, List<Integer> memories) {
    FunctionBody body = body(raw.function);
    if (NOT_OF_INSTRUCTIONS.contains(trap.kind()) || body == null || raw.instruction < 0) {
      return trap;
    }
    OperandStack stack = stackBefore(body, frame.codeOffset()).orElse(null);
    List<Value> all = frame.stack();
    if (stack == null
        || all.size() != stack.size()
        || isCalling(raw.operands.moment, stack.opcode())) {
      return trap;
    }
    List<Value> operands = all.subList(all.size() - stack.popped(), all.size());
    Instance instance = raw.machine.wasm();
    Trap detailed = trap.withOperands(operands);
    return Faults.of(
            trap.kind(),
            body,
            frame.codeOffset(),
            operands,
            memory -> EndiveMemory.size(instance, memory))
        .filter(fault -> fault.memory() < memories.size())
        .map(fault -> detailed.at(new MemoryFault(memories.get(fault.memory()), fault.address())))
        .orElse(detailed);
  }

  private @Nullable FunctionBody body(int function) {
    try {
      return module == null ? null : module.body(function);
    } catch (FormatException e) {
      return null;
    }
  }

  private List<Value> locals(RawFrame raw, Instance instance) {
    List<ValueType> types =
        locals.computeIfAbsent(raw.function, function -> localTypes(instance, function));
    List<Value> values = new ArrayList<>(types.size());
    int at = 0;
    for (ValueType type : types) {
      // Of a local that refers to an object Endive shows nothing.
      values.add(value(type, raw.locals, at, instance, null));
      at += Slots.count(type.kind());
    }
    return values;
  }

  private static List<ValueType> localTypes(Instance instance, int function) {
    TypeSection section = instance.module().typeSection();
    List<ValueType> types = new ArrayList<>();
    for (ValType type : instance.type(instance.functionType(function)).params()) {
      types.add(References.type(type, section));
    }
    for (ValType type : instance.function(function).localTypes()) {
      types.add(References.type(type, section));
    }
    return types;
  }

  private Value value(
      ValueType type,
      long[] slots,
      int at,
      Instance instance,
      @Nullable Object @Nullable [] objects) {
    Value value =
        type instanceof RefType reference
            ? reference(reference, slots, at, instance, objects)
            : Slots.value(type.kind(), slots, at);
    if (value.kind() == Value.Kind.MISSING) {
      valuesLeftOut++;
    }
    return value;
  }

  private Value reference(
      RefType type,
      long[] slots,
      int at,
      Instance instance,
      @Nullable Object @Nullable [] objects) {
    if (at < 0 || at >= slots.length) {
      return Value.MISSING;
    }
    if (isFunction(type)) {
      return references.function(type.heapType(), instance, (int) slots[at]);
    }
    return objects == null || at >= objects.length
        ? Value.MISSING
        : References.operand(type.heapType(), objects[at]);
  }

  /** A type of the module's own may be a function's. */
  private boolean isFunction(RefType type) {
    HeapType heap = type.heapType();
    if (heap instanceof HeapType.TypeIndex index) {
      List<SubType> types = module == null ? List.of() : module.types();
      return index.index() < types.size()
          && types.get(index.index()).composite() instanceof FuncType;
    }
    return heap.equals(AbstractHeapType.FUNC) || heap.equals(AbstractHeapType.NOFUNC);
  }

  private List<Value> operands(RawFrame raw, FunctionBody body, BodyOffset offset) {
    List<ValueType> types = new ArrayList<>();
    OperandStack stack = stackBefore(body, offset).orElse(null);
    if (stack == null || !typesOf(stack, types)) {
      stacksLeftOut++;
      return List.of();
    }
    Operands where = raw.operands;
    int popped = slots(types.subList(types.size() - stack.popped(), types.size()));
    int gone;
    if (isCalling(where.moment, stack.opcode())) {
      types.subList(types.size() - stack.popped(), types.size()).clear();
      gone = 0;
    } else {
      gone = where.moment == Moment.BEFORE ? 0 : poppedByTrap(stack.opcode(), popped);
    }
    int all = slots(types);
    int base = where.top - (all - gone);
    int difference = base - where.base;
    // Without tail calls the base is known for certain, so it tells what was popped.
    if (!hasTailCalls && gone - difference >= 0 && gone - difference <= popped) {
      base = where.base;
    }
    List<Value> values = new ArrayList<>(types.size());
    for (ValueType type : types) {
      values.add(value(type, where.slots, base, raw.machine.wasm(), where.references));
      base += Slots.count(type.kind());
    }
    return values;
  }

  private boolean isCalling(Moment moment, Opcode opcode) {
    return moment == Moment.CALLING
        || (moment == Moment.DURING && CALLS.contains(opcode) && !TRAPS_OF_CALLS.contains(trap));
  }

  /** Returns how many of the slots that an instruction pops are popped when it traps. */
  private int poppedByTrap(Opcode opcode, int popped) {
    boolean looked = trap != TrapKind.INTERRUPTED && trap != TrapKind.REQUESTED;
    return switch (opcode) {
      case UNREACHABLE, BR, BR_IF, BR_TABLE -> 0;
      case CALL_INDIRECT, CALL_REF, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> looked ? 1 : popped;
      default -> popped;
    };
  }

  private Optional<OperandStack> stackBefore(FunctionBody body, BodyOffset offset) {
    CodeValidator found = validator;
    if (found == null) {
      return Optional.empty();
    }
    long key = ((long) body.functionIndex() << 32) | offset.value();
    return stacks.computeIfAbsent(key, unknown -> stackBefore(found, body, offset));
  }

  /** What Endive runs and we cannot type, as a proposal of its own, has no known operands. */
  private static Optional<OperandStack> stackBefore(
      CodeValidator validator, FunctionBody body, BodyOffset offset) {
    try {
      return validator.before(body, offset);
    } catch (FormatException e) {
      return Optional.empty();
    }
  }

  private static boolean typesOf(OperandStack stack, List<ValueType> types) {
    for (int i = 0; i < stack.size(); i++) {
      Optional<ValueType> type = stack.type(i);
      if (type.isEmpty()) {
        return false;
      }
      types.add(type.get());
    }
    return stack.popped() <= types.size();
  }

  private static int slots(List<ValueType> types) {
    int count = 0;
    for (ValueType type : types) {
      count += Slots.count(type.kind());
    }
    return count;
  }
}
