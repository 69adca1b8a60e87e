package dev.wasmortem.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Standard output until its reader is gone, as {@code head} is: then what is written fails. That
 * shows when it is flushed, as whoever waits for more input does, and every 64 KiB of a longer
 * stretch: a system call for each line takes time.
 */
final class UntilClosed extends OutputStream {
  private static final int STRETCH = 1 << 16;

  private final PrintStream out;

  /** How many bytes were written since the last flush. */
  private int waiting;

  /** Nobody reads any more. */
  static final class Closed extends IOException {
    private static final long serialVersionUID = 1L;
  }

  UntilClosed(PrintStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    written(1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
    written(length);
  }

  private void written(int bytes) throws IOException {
    waiting += Math.min(bytes, STRETCH);
    if (waiting >= STRETCH) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    waiting = 0;
    // Flushes, too.
    if (out.checkError()) {
      throw new Closed();
    }
  }
}
