package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UntilClosedTest {
  /** A pipe, which a reader may close. */
  private static final class Pipe extends OutputStream {
    private long bytes;
    private int writes;
    private boolean closed;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      if (closed) {
        throw new IOException("Broken pipe");
      }
      writes++;
      bytes += length;
    }
  }

  private final Pipe pipe = new Pipe();
  private final UntilClosed out =
      new UntilClosed(
          new PrintStream(new BufferedOutputStream(pipe, 8192), false, StandardCharsets.UTF_8));

  @Test
  void aLineAloneIsWrittenWhenItIsFlushed() throws IOException {
    out.write("a line\n".getBytes(StandardCharsets.UTF_8));
    out.write('\n');
    assertEquals(0, pipe.bytes);
    out.flush();
    assertEquals(8, pipe.bytes);
    assertEquals(1, pipe.writes);
  }

  /** Many lines go out together: a write of the pipe each would be 100,000. */
  @Test
  void manyLinesShareWrites() throws IOException {
    for (int i = 0; i < 100_000; i++) {
      out.write(new byte[100], 0, 100);
    }
    out.flush();
    assertEquals(10_000_000, pipe.bytes);
    assertTrue(pipe.writes < 2_000, pipe.writes + " writes");
  }

  /** Nobody flushes, and what goes on for ever ends all the same. */
  @Test
  void aReaderThatIsGoneIsNoticed() {
    pipe.closed = true;
    int[] lines = new int[1];
    assertThrows(
        UntilClosed.Closed.class,
        () -> {
          for (; lines[0] < 1_000_000; lines[0]++) {
            out.write(new byte[100], 0, 100);
          }
        });
    assertTrue(lines[0] < 1_000, lines[0] + " lines");
  }
}
