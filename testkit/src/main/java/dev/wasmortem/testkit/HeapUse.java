package dev.wasmortem.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures how much heap something asks for, so that a reader which reserves by a count fails. */
public final class HeapUse {
  private HeapUse() {}

  /** Runs {@code action} and returns how many bytes its thread allocated, garbage included. */
  public static long allocated(Runnable action) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    action.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
