/** Full dumps from Endive's interpreter. */
@org.jspecify.annotations.NullMarked
module dev.wasmortem.capture.endive {
  requires static transitive org.jspecify;
  requires transitive dev.wasmortem.capture;
  requires transitive run.endive.runtime;
  requires transitive run.endive.wasm;

  exports dev.wasmortem.capture.endive;
}
