package dev.wasmortem.symbols.index;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.DraftFile;
import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Location;
import dev.wasmortem.bytes.Printable;
import dev.wasmortem.symbols.Symbolizer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the symbol index of a module is kept. An index is used if its {@link Fingerprint} is that
 * of the module and its checksum is right, and is made anew otherwise, which is told to the sink,
 * as is whatever keeps it from being read or written: then the answers come without it.
 *
 * <p>A link in its place is neither followed nor replaced. An index is written whole or not at all,
 * and only its owner may read it.
 */
public final class SymbolCache {
  /** What the names of indexes end with. */
  public static final String SUFFIX = ".wmsym";

  private static final Closeable NO_FILE = () -> {};

  private final Path module;
  private final @Nullable Path directory;

  private SymbolCache(Path module, @Nullable Path directory) {
    this.module = module;
    this.directory = directory;
  }

  /** Returns the cache that is a file beside the module: {@code app.wasm.wmsym}. */
  public static SymbolCache beside(Path module) {
    return new SymbolCache(module, null);
  }

  /**
   * Returns the cache that is a file in a directory, which is made when something is written there:
   * {@code app.wasm-89abcdef01234567.wmsym}, with the fingerprint in its name, so that modules of
   * one name do not drive each other out.
   */
  public static SymbolCache in(Path directory, Path module) {
    return new SymbolCache(module, directory);
  }

  /** Returns the file that the index of a module with such a fingerprint is kept in. */
  public Path file(Fingerprint fingerprint) {
    String name = String.valueOf(module.getFileName());
    return directory == null
        ? module.resolveSibling(name + SUFFIX)
        : directory.resolve(name + "-" + fingerprint + SUFFIX);
  }

  /**
   * Opens the index of a module, making it if need be. Reads all of the module once, and of the
   * files that have its debug information and its source map.
   */
  public CachedSymbols open(Symbolizer symbols, Diagnostic.Sink sink) {
    Fingerprint fingerprint = Fingerprint.of(symbols.files());
    Path file = file(fingerprint);
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        ByteSource kept = ByteSource.open(file);
        SymbolIndex index = fresh(kept, fingerprint, sink);
        if (index != null) {
          return new CachedSymbols(symbols, index, kept, sink);
        }
        kept.close();
      }
    } catch (IOException e) {
      sink.report(problem(file, "cannot be read: " + e.getMessage()));
    }
    return new CachedSymbols(symbols, make(symbols, fingerprint, file, sink), NO_FILE, sink);
  }

  private static @Nullable SymbolIndex fresh(
      ByteSource kept, Fingerprint fingerprint, Diagnostic.Sink sink) {
    try {
      SymbolIndex index = SymbolIndex.open(kept);
      if (!index.module().equals(fingerprint)) {
        Location here = kept.at(0, "symbol-index");
        sink.report(
            new Diagnostic("symbol-index-stale", here, "made of another module; made anew"));
        return null;
      }
      index.verify();
      return index;
    } catch (FormatException e) {
      String problem = e.problem() + "; made anew";
      sink.report(new Diagnostic("symbol-index-damaged", e.location(), problem));
      return null;
    }
  }

  private static @Nullable SymbolIndex make(
      Symbolizer symbols, Fingerprint fingerprint, Path file, Diagnostic.Sink sink) {
    if (symbols.hasFurtherFiles()) {
      // Whether one of them came, went or changed would show when all are read again only, which
      // takes longer than to answer from the one that has the address.
      sink.report(problem(file, "the debug information is spread over several files"));
      return null;
    }
    ByteSource made;
    try {
      int threads = Runtime.getRuntime().availableProcessors();
      made = IndexBuilder.build(symbols, fingerprint, file.toString(), threads);
    } catch (FormatException e) {
      sink.report(Diagnostic.of("symbol-index-not-made", e));
      return null;
    }
    try {
      write(made, file);
    } catch (IOException e) {
      sink.report(problem(file, "cannot be kept: " + e.getMessage()));
    }
    return SymbolIndex.open(made);
  }

  private static Diagnostic problem(Path file, String message) {
    Location here = new Location(file.toString(), new FileOffset(0), "symbol-index");
    return new Diagnostic("symbol-index-not-kept", here, Printable.escape(message));
  }

  private static void write(ByteSource index, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try (DraftFile draft = DraftFile.begin(file, DraftFile.Naming.RANDOM)) {
      index.writeTo(draft.channel());
      draft.commit();
    }
  }
}
