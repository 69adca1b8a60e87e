package dev.wasmortem.cli;

import dev.wasmortem.debug.ModuleMatch;
import dev.wasmortem.debug.PostMortem;
import dev.wasmortem.debug.SessionOptions;
import dev.wasmortem.symbols.DebugFileSearch.Match;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Which dump a verb reads, and where its modules, sources and debug files lie. */
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
  private final DebugFileOptions debugFiles = new DebugFileOptions();

  void addTo(CommandSpec spec) {
    spec.addPositional(core).addOption(modules).addOption(force);
  }

  /** Adds where debug files lie; without that they are looked for beside the modules only. */
  void addDebugFilesTo(CommandSpec spec) {
    debugFiles.addTo(spec);
  }

  /** Adds where sources lie; without that they are looked for beside the modules only. */
  void addSourcesTo(CommandSpec spec) {
    sources.addTo(spec);
  }

  /** Returns the dump's file. */
  Path core() {
    return Options.get(Path.class, core);
  }

  PostMortem open() throws IOException {
    List<Path> places = Options.all(Path.class, modules);
    boolean isForced = Options.isSet(force);
    return PostMortem.open(
        Options.get(Path.class, core),
        SessionOptions.builder()
            .modules(places)
            .match(isForced ? ModuleMatch.FORCED : ModuleMatch.CHECKED)
            .sources(sources.paths(places))
            .debugFiles(debugFiles.search(places, isForced ? Match.FORCED : Match.CHECKED))
            .build());
  }
}
