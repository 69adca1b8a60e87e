package dev.wasmortem.coredump.edit;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A thread with a large stack. The regular expressions of Java recurse for each repetition of a
 * group; the time they take to fail grows with the square of the depth, so that it is bounded, too.
 */
final class DeepStack {
  private static final long BYTES = 16L << 20;

  private DeepStack() {}

  /**
   * Runs a search there and returns what it returns.
   *
   * @throws StackOverflowError if even this stack is too small
   */
  static <T> T run(Supplier<T> search) {
    FutureTask<T> task = new FutureTask<>(search::get);
    Thread thread = new Thread(null, task, "redaction", BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
