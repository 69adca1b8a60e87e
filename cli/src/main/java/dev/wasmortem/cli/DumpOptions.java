package dev.wasmortem.cli;

import dev.wasmortem.debug.PostMortem;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Which dump a verb reads, and where its modules, sources and debug files lie. */
final class DumpOptions {
  private final PositionalParamSpec core = Options.file("CORE", "The dump.");

  private final ModuleOptions modules =
      new ModuleOptions("A module of the dump, or a folder of modules.");

  void addTo(CommandSpec spec) {
    spec.addPositional(core);
    modules.addTo(spec);
  }

  /** Adds where debug files lie; without that they are looked for beside the modules only. */
  void addDebugFilesTo(CommandSpec spec) {
    modules.addDebugFilesTo(spec);
  }

  /** Adds where sources lie; without that they are looked for beside the modules only. */
  void addSourcesTo(CommandSpec spec) {
    modules.addSourcesTo(spec);
  }

  /** Returns the dump's file. */
  Path core() {
    return Options.get(Path.class, core);
  }

  PostMortem open() throws IOException {
    return modules.open(core());
  }
}
