package dev.wasmortem.cli;

import dev.wasmortem.debug.PostMortem;
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

  private final SourceOptions sources = new SourceOptions();

  void addTo(CommandSpec spec) {
    spec.addPositional(core).addOption(modules);
    sources.addTo(spec);
  }

  /** Returns the dump's file. */
  Path core() {
    return Options.get(Path.class, core);
  }

  PostMortem open() throws IOException {
    List<Path> places = Options.all(Path.class, modules);
    return PostMortem.open(Options.get(Path.class, core), places, sources.paths(places));
  }
}
