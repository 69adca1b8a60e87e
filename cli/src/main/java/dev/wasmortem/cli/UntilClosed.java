package dev.wasmortem.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** Standard output until its reader is gone, as {@code head} is: then what is written fails. */
final class UntilClosed extends OutputStream {
  private final PrintStream out;

  /** Nobody reads any more. */
  static final class Closed extends IOException {
    private static final long serialVersionUID = 1L;
  }

  UntilClosed(PrintStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) {
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
    flush();
  }

  @Override
  public void flush() throws IOException {
    // Flushes, too.
    if (out.checkError()) {
      throw new Closed();
    }
  }
}
