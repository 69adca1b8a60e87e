/** Benchmarks against the peers; not published. */
@org.jspecify.annotations.NullMarked
module dev.wasmortem.bench {
  requires static org.jspecify;
  requires dev.wasmortem.capture.endive;
  requires dev.wasmortem.coredump;
  requires dev.wasmortem.dwarf;
  requires dev.wasmortem.symbols;
  requires java.management;
  requires run.endive.runtime;

  exports dev.wasmortem.bench;
}
