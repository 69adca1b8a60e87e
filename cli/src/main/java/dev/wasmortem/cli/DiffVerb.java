package dev.wasmortem.cli;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.diff.DumpDiff;
import dev.wasmortem.debug.DiffReport;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code wasmortem diff A B}: what differs between two dumps. */
final class DiffVerb implements Verb {
  private final PositionalParamSpec left = Options.file("A", "The first dump.");
  private final PositionalParamSpec right = Options.operand(1, "B", "The second dump.");
  private final OutputOptions output = new OutputOptions("docs/diff.schema.json");

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("diff").addPositional(left).addPositional(right);
    spec.usageMessage()
        .description(
            "Print what differs between two dumps: trap, modules, frames, globals, ranges of"
                + " memory.",
            "How they are written makes no difference. The exit status is 1 where something"
                + " differs.")
        .footer("", "Example:", "  wasmortem diff monday.core tuesday.core");
    output.addTo(spec);
    return spec;
  }

  @Override
  public int run(Console console) throws IOException {
    try (ByteSource one = ByteSource.open(Options.get(Path.class, left));
        ByteSource other = ByteSource.open(Options.get(Path.class, right))) {
      DiffReport report =
          DiffReport.of(
              one.name(),
              other.name(),
              DumpDiff.of(
                  Coredump.salvage(one, console::tell), Coredump.salvage(other, console::tell)));
      if (output.json()) {
        JsonFace.print(report, console.out());
      } else {
        new DiffText(console.out(), output.style(Console.Stream.OUT)).print(report);
      }
      return report.same() ? ExitStatus.DONE : ExitStatus.FINDINGS;
    }
  }
}
