/** WebAssembly modules: types, the opcode table, the lazy model, operand-stack typing. */
@org.jspecify.annotations.NullMarked
module dev.wasmortem.wasm {
  requires static transitive org.jspecify;
  requires transitive dev.wasmortem.bytes;

  exports dev.wasmortem.wasm;
  exports dev.wasmortem.wasm.code;
  exports dev.wasmortem.wasm.component;
  exports dev.wasmortem.wasm.custom;
  exports dev.wasmortem.wasm.text;
  exports dev.wasmortem.wasm.types;
  exports dev.wasmortem.wasm.validation;
}
