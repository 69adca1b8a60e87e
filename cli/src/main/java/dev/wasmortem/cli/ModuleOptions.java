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

/** Where the modules of dumps lie, and their sources and debug files. */
final class ModuleOptions {
  private final OptionSpec modules;

  private final OptionSpec force =
      Options.flag(
          "--force-module",
          "Use a module that -m names even where the dump tells that it is another build.");

  private final SourceOptions sources = new SourceOptions();
  private final DebugFileOptions debugFiles = new DebugFileOptions();

  /**
   * @param description what {@code -m} names
   */
  ModuleOptions(String description) {
    this.modules = Options.list(Path.class, "FILE|DIR", description, "-m", "--module");
  }

  void addTo(CommandSpec spec) {
    spec.addOption(modules).addOption(force);
  }

  /** Adds where debug files lie; without that they are looked for beside the modules only. */
  void addDebugFilesTo(CommandSpec spec) {
    debugFiles.addTo(spec);
  }

  /** Adds where sources lie; without that they are looked for beside the modules only. */
  void addSourcesTo(CommandSpec spec) {
    sources.addTo(spec);
  }

  PostMortem open(Path core) throws IOException {
    List<Path> places = Options.all(Path.class, modules);
    boolean isForced = Options.isSet(force);
    return PostMortem.open(
        core,
        SessionOptions.builder()
            .modules(places)
            .match(isForced ? ModuleMatch.FORCED : ModuleMatch.CHECKED)
            .sources(sources.paths(places))
            .debugFiles(debugFiles.search(places, isForced ? Match.FORCED : Match.CHECKED))
            .build());
  }
}
