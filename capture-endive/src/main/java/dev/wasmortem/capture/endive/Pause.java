package dev.wasmortem.capture.endive;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A meeting of two threads: one stands still for as long as the other looks at it. */
final class Pause {
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable Snapshot snapshot;

  /** Stands still until the other has finished. An interrupt has to wait, and is not lost. */
  void hold(Snapshot own) {
    snapshot = own;
    arrived.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        over.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the other; returns null if it does not come in time. */
  @Nullable Snapshot await(long nanos) {
    try {
      return arrived.await(nanos, TimeUnit.NANOSECONDS) ? snapshot : null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Lets the other go on, should it have come. */
  void end() {
    over.countDown();
  }
}
