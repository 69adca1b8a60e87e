package dev.wasmortem.coredump.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a long content on two threads: while the caller's writes one buffer to the channel,
 * another fills the next. The channel is the caller's thread's alone, so what a failure or an
 * interrupt does to it is the same as with a short content, which is written on one thread.
 *
 * <p>The threads exchange a full buffer for an empty one, and none for none when either has come to
 * its end. The exchange cannot be interrupted: nobody reads the memories when the caller goes on.
 * It does not wait for a thread that has ended without a word, which may be when there is no stack
 * or no heap left to say it with.
 */
final class PairedOutput {
  /** In bytes. A shorter content is written before a thread has started. */
  static final long LEAST = 8L * BufferedOutput.CAPACITY;

  /** How long a thread waits before it looks whether the other is still there. */
  private static final long PATIENCE_MILLIS = 100;

  private final Content content;
  private final Exchanger<@Nullable ByteBuffer> exchanger = new Exchanger<>();
  private final Thread filler = SecondThread.of("wasmortem-fill", this::fill);
  private volatile boolean abandoned;
  private @Nullable Throwable failure;

  private PairedOutput(Content content) {
    this.content = content;
  }

  /** What is to be written. */
  interface Content {
    void writeTo(BufferedOutput out) throws IOException;
  }

  /** Thrown on the thread that fills buffers when nobody writes them any more. */
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
    if (length < LEAST || !SecondThread.pays() || !new PairedOutput(content).write(channel)) {
      fill(content, full -> written(full, channel));
    }
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

  /** Writes the content, or returns false where no second thread can be had. */
  private boolean write(WritableByteChannel channel) throws IOException {
    ByteBuffer spare = BufferedOutput.newBuffer();
    boolean over = false;
    try {
      if (SecondThread.start(filler)) {
        drain(spare, channel);
        over = true;
      }
    } finally {
      abandoned = true;
      if (!over && filler.isAlive()) {
        exchange(null, this::isFillerGone);
      }
    }
    if (failure instanceof IOException e) {
      throw e;
    } else if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    }
    return over;
  }

  private void drain(ByteBuffer spare, WritableByteChannel channel) throws IOException {
    ByteBuffer full = exchange(spare, this::isFillerGone);
    while (full != null) {
      full = exchange(written(full, channel), this::isFillerGone);
    }
  }

  private boolean isFillerGone() {
    return !filler.isAlive();
  }

  private void fill() {
    try {
      fill(content, this::emptyFor);
    } catch (Abandoned e) {
      return;
    } catch (Throwable e) {
      failure = e;
    }
    exchange(null, this::isAbandoned);
  }

  private boolean isAbandoned() {
    return abandoned;
  }

  private ByteBuffer emptyFor(ByteBuffer full) {
    ByteBuffer empty = exchange(full, this::isAbandoned);
    if (empty == null) {
      throw new Abandoned();
    }
    return empty;
  }

  /** Returns the buffer that the other thread gives for one, null if it has no more or is gone. */
  private @Nullable ByteBuffer exchange(@Nullable ByteBuffer buffer, BooleanSupplier otherIsGone) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return exchanger.exchange(buffer, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (otherIsGone.getAsBoolean()) {
            return null;
          }
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
