package dev.wasmortem.symbols;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.dwarf.Dwarf;
import dev.wasmortem.dwarf.FunctionBounds;
import dev.wasmortem.wasm.WasmModule;

/**
 * The DWARF of a module, in whichever file it is.
 *
 * @param module the module itself
 * @param holder the one that has the debug information, which may be the same
 * @param dwarf that, with no units where nothing was found
 * @param location where that is
 */
record ModuleDwarf(WasmModule module, WasmModule holder, Dwarf dwarf, DebugLocation location) {
  /** Looks for the DWARF; {@code files} keeps open what has it. */
  static ModuleDwarf of(
      WasmModule module,
      DebugFileSearch search,
      OpenFiles files,
      FunctionBounds bounds,
      Diagnostic.Sink sink) {
    DebugFileFinder.Found found = new DebugFileFinder(module, search, files, sink).find();
    Dwarf dwarf =
        Dwarf.of(
            new ModuleSections(found.module()),
            bounds,
            new SplitFiles(search, found.location(), files),
            sink);
    return new ModuleDwarf(module, found.module(), dwarf, found.location());
  }

  DebugInfo info(MapLocation map) {
    return DebugInfo.of(new ModuleSections(module), dwarf, location, map);
  }
}
