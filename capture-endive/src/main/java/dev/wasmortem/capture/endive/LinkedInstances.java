package dev.wasmortem.capture.endive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.Instance;
import run.endive.wasm.types.MemorySection;

/**
 * Finds the instances that belong into one dump: those on the stack, and those linked with them,
 * directly or through others. Two are linked when they share a memory, a table or a global, or when
 * one imports a function of the other's.
 */
final class LinkedInstances {
  private LinkedInstances() {}

  /**
   * Returns the machines of the instances, the oldest instance first.
   *
   * @param onStack those to begin with
   * @param all those that the session knows
   */
  static List<CapturingMachine> of(
      Collection<CapturingMachine> onStack, Collection<CapturingMachine> all) {
    IdentityHashMap<Object, List<CapturingMachine>> owners = new IdentityHashMap<>();
    Map<CapturingMachine, List<Object>> things = new HashMap<>();
    for (CapturingMachine machine : all) {
      List<Object> its = things(machine.wasm());
      things.put(machine, its);
      its.forEach(thing -> owners.computeIfAbsent(thing, key -> new ArrayList<>()).add(machine));
    }
    Set<CapturingMachine> found = new HashSet<>();
    found.addAll(onStack);
    Deque<CapturingMachine> open = new ArrayDeque<>(found);
    while (!open.isEmpty()) {
      for (Object thing : things.getOrDefault(open.remove(), List.of())) {
        // Each thing's owners are looked at once.
        List<CapturingMachine> others = owners.remove(thing);
        if (others != null) {
          for (CapturingMachine other : others) {
            if (found.add(other)) {
              open.add(other);
            }
          }
        }
      }
    }
    return found.stream().sorted(Comparator.comparingLong(CapturingMachine::serial)).toList();
  }

  /** Returns what links an instance with others, itself included. */
  private static List<Object> things(Instance instance) {
    List<Object> things = new ArrayList<>();
    things.add(instance);
    try {
      for (ImportFunction function : instance.imports().functions()) {
        add(things, function.sourceInstance());
      }
      for (int i = 0; i < memoryCount(instance); i++) {
        add(things, instance.memory(i));
      }
      for (int i = 0; i < instance.tableCount(); i++) {
        add(things, instance.table(i));
      }
      for (int i = 0; i < instance.globalCount(); i++) {
        add(things, instance.global(i));
      }
    } catch (RuntimeException e) {
      // One that another thread is just making, or failed to: what it has so far.
      return things;
    }
    return things;
  }

  private static void add(List<Object> things, @Nullable Object thing) {
    if (thing != null) {
      things.add(thing);
    }
  }

  /** Returns the number of memories, imported ones first. */
  static int memoryCount(Instance instance) {
    return instance.imports().memoryCount()
        + instance.module().memorySection().map(MemorySection::memoryCount).orElse(0);
  }
}
