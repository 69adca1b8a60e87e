package dev.wasmortem.symbols;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Location;
import dev.wasmortem.wasm.WasmModule;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files that hold debug information, open until all of them are closed. Thread-safe. */
final class OpenFiles implements Closeable {
  private final Diagnostic.Sink sink;
  private final List<ByteSource> open = new ArrayList<>();
  private boolean closed;

  OpenFiles(Diagnostic.Sink sink) {
    this.sink = sink;
  }

  /** Whether it is worth a word that a file is no module. */
  enum Expected {
    /** The file was named, so it should be one. */
    MODULE,
    /** The file just lies there. */
    ANYTHING
  }

  /** Opens a file that may be read, and reads its section headers. */
  Optional<WasmModule> open(Path file, Expected expected) {
    try {
      ByteSource source = ByteSource.open(file);
      try {
        WasmModule module = WasmModule.read(source);
        keep(source);
        return Optional.of(module);
      } catch (FormatException e) {
        source.close();
        if (expected == Expected.MODULE) {
          sink.report(Diagnostic.of("debug-file-damaged", e));
        }
      }
    } catch (IOException e) {
      if (expected == Expected.MODULE) {
        sink.report(unreadable(file));
      }
    }
    return Optional.empty();
  }

  /** Opens a file that may be read and was named, whatever it holds. */
  Optional<ByteSource> open(Path file) {
    try {
      ByteSource source = ByteSource.open(file);
      keep(source);
      return Optional.of(source);
    } catch (IOException e) {
      sink.report(unreadable(file));
      return Optional.empty();
    }
  }

  private static Diagnostic unreadable(Path file) {
    return new Diagnostic(
        "debug-file-unreadable",
        new Location(file.toString(), new FileOffset(0), ""),
        "it cannot be opened");
  }

  private synchronized void keep(ByteSource source) {
    if (closed) {
      source.close();
      throw new IllegalStateException("closed");
    }
    open.add(source);
  }

  /** Closes a file that is of no use. */
  synchronized void discard(WasmModule module) {
    if (open.remove(module.source())) {
      module.source().close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    open.forEach(ByteSource::close);
    open.clear();
  }
}
