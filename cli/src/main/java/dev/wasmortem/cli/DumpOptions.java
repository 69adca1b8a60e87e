package dev.wasmortem.cli;

import dev.wasmortem.debug.PostMortem;
import dev.wasmortem.debug.PostMortem.ModuleMatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Which dump a verb reads, and where its modules and sources lie. */
final class DumpOptions {
  private final PositionalParamSpec core = Options.file("CORE", "The dump.");

  private final OptionSpec modules =
      Options.list(
          Path.class,
          "FILE|DIR",
          "A module of the dump, or a folder of modules.",
          "-m",
          "--module");

  private final OptionSpec force =
      Options.flag(
          "--force-module",
          "Use a module that -m names even where the dump tells that it is another build.");

  private final SourceOptions sources = new SourceOptions();

  void addTo(CommandSpec spec) {
    spec.addPositional(core).addOption(modules).addOption(force);
    sources.addTo(spec);
  }

  /** Returns the dump's file. */
  Path core() {
    return Options.get(Path.class, core);
  }

  PostMortem open() throws IOException {
    List<Path> places = Options.all(Path.class, modules);
    return PostMortem.open(
        Options.get(Path.class, core),
        places,
        Options.isSet(force) ? ModuleMatch.FORCED : ModuleMatch.CHECKED,
        sources.paths(places));
  }
}
