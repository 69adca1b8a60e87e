/** The command {@code wasmortem}: reads options, calls the rooms below, prints. */
@org.jspecify.annotations.NullMarked
module dev.wasmortem.cli {
  requires static org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires dev.wasmortem.capture.endive;
  requires dev.wasmortem.debug;
  requires info.picocli;
  requires run.endive.runtime;
  requires run.endive.wasi;

  exports dev.wasmortem.cli;
}
