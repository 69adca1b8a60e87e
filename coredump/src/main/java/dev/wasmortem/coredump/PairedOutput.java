package dev.wasmortem.coredump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.Exchanger;
import org.jspecify.annotations.Nullable;

/**
 * Writes a long content on two threads: while the caller's writes one buffer to the channel,
 * another fills the next. The channel is the caller's thread's alone, so what a failure or an
 * interrupt does to it is the same as with a short content, which is written on one thread.
 *
 * <p>The threads exchange a full buffer for an empty one, and none for none when either has come to
 * its end. The exchange cannot be interrupted: nobody reads the memories when the caller goes on.
 */
final class PairedOutput {
  /** In bytes. A shorter content is written before a thread has started. */
  static final long LEAST = 8L * BufferedOutput.CAPACITY;

  private final Content content;
  private final Exchanger<@Nullable ByteBuffer> exchanger = new Exchanger<>();
  private @Nullable Throwable failure;

  private PairedOutput(Content content) {
    this.content = content;
  }

  /** What is to be written. */
  interface Content {
    void writeTo(BufferedOutput out) throws IOException;
  }

  /** Thrown on the thread that fills buffers when the other cannot write them. */
  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1;

    Abandoned() {
      super("nobody writes this", null, false, false);
    }
  }

  /**
   * Writes a content, from its first byte to its last.
   *
   * @param length how long it is, in bytes
   * @throws IOException if the channel fails
   */
  static void write(Content content, long length, WritableByteChannel channel) throws IOException {
    if (length >= LEAST && SecondThread.pays()) {
      PairedOutput output = new PairedOutput(content);
      ByteBuffer other = BufferedOutput.newBuffer();
      if (SecondThread.start("wasmortem-fill", output::fill)) {
        output.drain(other, channel);
        return;
      }
    }
    fill(content, full -> written(full, channel));
  }

  private static void fill(Content content, BufferedOutput.Sink sink) throws IOException {
    BufferedOutput out = new BufferedOutput(sink);
    content.writeTo(out);
    out.flush();
  }

  /** Writes a buffer and returns it empty. */
  private static ByteBuffer written(ByteBuffer full, WritableByteChannel channel)
      throws IOException {
    while (full.hasRemaining()) {
      channel.write(full);
    }
    return full.clear();
  }

  private void fill() {
    try {
      fill(content, this::emptyFor);
    } catch (Abandoned e) {
      return;
    } catch (Throwable e) {
      failure = e;
    }
    exchange(null);
  }

  private ByteBuffer emptyFor(ByteBuffer full) {
    ByteBuffer empty = exchange(full);
    if (empty == null) {
      throw new Abandoned();
    }
    return empty;
  }

  private void drain(ByteBuffer other, WritableByteChannel channel) throws IOException {
    ByteBuffer buffer = other;
    boolean whole = false;
    try {
      for (ByteBuffer full = exchange(buffer); full != null; full = exchange(buffer)) {
        buffer = written(full, channel);
      }
      whole = true;
    } finally {
      if (!whole) {
        exchange(null);
      }
    }
    if (failure instanceof IOException e) {
      throw e;
    } else if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    }
  }

  private @Nullable ByteBuffer exchange(@Nullable ByteBuffer buffer) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return exchanger.exchange(buffer);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
