package dev.wasmortem.cli;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.symbols.FrameLookup;
import dev.wasmortem.symbols.Symbolizer;
import dev.wasmortem.symbols.answer.Answers;
import dev.wasmortem.symbols.index.CachedSymbols;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A module that addresses are asked of, open.
 *
 * @param index what answers in the symbolizer's place, if that is wanted
 */
record SymbolizedModule(
    ByteSource file, Symbolizer symbols, @Nullable CachedSymbols index, Answers answers)
    implements Closeable {
  /** Returns who answers: the index, else the symbolizer. */
  FrameLookup lookup() {
    return index == null ? symbols : index;
  }

  @Override
  public void close() throws IOException {
    try (file;
        symbols) {
      if (index != null) {
        index.close();
      }
    }
  }
}
