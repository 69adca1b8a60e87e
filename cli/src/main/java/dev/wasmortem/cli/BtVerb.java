package dev.wasmortem.cli;

import dev.wasmortem.debug.ModuleHashes;
import dev.wasmortem.debug.PostMortem;
import dev.wasmortem.debug.Report;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code wasmortem bt CORE}: the backtrace of all threads. */
final class BtVerb implements Verb {
  private final DumpOptions dump = new DumpOptions();
  private final OutputOptions output = new OutputOptions();

  private final OptionSpec full =
      Options.flag("--full", "Also print each frame's locals and operand stack.");

  private final OptionSpec frames =
      Options.value(Integer.class, "N", "-n", "--frames")
          .description(
              "Print at most N frames a thread, the youngest and the oldest; 0 for all."
                  + " Default: ${DEFAULT-VALUE}. JSON has all.")
          .defaultValue("100")
          .build();

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("bt").addOption(full).addOption(frames);
    spec.usageMessage()
        .description(
            "Print the backtrace of all threads of a dump. The exit status is 1 where it holds no"
                + " frame.")
        .footer("", "Example:", "  wasmortem bt inventory.core -m build/inventory.wasm --full");
    dump.addTo(spec);
    dump.addDebugFilesTo(spec);
    dump.addSourcesTo(spec);
    output.addTo(spec);
    return spec;
  }

  @Override
  public int run(Console console) throws IOException {
    try (PostMortem session = dump.open()) {
      Report report = session.backtrace(output.json() ? ModuleHashes.INCLUDE : ModuleHashes.OMIT);
      if (output.json()) {
        JsonFace.print(report, console.out());
      } else {
        new BacktraceText(console.out(), output.style(Console.Stream.OUT), session)
            .frames(Options.get(Integer.class, frames))
            .detail(Options.isSet(full) ? BacktraceText.Detail.FULL : BacktraceText.Detail.FRAMES)
            .print(report);
      }
      boolean nothing = report.threads().stream().allMatch(thread -> thread.frames().isEmpty());
      return nothing ? ExitStatus.FINDINGS : ExitStatus.DONE;
    }
  }
}
