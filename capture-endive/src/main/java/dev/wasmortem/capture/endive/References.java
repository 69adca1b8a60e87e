package dev.wasmortem.capture.endive;

import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.types.AbstractHeapType;
import dev.wasmortem.wasm.types.HeapType;
import dev.wasmortem.wasm.types.NumType;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.ValueType;
import dev.wasmortem.wasm.types.VecType;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.MStack;
import run.endive.wasm.types.TypeSection;
import run.endive.wasm.types.ValType;

/**
 * From Endive's types and references to a dump's. A reference to a function is its index in the
 * instance that uses it, -1 for null; any other is a Java object.
 */
final class References {
  private static final int NULL_FUNCTION = -1;

  /** What stands on the operand stack for a reference to an object that is null. */
  private static final Object NULL_OBJECT = nullObject();

  private final IdentityHashMap<Instance, Integer> instances = new IdentityHashMap<>();

  /**
   * Numbers the instances.
   *
   * @param machines the dump's instances, in their order
   */
  References(List<CapturingMachine> machines) {
    for (CapturingMachine machine : machines) {
      instances.put(machine.wasm(), instances.size());
    }
  }

  private static Object nullObject() {
    MStack stack = new MStack();
    stack.pushRef(null);
    return stack.refArray()[0];
  }

  /** Returns the type in our words; of references the most general one of their kind. */
  static ValueType type(ValType type, TypeSection types) {
    return switch (Slots.kind(type)) {
      case I32 -> NumType.I32;
      case I64 -> NumType.I64;
      case F32 -> NumType.F32;
      case F64 -> NumType.F64;
      case V128 -> VecType.V128;
      case REF -> referenceType(type, types);
    };
  }

  static RefType referenceType(ValType type, TypeSection types) {
    if (!ValType.isObjectRef(type.id(), types)) {
      return RefType.FUNCREF;
    }
    if (ValType.matchesRef(type, ValType.ExternRef, types)) {
      return RefType.EXTERNREF;
    }
    return ValType.matchesRef(type, ValType.ExnRef, types)
        ? RefType.EXNREF
        : RefType.nullable(AbstractHeapType.ANY);
  }

  /** Returns whether references of a type are indices of functions. */
  static boolean isFunction(RefType type) {
    return type.heapType().equals(AbstractHeapType.FUNC);
  }

  /**
   * Returns a reference to a function.
   *
   * @param instance the one that the index counts in
   */
  Value.Reference function(HeapType type, @Nullable Instance instance, int function) {
    if (function == NULL_FUNCTION) {
      return new Value.NullRef(type);
    }
    Integer index = instance == null ? null : instances.get(instance);
    return index == null || function < 0
        ? new Value.OpaqueRef(type)
        : new Value.FuncRef(type, index, function);
  }

  /** Returns a reference to an object. */
  static Value.Reference object(HeapType type, @Nullable Object object) {
    return object == null ? new Value.NullRef(type) : new Value.OpaqueRef(type);
  }

  /** Returns an operand that is a reference to an object; missing if it is no longer there. */
  static Value operand(HeapType type, @Nullable Object entry) {
    if (entry == null) {
      return Value.MISSING;
    }
    return object(type, entry == NULL_OBJECT ? null : entry);
  }
}
