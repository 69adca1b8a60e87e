package dev.wasmortem.cli;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.symbols.Symbolizer;
import dev.wasmortem.symbols.index.CachedSymbols;
import dev.wasmortem.symbols.index.SymbolCache;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code --cache[=DIR]}: answers come from an index, which is made when there is none. */
final class CacheOption {
  private static final Path BESIDE = Path.of("");

  private final OptionSpec option =
      OptionSpec.builder("--cache")
          .paramLabel("DIR")
          .description(
              "Keep what addresses are asked for in an index beside the module (MODULE"
                  + SymbolCache.SUFFIX
                  + "), or in DIR, and answer from it; an index of another module is replaced.")
          .type(Path.class)
          .arity("0..1")
          .preprocessor((stack, spec, option, how) -> alone(option::setValue, how))
          .build();

  /** Takes a value that is written together with the option only: else a module follows. */
  private static boolean alone(Consumer<Path> option, Map<String, Object> how) {
    if ("=".equals(how.get("separator"))) {
      return false;
    }
    option.accept(BESIDE);
    return true;
  }

  void addTo(CommandSpec spec) {
    spec.addOption(option);
  }

  /** Opens the index of a module; null if that is not wanted. */
  @Nullable CachedSymbols open(Symbolizer symbols, Path module, Diagnostic.Sink sink) {
    Path directory = Options.getOrNull(Path.class, option);
    if (directory == null) {
      return null;
    }
    SymbolCache cache =
        directory.equals(BESIDE) ? SymbolCache.beside(module) : SymbolCache.in(directory, module);
    return cache.open(symbols, sink);
  }
}
