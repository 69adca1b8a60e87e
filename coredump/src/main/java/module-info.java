/** Core dumps of WebAssembly programs: model, reader, writer. */
@org.jspecify.annotations.NullMarked
module dev.wasmortem.coredump {
  requires static transitive org.jspecify;
  requires transitive dev.wasmortem.bytes;
  requires transitive dev.wasmortem.wasm;

  exports dev.wasmortem.coredump;
  exports dev.wasmortem.coredump.diff;
  exports dev.wasmortem.coredump.edit;
  exports dev.wasmortem.coredump.inspect;
  exports dev.wasmortem.coredump.layout;
  exports dev.wasmortem.coredump.lint;
}
