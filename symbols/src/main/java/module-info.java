/** From a module and an offset in a function's body to names, files and lines. */
@org.jspecify.annotations.NullMarked
module dev.wasmortem.symbols {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires transitive dev.wasmortem.bytes;
  requires transitive dev.wasmortem.wasm;
  requires transitive dev.wasmortem.dwarf;

  exports dev.wasmortem.symbols;
  exports dev.wasmortem.symbols.answer;
  exports dev.wasmortem.symbols.demangle;
  exports dev.wasmortem.symbols.index;
  exports dev.wasmortem.symbols.sourcemap;
  exports dev.wasmortem.symbols.trace;
}
