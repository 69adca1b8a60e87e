package dev.wasmortem.cli;

import dev.wasmortem.debug.PostMortem;
import dev.wasmortem.debug.PostMortem.ModuleHashes;
import dev.wasmortem.debug.Report;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wasmortem bt CORE}: the backtrace of all threads. */
@Command(
    name = "bt",
    description = "Print the backtrace of all threads of a dump.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  wasmortem bt inventory.core -m build/inventory.wasm --full"})
final class BtCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final DumpOptions dump = new DumpOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(names = "--full", description = "Also print each frame's locals and operand stack.")
  private boolean full;

  @Option(
      names = {"-n", "--frames"},
      paramLabel = "N",
      description = "Print at most N frames a thread, the youngest and the oldest; 0 for all. Default: ${DEFAULT-VALUE}. JSON has all.",
      defaultValue = "100")
  private int frames;

  BtCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (PostMortem session = dump.open()) {
      Report report = session.backtrace(output.json ? ModuleHashes.INCLUDE : ModuleHashes.OMIT);
      if (output.json) {
        JsonFace.print(report, console.out());
      } else {
        new BacktraceText(console.out(), output.style(), session.sources())
            .frames(frames)
            .detail(full ? BacktraceText.Detail.FULL : BacktraceText.Detail.FRAMES)
            .print(report);
      }
      return report.threads().isEmpty() ? ExitStatus.FINDINGS : ExitStatus.DONE;
    }
  }
}
