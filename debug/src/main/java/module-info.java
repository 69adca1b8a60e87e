/**
 * A post-mortem session over one dump: its threads and frames with their sources, and the report
 * every face prints.
 */
@org.jspecify.annotations.NullMarked
module dev.wasmortem.debug {
  requires static transitive org.jspecify;
  requires transitive dev.wasmortem.bytes;
  requires transitive dev.wasmortem.coredump;
  requires transitive dev.wasmortem.symbols;
  requires transitive dev.wasmortem.wasm;

  exports dev.wasmortem.debug;
}
