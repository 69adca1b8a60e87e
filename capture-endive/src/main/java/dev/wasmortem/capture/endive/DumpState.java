package dev.wasmortem.capture.endive;

import dev.wasmortem.capture.Contents;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.types.AbstractHeapType;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.Mutability;
import dev.wasmortem.wasm.types.NumType;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.SizeLimits;
import dev.wasmortem.wasm.types.ValueType;
import dev.wasmortem.wasm.types.VecType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.NameCustomSection;
import run.endive.wasm.types.TypeSection;
import run.endive.wasm.types.ValType;

/**
 * The part of a dump that is not stacks: modules, instances, memories and globals. What several
 * instances share is written once.
 */
final class DumpState {
  private final CoredumpWriter writer;
  private final Contents contents;
  private final IdentityHashMap<Memory, Integer> memories = new IdentityHashMap<>();
  private final IdentityHashMap<GlobalInstance, Integer> globals = new IdentityHashMap<>();
  private final Map<String, Integer> modules = new HashMap<>();
  private final Map<CapturingMachine, Integer> instances = new HashMap<>();

  DumpState(CoredumpWriter writer, Contents contents) {
    this.writer = writer;
    this.contents = contents;
  }

  /** Adds all instances of a dump, in their order. */
  void add(List<CapturingMachine> machines) {
    if (contents == Contents.STACKS_AND_MEMORIES) {
      // Those that define a memory know its type better than those that import it.
      machines.forEach(machine -> addDefinedMemories(machine.wasm()));
    }
    for (CapturingMachine machine : machines) {
      Instance instance = machine.wasm();
      CoreInstance core = new CoreInstance(module(machine), memories(instance), globals(instance));
      instances.put(machine, writer.addInstance(core));
    }
  }

  /** Returns the index of an instance in the dump. */
  int instance(CapturingMachine machine) {
    return instances.getOrDefault(machine, 0);
  }

  private int module(CapturingMachine machine) {
    String name = moduleName(machine);
    String key = machine.wasm().module().digest() + " " + name;
    return modules.computeIfAbsent(key, unknown -> writer.addModule(new CoreModule(name)));
  }

  /** Returns the module's own name, else that of its file, else its digest. */
  static String moduleName(CapturingMachine machine) {
    NameCustomSection names = machine.wasm().module().nameSection();
    String own = names == null ? "" : names.moduleName().orElse("");
    if (!own.isEmpty()) {
      return own;
    }
    String given = machine.image().givenName();
    return given.isEmpty() ? machine.wasm().module().digest() : given;
  }

  // -- Memories

  private void addDefinedMemories(Instance instance) {
    int imported = instance.imports().memoryCount();
    for (int i = imported; i < LinkedInstances.memoryCount(instance); i++) {
      Memory memory = memory(instance, i);
      if (memory != null) {
        MemoryLimits declared =
            instance.module().memorySection().orElseThrow().getMemory(i - imported).limits();
        add(memory, declared.maximumPages(), MemoryLimits.MAX_PAGES);
      }
    }
  }

  private List<Integer> memories(Instance instance) {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < LinkedInstances.memoryCount(instance); i++) {
      Memory memory = memory(instance, i);
      if (memory == null || contents == Contents.STACKS) {
        indices.add(CoreInstance.NOT_DUMPED);
      } else {
        Integer known = memories.get(memory);
        // A host's: Endive's own limit stands for none.
        indices.add(
            known != null ? known : add(memory, memory.maximumPages(), Memory.RUNTIME_MAX_PAGES));
      }
    }
    return indices;
  }

  /** Returns a memory; null if the instance was not finished. */
  private static @Nullable Memory memory(Instance instance, int index) {
    try {
      return instance.memory(index);
    } catch (RuntimeException e) {
      return null;
    }
  }

  private int add(Memory memory, int maximumPages, int none) {
    SizeLimits limits =
        maximumPages >= none
            ? SizeLimits.atLeast(memory.pages())
            : SizeLimits.between(memory.pages(), maximumPages);
    MemoryType plain = MemoryType.of(limits);
    MemoryType type =
        memory.shared()
            ? new MemoryType(
                limits, plain.addressType(), MemoryType.Sharing.SHARED, plain.pageSizeLog2())
            : plain;
    int index = writer.addMemory(type, new EndiveMemory(memory));
    memories.put(memory, index);
    return index;
  }

  // -- Globals

  private List<Integer> globals(Instance instance) {
    List<Integer> indices = new ArrayList<>();
    TypeSection types = instance.module().typeSection();
    for (int i = 0; i < instance.globalCount(); i++) {
      GlobalInstance global = instance.global(i);
      indices.add(
          global == null
              ? CoreInstance.NOT_DUMPED
              : globals.computeIfAbsent(global, unknown -> add(global, types)));
    }
    return indices;
  }

  private int add(GlobalInstance global, TypeSection types) {
    Mutability mutability =
        global.getMutabilityType() == MutabilityType.Var ? Mutability.VAR : Mutability.CONST;
    ValueType type = type(global.getType(), types);
    return writer.addGlobal(new GlobalType(type, mutability), value(global, type));
  }

  private static ValueType type(ValType type, TypeSection types) {
    return switch (Slots.kind(type)) {
      case I32 -> NumType.I32;
      case I64 -> NumType.I64;
      case F32 -> NumType.F32;
      case F64 -> NumType.F64;
      case V128 -> VecType.V128;
      case REF -> referenceType(type, types);
    };
  }

  private static RefType referenceType(ValType type, TypeSection types) {
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

  private static Value value(GlobalInstance global, ValueType type) {
    long low = global.getValueLow();
    return switch (type.kind()) {
      case I32 -> new Value.I32((int) low);
      case I64 -> new Value.I64(low);
      case F32 -> new Value.F32((int) low);
      case F64 -> new Value.F64(low);
      case V128 -> new Value.V128(low, global.getValueHigh());
      case REF -> reference(global, (RefType) type);
    };
  }

  private static Value reference(GlobalInstance global, RefType type) {
    boolean isNull =
        type.equals(RefType.FUNCREF) ? global.getValueLow() == -1 : global.getRefValue() == null;
    return isNull ? new Value.NullRef(type.heapType()) : Value.MISSING;
  }
}
