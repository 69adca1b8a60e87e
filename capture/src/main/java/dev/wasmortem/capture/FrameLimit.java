package dev.wasmortem.capture;

/**
 * How many frames of a thread are kept. Of a longer stack the youngest and the oldest are written,
 * those between are left out, and a note in the dump says how many and where.
 *
 * @param youngest how many of those nearest to the trap, 1 or more
 * @param oldest how many of those nearest to the thread's entry, 0 or more
 */
public record FrameLimit(int youngest, int oldest) {
  /**
   * The limit when none is given: 32,768 youngest and 1,024 oldest frames. A Java stack of 8 MiB
   * holds less than that; a recursion that eats a stack of 512 MiB makes more than a million
   * frames, which tell no more, and take seconds to write.
   */
  public static final FrameLimit DEFAULT = new FrameLimit(32_768, 1_024);

  /** No limit. */
  public static final FrameLimit ALL = new FrameLimit(Integer.MAX_VALUE, 0);

  public FrameLimit {
    if (youngest < 1 || oldest < 0) {
      throw new IllegalArgumentException(
          youngest + " youngest and " + oldest + " oldest frames; at least 1 and 0");
    }
  }

  /** Returns how many of {@code count} frames are left out. */
  public int omitted(int count) {
    return (int) Math.max(0, count - (long) youngest - oldest);
  }
}
