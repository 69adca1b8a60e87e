package dev.wasmortem.capture.endive;

import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.SizeLimits;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.types.MemoryLimits;

/** The memories of a dump, numbered: one that several instances share is one. */
final class DumpMemories {
  private final List<Entry> entries = new ArrayList<>();
  private final IdentityHashMap<Memory, Integer> indices = new IdentityHashMap<>();

  /** A memory and its type. */
  record Entry(Memory memory, MemoryType type) {
    long size() {
      return (long) memory.pages() * Memory.PAGE_SIZE;
    }
  }

  /** Numbers the memories of a dump's instances. */
  DumpMemories(List<CapturingMachine> machines) {
    // Those that define a memory know its type better than those that import it.
    machines.forEach(machine -> addDefined(machine.wasm()));
    machines.forEach(machine -> addImported(machine.wasm()));
  }

  /** Returns the memories in the order of their indices. */
  List<Entry> entries() {
    return entries;
  }

  private void addDefined(Instance instance) {
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

  private void addImported(Instance instance) {
    for (int i = 0; i < instance.imports().memoryCount(); i++) {
      Memory memory = memory(instance, i);
      if (memory != null && !indices.containsKey(memory)) {
        // A host's: Endive's own limit stands for none.
        add(memory, memory.maximumPages(), Memory.RUNTIME_MAX_PAGES);
      }
    }
  }

  /** Returns the indices of an instance's memories. */
  List<Integer> of(Instance instance) {
    List<Integer> list = new ArrayList<>();
    for (int i = 0; i < LinkedInstances.memoryCount(instance); i++) {
      Memory memory = memory(instance, i);
      list.add(
          memory == null
              ? CoreInstance.NOT_DUMPED
              : indices.getOrDefault(memory, CoreInstance.NOT_DUMPED));
    }
    return list;
  }

  /** Returns a memory; null if the instance was not finished. */
  private static @Nullable Memory memory(Instance instance, int index) {
    try {
      return instance.memory(index);
    } catch (RuntimeException e) {
      return null;
    }
  }

  private void add(Memory memory, int maximumPages, int none) {
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
    indices.put(memory, entries.size());
    entries.add(new Entry(memory, type));
  }
}
