/** What every capture shares: options, path patterns, writing, reporting. */
@org.jspecify.annotations.NullMarked
module dev.wasmortem.capture {
  requires static transitive org.jspecify;
  requires transitive dev.wasmortem.coredump;

  exports dev.wasmortem.capture;
}
