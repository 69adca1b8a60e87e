package dev.wasmortem.symbols.index;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.Symbolizer;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a symbolizer knows, answered from an index for as long as that can be read, and by the
 * symbolizer from then on. Safe for use by several threads.
 */
public final class CachedSymbols implements Closeable {
  private final Symbolizer symbols;
  private final Diagnostic.Sink sink;
  private final Closeable file;
  private volatile @Nullable SymbolIndex index;

  CachedSymbols(
      Symbolizer symbols, @Nullable SymbolIndex index, Closeable file, Diagnostic.Sink sink) {
    this.symbols = symbols;
    this.index = index;
    this.file = file;
    this.sink = sink;
  }

  /**
   * Returns what {@link Symbolizer#sources(CodeOffset)} does. Never throws because of what the
   * index holds.
   */
  public List<SourceFrame> sources(CodeOffset at) {
    SymbolIndex known = index;
    if (known != null) {
      try {
        return known.sources(at);
      } catch (FormatException e) {
        index = null;
        sink.report(Diagnostic.of("symbol-index-damaged", e));
      }
    }
    return symbols.sources(at);
  }

  /** Closes the index; the symbolizer's module stays open. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
