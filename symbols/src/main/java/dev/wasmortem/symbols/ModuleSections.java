package dev.wasmortem.symbols;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.dwarf.DwarfSections;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.WasmModule;
import java.util.Optional;

/** A module's custom sections, as DWARF and as references to files that hold it. */
final class ModuleSections implements DwarfSections {
  private final WasmModule module;

  ModuleSections(WasmModule module) {
    this.module = module;
  }

  @Override
  public Optional<ByteSource> section(String name) {
    return module.customSections(name).stream().findFirst().map(Section::payload);
  }

  boolean has(String name) {
    return !module.customSections(name).isEmpty();
  }

  /** Returns the URL in a section that holds nothing but one, the empty string if it has none. */
  String url(String section) {
    Optional<ByteSource> payload = section(section);
    if (payload.isEmpty()) {
      return "";
    }
    try {
      Cursor cursor = payload.get().cursor().in(section);
      return cursor.name();
    } catch (FormatException e) {
      return "";
    }
  }
}
