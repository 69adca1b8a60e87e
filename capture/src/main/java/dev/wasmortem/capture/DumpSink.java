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
  /** How many bytes of a disk are left free if nothing else is said: {@value}, 16 MiB. */
  long DEFAULT_FLOOR = 16 << 20;

  /** Begins a dump. */
  Draft begin(Crash crash) throws IOException;

  /** A dump that is being written. Used by one thread; ends with one commit or discard. */
  interface Draft {
    /** Returns where its bytes go. */
    WritableByteChannel channel();

    /**
     * Returns how many bytes there is room for, as far as it is known now. A dump that is larger is
     * cut down to it, the stacks first.
     */
    default long room() {
      return Long.MAX_VALUE;
    }

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
   * Returns a sink that writes files and leaves {@value #DEFAULT_FLOOR} bytes of the disk free.
   *
   * @see #files(CorePattern, long)
   */
  static DumpSink files(CorePattern pattern) {
    return files(pattern, DEFAULT_FLOOR);
  }

  /**
   * Returns a sink that writes files. A dump grows beside its place, readable by its owner only,
   * and is renamed when it is whole; never is there half a file under the final name. Missing
   * folders are made.
   *
   * <p>The file that grows is called {@code .NAME.part}, or {@code .NAME.UUID.part} if the pattern
   * has no {@code %u}. One that stays behind is of a process that was killed while it wrote; it is
   * the beginning of a dump and can be read as one, and deleted at will.
   *
   * <p>Before a file is begun the disk is looked at. When less than {@code keepFree} bytes are
   * free, there is no dump, and the {@link CaptureListener} hears of it; when the dump would not
   * leave as much, it is cut down: see {@link Draft#room}.
   *
   * @param keepFree how many bytes of the disk are left to others, 0 or more
   */
  static DumpSink files(CorePattern pattern, long keepFree) {
    if (keepFree < 0) {
      throw new IllegalArgumentException(keepFree + " bytes to keep free");
    }
    return new FileSink(pattern, keepFree);
  }

  /** Returns a sink that keeps each dump on the heap and hands it over when it is whole. */
  static DumpSink memory(Consumer<ByteSource> dumps) {
    return new MemorySink(dumps);
  }
}
