package dev.wasmortem.capture.endive;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.capture.MemoryCandidate;
import dev.wasmortem.capture.PointedMemory;
import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.MemorySelection;
import dev.wasmortem.coredump.Region;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.coredump.layout.LinkerRegions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import run.endive.runtime.Instance;
import run.endive.runtime.TableInstance;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.NameCustomSection;

/**
 * The part of a dump that is not stacks: modules, instances, memories, globals and tables. What
 * several instances share is written once.
 */
final class DumpState {
  private final List<CapturingMachine> machines;
  private final OpenedModules opened;
  private final CaptureOptions options;
  private final References references;
  private final DumpMemories memories;
  private final Map<CapturingMachine, Integer> instances = new HashMap<>();
  private final Map<CapturingMachine, Optional<LinkerRegions>> layouts = new HashMap<>();

  /**
   * Numbers what there is.
   *
   * @param machines the dump's instances, in their order
   */
  DumpState(List<CapturingMachine> machines, OpenedModules opened, CaptureOptions options) {
    this.machines = machines;
    this.opened = opened;
    this.options = options;
    this.references = new References(machines);
    this.memories = new DumpMemories(machines);
    machines.forEach(machine -> instances.put(machine, instances.size()));
  }

  /** Returns the index of an instance in the dump. */
  int instance(CapturingMachine machine) {
    return instances.getOrDefault(machine, 0);
  }

  References references() {
    return references;
  }

  /** Returns the dump's indices of an instance's memories. */
  List<Integer> memories(CapturingMachine machine) {
    return memories.of(machine.wasm());
  }

  /** Adds everything to a dump with that stack. */
  void addTo(CoredumpWriter writer, List<Frame> frames) {
    DumpGlobals globals = new DumpGlobals(writer, references);
    addMemories(writer, frames);
    List<Integer> modules = addModules(writer);
    IdentityHashMap<TableInstance, Integer> tables = addTables(writer);
    for (int i = 0; i < machines.size(); i++) {
      Instance instance = machines.get(i).wasm();
      writer.addInstance(
          new CoreInstance(
              modules.get(i),
              memories.of(instance),
              globals.add(instance),
              tablesOf(instance, tables)));
    }
  }

  // -- Modules

  private List<Integer> addModules(CoredumpWriter writer) {
    Map<String, Integer> known = new HashMap<>();
    List<Integer> indices = new ArrayList<>();
    for (CapturingMachine machine : machines) {
      String name = moduleName(machine);
      String key = machine.wasm().module().digest() + " " + name;
      indices.add(known.computeIfAbsent(key, unknown -> addModule(machine, name, writer)));
    }
    return indices;
  }

  private int addModule(CapturingMachine machine, String name, CoredumpWriter writer) {
    OpenedModule module = opened.of(machine);
    int index = writer.addModule(new CoreModule(name, module.identity()));
    module.module().ifPresent(read -> writer.moduleBytes(index, read.source()));
    return index;
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

  // -- Tables

  private IdentityHashMap<TableInstance, Integer> addTables(CoredumpWriter writer) {
    DumpTables reader = new DumpTables(references);
    IdentityHashMap<TableInstance, Integer> indices = new IdentityHashMap<>();
    for (CapturingMachine machine : machines) {
      // Those that define a table come first: its elements may be theirs without saying so.
      int imported = machine.wasm().imports().tableCount();
      addTables(machine.wasm(), imported, machine.wasm().tableCount(), reader, indices, writer);
    }
    for (CapturingMachine machine : machines) {
      int imported = machine.wasm().imports().tableCount();
      addTables(machine.wasm(), 0, imported, reader, indices, writer);
    }
    return indices;
  }

  private static void addTables(
      Instance instance,
      int from,
      int to,
      DumpTables reader,
      IdentityHashMap<TableInstance, Integer> indices,
      CoredumpWriter writer) {
    for (int i = from; i < to; i++) {
      TableInstance table = instance.table(i);
      if (table != null && !indices.containsKey(table)) {
        indices.put(table, writer.addTable(reader.read(table, instance)));
      }
    }
  }

  private static List<Integer> tablesOf(
      Instance instance, IdentityHashMap<TableInstance, Integer> indices) {
    List<Integer> list = new ArrayList<>();
    for (int i = 0; i < instance.tableCount(); i++) {
      TableInstance table = instance.table(i);
      list.add(
          table == null
              ? CoreInstance.NOT_DUMPED
              : indices.getOrDefault(table, CoreInstance.NOT_DUMPED));
    }
    return list;
  }

  // -- Memories

  private void addMemories(CoredumpWriter writer, List<Frame> frames) {
    List<DumpMemories.Entry> entries = memories.entries();
    boolean[] wanted = new boolean[entries.size()];
    // Instances that share a memory may have the same to say of it.
    Set<Region> regions = new LinkedHashSet<>();
    List<PointedMemory> pointed = new ArrayList<>();
    entries.forEach(entry -> pointed.add(new PointedMemory(entry.size())));
    for (CapturingMachine machine : machines) {
      choose(machine, wanted);
      addStack(machine, pointed);
      addRegions(machine, regions);
    }
    regions.forEach(writer::addRegion);
    for (Frame frame : frames) {
      List<Integer> own = memories(machines.get(frame.instance()));
      frame.locals().forEach(value -> addPlace(value, own, pointed));
      frame.stack().forEach(value -> addPlace(value, own, pointed));
    }
    for (int i = 0; i < entries.size(); i++) {
      MemorySelection selection = selection(wanted[i], pointed.get(i).ranges());
      EndiveMemory source = new EndiveMemory(entries.get(i).memory());
      writer.addMemory(entries.get(i).type(), source, selection);
    }
  }

  private MemorySelection selection(boolean wanted, List<AddressRange> pointed) {
    if (!wanted) {
      return MemorySelection.nothing("this memory was not asked for");
    }
    return switch (options.contents()) {
      case STACKS -> MemorySelection.nothing("memories were not asked for");
      case STACKS_AND_POINTED ->
          MemorySelection.ranges(pointed, "only what the frames point to was asked for");
      case STACKS_AND_MEMORIES -> MemorySelection.all().first(pointed);
    };
  }

  private void choose(CapturingMachine machine, boolean[] wanted) {
    List<Integer> own = memories(machine);
    for (int i = 0; i < own.size(); i++) {
      int index = own.get(i);
      if (index != CoreInstance.NOT_DUMPED) {
        MemoryCandidate candidate =
            new MemoryCandidate(
                moduleName(machine),
                i,
                exports(machine.wasm(), i),
                memories.entries().get(index).size());
        wanted[index] |= options.memories().test(candidate);
      }
    }
  }

  private static List<String> exports(Instance instance, int memory) {
    List<String> names = new ArrayList<>();
    var exports = instance.module().exportSection();
    for (int i = 0; exports != null && i < exports.exportCount(); i++) {
      var export = exports.getExport(i);
      if (export.exportType() == ExternalType.MEMORY && export.index() == memory) {
        names.add(export.name());
      }
    }
    return names;
  }

  /** Adds the stack that an instance has in memory, and what its globals point to. */
  private void addStack(CapturingMachine machine, List<PointedMemory> pointed) {
    List<Integer> own = memories(machine);
    Instance instance = machine.wasm();
    for (int i = 0; i < instance.globalCount(); i++) {
      OptionalLong value = DumpGlobals.integer(instance, i);
      if (value.isPresent()) {
        addPlace(new Value.I32((int) value.getAsLong()), own, pointed);
      }
    }
    int first = own.isEmpty() ? CoreInstance.NOT_DUMPED : own.get(0);
    if (first != CoreInstance.NOT_DUMPED) {
      DumpMemories.Entry entry = memories.entries().get(first);
      for (Region stack : liveStack(machine, first, entry.size())) {
        EndiveMemory source = new EndiveMemory(entry.memory());
        pointed.get(first).addStack(stack.start(), stack.length(), source);
      }
    }
  }

  private static void addPlace(Value value, List<Integer> own, List<PointedMemory> pointed) {
    for (int index : own) {
      if (index != CoreInstance.NOT_DUMPED) {
        pointed.get(index).addPlace(value);
      }
    }
  }

  private List<Region> liveStack(CapturingMachine machine, int memory, long size) {
    return layout(machine).map(layout -> layout.liveStack(memory, size)).orElse(List.of());
  }

  private void addRegions(CapturingMachine machine, Set<Region> all) {
    List<Integer> own = memories(machine);
    for (int i = 0; i < own.size(); i++) {
      int index = own.get(i);
      if (index != CoreInstance.NOT_DUMPED) {
        long size = memories.entries().get(index).size();
        all.addAll(regions(machine, i, index, size));
      }
    }
  }

  private List<Region> regions(CapturingMachine machine, int memory, int dumped, long size) {
    try {
      return layout(machine).map(layout -> layout.regions(memory, dumped, size)).orElse(List.of());
    } catch (FormatException e) {
      return List.of();
    }
  }

  private Optional<LinkerRegions> layout(CapturingMachine machine) {
    return layouts.computeIfAbsent(machine, this::readLayout);
  }

  private Optional<LinkerRegions> readLayout(CapturingMachine machine) {
    Instance instance = machine.wasm();
    try {
      return opened
          .of(machine)
          .module()
          .map(module -> LinkerRegions.of(module, i -> DumpGlobals.integer(instance, i)));
    } catch (FormatException e) {
      return Optional.empty();
    }
  }
}
