package dev.wasmortem.cli;

import dev.wasmortem.debug.PostMortem;
import dev.wasmortem.symbols.SourcePaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which dump a verb reads, and where its modules and sources lie. */
final class DumpOptions {
  @Parameters(paramLabel = "CORE", description = "The dump.")
  Path core = Path.of("core");

  @Option(
      names = {"-m", "--module"},
      paramLabel = "FILE|DIR",
      description = "A module of the dump, or a folder of modules. Repeatable.")
  List<Path> modules = new ArrayList<>();

  @Option(
      names = "--source-map",
      paramLabel = "OLD=NEW",
      description = "Look for sources below NEW whose paths begin with OLD. Repeatable.")
  List<String> sourceMaps = new ArrayList<>();

  PostMortem open() throws IOException {
    return PostMortem.open(core, modules, sourcePaths(sourceMaps, modules));
  }

  /**
   * Returns where sources may be looked for: below the working folder, beside the modules that the user named, and where the
   * user's replacements lead.
   */
  static SourcePaths sourcePaths(List<String> maps, List<Path> modules) {
    SourcePaths.Builder paths = SourcePaths.builder().allow(Path.of(""));
    for (Path module : modules) {
      Path folder = module.toFile().isDirectory() ? module : module.toAbsolutePath().getParent();
      if (folder != null) {
        paths.allow(folder);
      }
    }
    for (String map : maps) {
      int equals = map.indexOf('=');
      if (equals <= 0) {
        throw new Unusable("--source-map wants OLD=NEW, not " + map);
      }
      paths.replace(map.substring(0, equals), Path.of(map.substring(equals + 1)));
    }
    return paths.build();
  }
}
