package dev.wasmortem.symbols.index;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.dwarf.DwarfFrame;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.symbols.FrameLookup;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.Symbolizer;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a symbolizer knows, answered from an index for as long as that can be read, and by the
 * symbolizer from then on. Safe for use by several threads.
 */
public final class CachedSymbols implements FrameLookup, Closeable {
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
  @Override
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

  /** Asks the symbolizer: an index holds no DWARF. */
  @Override
  public List<DwarfFrame> dwarfFrames(CodeOffset at) {
    return symbols.dwarfFrames(at);
  }

  @Override
  public Optional<Entry> innermostEntry(CodeOffset at) {
    return symbols.innermostEntry(at);
  }

  @Override
  public Optional<String> symbol(CodeOffset at) {
    return symbols.symbol(at);
  }

  /** Closes the index; the symbolizer's module stays open. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
