package dev.wasmortem.capture;

import dev.wasmortem.bytes.ByteSource;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where dumps go: files, memory, or wherever an implementation sends them.
 *
 * <p>A dump is written when the guest traps, and kept back as a {@link Draft} until the trap has
 * left the guest for good: a host function may still catch it, and then there is nothing to report.
 * Methods are called on the thread that trapped, its interrupt flag cleared, and several threads
 * may trap at once. What they throw is reported to the {@link CaptureListener} and goes no further.
 */
public interface DumpSink {
  /** Begins a dump. */
  Draft begin(Crash crash) throws IOException;

  /** A dump that is being written. Used by one thread; ends with one commit or discard. */
  interface Draft {
    /** Returns where its bytes go. */
    WritableByteChannel channel();

    /**
     * Makes the dump visible. All bytes were written.
     *
     * @return the file, if it is one
     */
    Optional<Path> commit() throws IOException;

    /** Forgets the dump, whatever was written of it. */
    void discard() throws IOException;
  }

  /**
   * Returns a sink that writes files. A dump grows beside its place under a name that begins with a
   * dot and ends with {@code .part}, readable by its owner only, and is renamed when it is whole;
   * never is there half a file under the final name. Missing folders are made.
   */
  static DumpSink files(CorePattern pattern) {
    return new FileSink(pattern);
  }

  /** Returns a sink that keeps each dump on the heap and hands it over when it is whole. */
  static DumpSink memory(Consumer<ByteSource> dumps) {
    return new MemorySink(dumps);
  }
}
