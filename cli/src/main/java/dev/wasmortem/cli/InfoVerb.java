package dev.wasmortem.cli;

import dev.wasmortem.debug.PostMortem;
import dev.wasmortem.debug.Report;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;

/** {@code wasmortem info CORE}: what is in the dump. */
final class InfoVerb implements Verb {
  private final DumpOptions dump = new DumpOptions();
  private final OutputOptions output = new OutputOptions();

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("info");
    spec.usageMessage()
        .description("Print what is in a dump.")
        .footer("", "Example:", "  wasmortem info inventory.core");
    dump.addTo(spec);
    dump.addDebugFilesTo(spec);
    output.addTo(spec);
    return spec;
  }

  @Override
  public int run(Console console) throws IOException {
    try (PostMortem session = dump.open()) {
      Report report = session.report();
      if (output.json()) {
        JsonFace.print(report, console.out());
      } else {
        new InfoText(console.out(), output.style(Console.Stream.OUT)).print(report);
      }
      return ExitStatus.DONE;
    }
  }
}
