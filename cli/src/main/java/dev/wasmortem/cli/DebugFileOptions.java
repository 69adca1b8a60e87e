package dev.wasmortem.cli;

import dev.wasmortem.bytes.Printable;
import dev.wasmortem.symbols.DebugFileSearch;
import dev.wasmortem.symbols.DebugFileSearch.Match;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where a verb may look for debug information that is not in the modules. */
final class DebugFileOptions {
  private final OptionSpec directories =
      Options.list(
          Path.class,
          "DIR",
          "Look for modules' debug files in DIR, too: by build id, by name, and .dwo files below"
              + " it (docs/debug-files.md).",
          "--debug-dir");

  void addTo(CommandSpec spec) {
    spec.addOption(directories);
  }

  /**
   * Returns the search: beside each module, in the directories that the user names for it, and in
   * those that the user named for modules.
   */
  DebugFileSearch search(List<Path> modules, Match match) {
    DebugFileSearch.Builder search = DebugFileSearch.builder().match(match);
    for (Path directory : Options.all(Path.class, directories)) {
      if (!Files.isDirectory(directory)) {
        throw Unusable.usage(
            "--debug-dir wants a directory, not " + Printable.escape(directory.toString()));
      }
      search.allow(directory);
    }
    modules.stream().filter(Files::isDirectory).forEach(search::allow);
    return search.build();
  }
}
