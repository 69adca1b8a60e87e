package dev.wasmortem.symbols.answer;

import dev.wasmortem.symbols.answer.Answers.Found;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Answers a stream of lines: blocks of them on all processors, and written in their order. */
final class AnswerStream {
  /** How many bytes of lines are answered at a time. */
  private static final int BLOCK = 1 << 16;

  /** A line that is longer is cut: no address is so long. */
  private static final int LONGEST_LINE = BLOCK / 2;

  private final AnswerLines answers;
  private final int processors = Runtime.getRuntime().availableProcessors();
  private final Deque<Future<AnswerText>> pending = new ArrayDeque<>();
  private @Nullable ExecutorService workers;
  private volatile boolean found;
  private boolean asked;

  AnswerStream(AnswerLines answers) {
    this.answers = answers;
  }

  Found answer(InputStream in, OutputStream out) throws IOException {
    try {
      byte[] block = new byte[BLOCK];
      int filled = 0;
      for (int read = in.read(block); read >= 0; read = in.read(block, filled, BLOCK - filled)) {
        filled += read;
        int lines = endOfLines(block, filled);
        if (lines > 0 && (filled >= LONGEST_LINE || in.available() == 0)) {
          byte[] rest = Arrays.copyOfRange(block, lines, filled);
          start(block, lines, out);
          block = new byte[BLOCK];
          System.arraycopy(rest, 0, block, 0, rest.length);
          filled = rest.length;
        } else if (lines == 0 && filled > LONGEST_LINE) {
          filled = LONGEST_LINE;
        }
        if (in.available() == 0) {
          finish(out);
        }
      }
      start(block, filled, out);
      finish(out);
    } finally {
      if (workers != null) {
        workers.shutdownNow();
      }
    }
    return found || !asked ? Found.SOMETHING : Found.NOTHING;
  }

  private static int endOfLines(byte[] block, int filled) {
    int end = filled;
    while (end > 0 && block[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  /** Begins to answer lines; a few of them are not worth a thread. */
  private void start(byte[] lines, int end, OutputStream out) throws IOException {
    if (end == 0) {
      return;
    }
    asked = true;
    if (end < LONGEST_LINE && pending.isEmpty()) {
      answer(lines, end).writeTo(out);
      return;
    }
    if (workers == null) {
      workers = Executors.newFixedThreadPool(processors, AnswerStream::worker);
    }
    Callable<AnswerText> work = () -> answer(lines, end);
    pending.add(workers.submit(work));
    if (pending.size() > 2 * processors) {
      write(pending.remove(), out);
    }
  }

  private static Thread worker(Runnable work) {
    Thread thread = new Thread(work, "answers");
    thread.setDaemon(true);
    return thread;
  }

  private AnswerText answer(byte[] lines, int end) {
    AnswerText text = new AnswerText();
    if (answers.answer(lines, end, text)) {
      found = true;
    }
    return text;
  }

  private void finish(OutputStream out) throws IOException {
    while (!pending.isEmpty()) {
      write(pending.remove(), out);
    }
    out.flush();
  }

  private static void write(Future<AnswerText> answered, OutputStream out) throws IOException {
    try {
      answered.get().writeTo(out);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
