package dev.wasmortem.capture.endive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bytes of a dump's modules, opened when they are first asked for. */
final class OpenedModules implements AutoCloseable {
  private final Map<ModuleImage, OpenedModule> modules = new HashMap<>();

  /** In the order they were opened. */
  private final List<OpenedModule> opened = new ArrayList<>();

  /** Returns the module of an instance. */
  OpenedModule of(CapturingMachine machine) {
    return modules.computeIfAbsent(machine.image(), image -> open(machine));
  }

  private OpenedModule open(CapturingMachine machine) {
    String name = DumpState.moduleName(machine);
    OpenedModule module = OpenedModule.of(name, machine.image(), machine.wasm().module().digest());
    opened.add(module);
    return module;
  }

  /** Returns those that were asked for. */
  List<OpenedModule> all() {
    return List.copyOf(opened);
  }

  @Override
  public void close() {
    opened.forEach(OpenedModule::close);
  }
}
