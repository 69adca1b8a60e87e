package dev.wasmortem.cli;

import dev.wasmortem.debug.PostMortem;
import dev.wasmortem.debug.Report;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wasmortem info CORE}: what is in the dump. */
@Command(
    name = "info",
    description = "Print what is in a dump.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  wasmortem info inventory.core"})
final class InfoCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final DumpOptions dump = new DumpOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  InfoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (PostMortem session = dump.open()) {
      Report report = session.report();
      if (output.json) {
        JsonFace.print(report, console.out());
      } else {
        new InfoText(console.out(), output.style()).print(report);
      }
      return ExitStatus.DONE;
    }
  }
}
