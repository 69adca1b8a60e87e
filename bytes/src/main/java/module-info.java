/** Byte sources, cursors, LEB128, and errors that say where. */
@org.jspecify.annotations.NullMarked
module dev.wasmortem.bytes {
  requires static transitive org.jspecify;

  exports dev.wasmortem.bytes;
}
