package dev.wasmortem.cli;

import dev.wasmortem.debug.LintReport;
import dev.wasmortem.debug.PostMortem;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;

/** {@code wasmortem lint CORE}: where a dump deviates from the convention. */
final class LintVerb implements Verb {
  private final DumpOptions dump = new DumpOptions();
  private final OutputOptions output = new OutputOptions("docs/lint.schema.json");

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("lint");
    spec.usageMessage()
        .description(
            "Print where a dump deviates from the convention: the offset, the code, what it means.",
            "The exit status is 1 where there is more than notes. docs/lint.md lists the codes.")
        .footer("", "Example:", "  wasmortem lint crash.core -m build/inventory.wasm");
    dump.addTo(spec);
    output.addTo(spec);
    return spec;
  }

  @Override
  public int run(Console console) throws IOException {
    try (PostMortem session = dump.open()) {
      LintReport report = session.lint();
      if (output.json()) {
        JsonFace.print(report, console.out());
      } else {
        new LintText(console.out(), output.style(Console.Stream.OUT)).print(report);
      }
      return report.conformant() ? ExitStatus.DONE : ExitStatus.FINDINGS;
    }
  }
}
