package dev.wasmortem.coredump;

import java.util.List;

/**
 * A thread and its stack (one section {@code corestack} each).
 *
 * @param name the thread's name, verbatim
 * @param frames from the youngest to the oldest
 */
public record CoreThread(String name, List<Frame> frames) {
  /** Makes a thread; the list is copied. */
  public CoreThread {
    frames = List.copyOf(frames);
  }
}
