package dev.wasmortem.cli;

import dev.wasmortem.symbols.SourcePaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where a verb may look for sources. */
final class SourceOptions {
  private final OptionSpec maps =
      Options.list(
          String.class,
          "OLD=NEW",
          "Look for sources below NEW whose paths begin with OLD.",
          "--source-map");

  void addTo(CommandSpec spec) {
    spec.addOption(maps);
  }

  /**
   * Returns where sources may be looked for: where the user's replacements lead, beside the modules
   * that the user named, and below the working folder.
   */
  SourcePaths paths(List<Path> modules) {
    SourcePaths.Builder paths = SourcePaths.builder();
    for (String map : Options.all(String.class, maps)) {
      int equals = map.indexOf('=');
      if (equals <= 0) {
        throw Unusable.usage("--source-map wants OLD=NEW, not " + map);
      }
      paths.replace(map.substring(0, equals), Path.of(map.substring(equals + 1)));
    }
    for (Path module : modules) {
      Path folder = Files.isDirectory(module) ? module : module.toAbsolutePath().getParent();
      if (folder != null) {
        paths.allow(folder);
      }
    }
    return paths.allow(Path.of("")).build();
  }
}
