package dev.wasmortem.cli;

import dev.wasmortem.debug.DiffReport;
import dev.wasmortem.debug.PostMortem;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code wasmortem diff A B}: what differs between two dumps. */
final class DiffVerb implements Verb {
  private final PositionalParamSpec left = Options.file("A", "The first dump.");
  private final PositionalParamSpec right = Options.operand(1, "B", "The second dump.");

  private final ModuleOptions modules =
      new ModuleOptions(
          "A module of the dumps, or a folder of modules: frames have their functions' names.");

  private final OutputOptions output = new OutputOptions("docs/diff.schema.json");

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("diff").addPositional(left).addPositional(right);
    spec.usageMessage()
        .description(
            "Print what differs between two dumps: trap, modules and their files, frames, globals,"
                + " sections of other tools, ranges of memory.",
            "How they are written makes no difference. The exit status is 1 where something"
                + " differs.")
        .footer("", "Example:", "  wasmortem diff monday.core tuesday.core -m build/app.wasm");
    modules.addTo(spec);
    output.addTo(spec);
    return spec;
  }

  @Override
  public int run(Console console) throws IOException {
    try (PostMortem one = modules.open(Options.get(Path.class, left));
        PostMortem other = modules.open(Options.get(Path.class, right))) {
      DiffReport report = DiffReport.of(one, other);
      one.diagnostics().forEach(console::tell);
      other.diagnostics().forEach(console::tell);
      if (output.json()) {
        JsonFace.print(report, console.out());
      } else {
        new DiffText(console.out(), output.style(Console.Stream.OUT)).print(report);
      }
      return report.same() ? ExitStatus.DONE : ExitStatus.FINDINGS;
    }
  }
}
