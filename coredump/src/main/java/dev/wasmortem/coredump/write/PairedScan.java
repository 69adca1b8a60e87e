package dev.wasmortem.coredump.write;

import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemorySource;
import dev.wasmortem.coredump.write.MemoryScanner.Runs;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Scans a large part of a memory on two threads: while the caller's looks at one window, another
 * looks at the next and records its runs. They are handed over in order and on the caller's thread,
 * the same as {@link MemoryScanner#scan} would find.
 *
 * <p>Where no thread can be had, the caller's does all.
 */
final class PairedScan {
  /**
   * In bytes, a multiple of a chunk. What is recorded of one takes three times as much at worst.
   */
  static final int WINDOW = 8 << 20;

  /** A part that is shorter is scanned before a thread has started. */
  static final long LEAST = 4L * WINDOW;

  private PairedScan() {}

  static void scan(MemorySource source, AddressRange part, Runs runs) {
    if (part.length() < LEAST || !SecondThread.pays()) {
      MemoryScanner.scan(source, part, runs);
      return;
    }
    long end = part.start().value() + part.length();
    for (long at = part.start().value(); at < end; ) {
      long middle = Math.min(end, (at & -WINDOW) + WINDOW);
      long next = Math.min(end, middle + WINDOW);
      CompletableFuture<Recorded> ahead =
          CompletableFuture.supplyAsync(
              () -> Recorded.of(source, middle, next), PairedScan::onAnotherThread);
      try {
        MemoryScanner.scan(source, range(at, middle), runs);
      } finally {
        // Nobody reads the memory when this has returned.
        ahead.exceptionally(failure -> Recorded.NONE).join();
      }
      result(ahead).handTo(runs);
      at = next;
    }
  }

  private static AddressRange range(long start, long end) {
    return new AddressRange(new MemoryAddress(start), end - start);
  }

  private static void onAnotherThread(Runnable task) {
    if (!SecondThread.start(SecondThread.of("wasmortem-scan", task))) {
      task.run();
    }
  }

  private static Recorded result(CompletableFuture<Recorded> ahead) {
    try {
      return ahead.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** The runs of a window. */
  private static final class Recorded implements Runs {
    static final Recorded NONE = new Recorded();

    private long[] bounds = new long[64];
    private int count;

    static Recorded of(MemorySource source, long start, long end) {
      Recorded recorded = new Recorded();
      MemoryScanner.scan(source, range(start, end), recorded);
      return recorded;
    }

    @Override
    public void run(long start, long end) {
      if (count == bounds.length) {
        bounds = Arrays.copyOf(bounds, 2 * count);
      }
      bounds[count++] = start;
      bounds[count++] = end;
    }

    void handTo(Runs runs) {
      for (int i = 0; i < count; i += 2) {
        runs.run(bounds[i], bounds[i + 1]);
      }
    }
  }
}
