package dev.wasmortem.coredump.layout;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.Region;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.WasmModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Where in a dump's memories the programs' stacks are. */
public final class StackRegions {
  private StackRegions() {}

  /**
   * Returns the regions that the dump says are stacks; if there are none, those in use as {@link
   * LinkerRegions} finds them in the modules, which may be none.
   *
   * @param modules the dump's modules as far as they are known, by their index in the dump
   * @throws FormatException if a module's sections cannot be read
   */
  public static List<Region> of(Coredump dump, Map<Integer, WasmModule> modules) {
    List<Region> stacks = new ArrayList<>();
    for (Region region : dump.regions()) {
      if (region.kind() == Region.Kind.STACK) {
        stacks.add(region);
      }
    }
    if (stacks.isEmpty()) {
      for (CoreInstance instance : dump.instances()) {
        WasmModule module = modules.get(instance.module());
        if (module != null) {
          stacks.addAll(inUse(dump, instance, module));
        }
      }
    }
    return List.copyOf(stacks);
  }

  private static List<Region> inUse(Coredump dump, CoreInstance instance, WasmModule module) {
    List<Integer> memories = instance.memoriesOf(module.memoryTypes());
    int memory = memories.isEmpty() ? CoreInstance.NOT_DUMPED : memories.get(0);
    if (memory < 0 || memory >= dump.memories().size()) {
      return List.of();
    }
    return LinkerRegions.of(module, global -> integer(dump, instance, global))
        .liveStack(memory, dump.memories().get(memory).size());
  }

  private static OptionalLong integer(Coredump dump, CoreInstance instance, int global) {
    if (global < 0 || global >= instance.globals().size()) {
      return OptionalLong.empty();
    }
    int index = instance.globals().get(global);
    if (index < 0 || index >= dump.globals().size()) {
      return OptionalLong.empty();
    }
    Value value = dump.globals().get(index).value();
    if (value instanceof Value.I32 i32) {
      return OptionalLong.of(i32.value());
    }
    return value instanceof Value.I64 i64 ? OptionalLong.of(i64.value()) : OptionalLong.empty();
  }
}
