package dev.wasmortem.coredump.write;

/**
 * A thread that works beside the caller's while a large dump is written. It is one of its own: a
 * pool may be busy with what waits for this very dump.
 */
final class SecondThread {
  private SecondThread() {}

  /** Returns whether two threads are faster than one. */
  static boolean pays() {
    return Runtime.getRuntime().availableProcessors() > 1;
  }

  static Thread of(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Starts a thread, or returns false where none can be had. */
  static boolean start(Thread thread) {
    try {
      thread.start();
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }
}
