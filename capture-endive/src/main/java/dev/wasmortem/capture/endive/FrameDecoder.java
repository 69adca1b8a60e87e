package dev.wasmortem.capture.endive;

import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.capture.endive.RawFrame.Moment;
import dev.wasmortem.capture.endive.RawFrame.Operands;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.Opcode;
import dev.wasmortem.wasm.types.ValueType;
import dev.wasmortem.wasm.validation.CodeValidator;
import dev.wasmortem.wasm.validation.OperandStack;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
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
          TrapKind.INTERRUPTED);

  private final boolean hasTailCalls;
  private final @Nullable WasmModule module;
  private final @Nullable CodeValidator validator;
  private final TrapKind trap;
  private final Map<Long, Optional<OperandStack>> stacks = new HashMap<>();
  private final Map<Integer, List<ValueType.Kind>> locals = new HashMap<>();
  private int valuesLeftOut;
  private int stacksLeftOut;

  /**
   * Makes a decoder.
   *
   * @param module the module's bytes, if they are known
   */
  FrameDecoder(ModuleImage image, @Nullable WasmModule module, TrapKind trap) {
    this.hasTailCalls = image.hasTailCalls();
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

  /** Returns how many values were left out because a dump's frame has no form for their type. */
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
      } else {
        long address =
            instance.function(raw.function).instructions().get(raw.instruction).address();
        offset = body.bodyOffset(new FileOffset(body.module().source().origin().value() + address));
        operands = operands(raw, body, offset);
      }
    }
    return new Frame(instanceIndex, raw.function, offset, locals(raw, instance), operands);
  }

  private @Nullable FunctionBody body(int function) {
    try {
      return module == null ? null : module.body(function);
    } catch (FormatException e) {
      return null;
    }
  }

  private List<Value> locals(RawFrame raw, Instance instance) {
    List<ValueType.Kind> kinds =
        locals.computeIfAbsent(raw.function, function -> localKinds(instance, function));
    List<Value> values = new ArrayList<>(kinds.size());
    int at = 0;
    for (ValueType.Kind kind : kinds) {
      values.add(value(kind, raw.locals, at));
      at += Slots.count(kind);
    }
    return values;
  }

  private static List<ValueType.Kind> localKinds(Instance instance, int function) {
    List<ValueType.Kind> kinds = new ArrayList<>();
    for (ValType type : instance.type(instance.functionType(function)).params()) {
      kinds.add(Slots.kind(type));
    }
    for (ValType type : instance.function(function).localTypes()) {
      kinds.add(Slots.kind(type));
    }
    return kinds;
  }

  private Value value(ValueType.Kind kind, long[] slots, int at) {
    Value value = Slots.value(kind, slots, at);
    if (value.kind() == Value.Kind.MISSING) {
      valuesLeftOut++;
    }
    return value;
  }

  private List<Value> operands(RawFrame raw, FunctionBody body, BodyOffset offset) {
    List<ValueType.Kind> kinds = new ArrayList<>();
    OperandStack stack = stackBefore(body, offset).orElse(null);
    if (stack == null || !kindsOf(stack, kinds)) {
      stacksLeftOut++;
      return List.of();
    }
    Operands where = raw.operands;
    int popped = slots(kinds.subList(kinds.size() - stack.popped(), kinds.size()));
    int gone;
    if (isCalling(where.moment, stack.opcode())) {
      kinds.subList(kinds.size() - stack.popped(), kinds.size()).clear();
      gone = 0;
    } else {
      gone = where.moment == Moment.BEFORE ? 0 : poppedByTrap(stack.opcode(), popped);
    }
    int all = slots(kinds);
    int base = where.top - (all - gone);
    int difference = base - where.base;
    // Without tail calls the base is known for certain, so it tells what was popped.
    if (!hasTailCalls && gone - difference >= 0 && gone - difference <= popped) {
      base = where.base;
    }
    List<Value> values = new ArrayList<>(kinds.size());
    for (ValueType.Kind kind : kinds) {
      values.add(value(kind, where.slots, base));
      base += Slots.count(kind);
    }
    return values;
  }

  private boolean isCalling(Moment moment, Opcode opcode) {
    return moment == Moment.CALLING
        || (moment == Moment.DURING && CALLS.contains(opcode) && !TRAPS_OF_CALLS.contains(trap));
  }

  /** Returns how many of the slots that an instruction pops are popped when it traps. */
  private int poppedByTrap(Opcode opcode, int popped) {
    boolean looked = trap != TrapKind.INTERRUPTED;
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

  private static boolean kindsOf(OperandStack stack, List<ValueType.Kind> kinds) {
    for (int i = 0; i < stack.size(); i++) {
      Optional<ValueType> type = stack.type(i);
      if (type.isEmpty()) {
        return false;
      }
      kinds.add(type.get().kind());
    }
    return stack.popped() <= kinds.size();
  }

  private static int slots(List<ValueType.Kind> kinds) {
    int count = 0;
    for (ValueType.Kind kind : kinds) {
      count += Slots.count(kind);
    }
    return count;
  }
}
