package dev.wasmortem.symbols;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.dwarf.DwarfSections;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.custom.UrlSection;
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

  /** Returns the URL that a section holds, the empty string if there is none. */
  String url(UrlSection section) {
    return section.url(module, Diagnostic.Sink.IGNORE).orElse("");
  }
}
