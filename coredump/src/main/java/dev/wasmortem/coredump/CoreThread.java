package dev.wasmortem.coredump;

import java.util.List;

/**
 * A thread and its stack (one section {@code corestack} each; the host's frames are in our section
 * {@code wasmortem.host-frames}).
 *
 * @param name the thread's name, verbatim
 * @param frames from the youngest to the oldest
 * @param hostFrames frames of the host between them, from the youngest to the oldest
 */
public record CoreThread(String name, List<Frame> frames, List<HostFrame> hostFrames) {
  /** Makes a thread; the lists are copied. */
  public CoreThread {
    frames = List.copyOf(frames);
    hostFrames = List.copyOf(hostFrames);
  }

  /** Makes a thread of whose host frames nothing is known. */
  public CoreThread(String name, List<Frame> frames) {
    this(name, frames, List.of());
  }
}
