package dev.wasmortem.coredump;

import java.util.Arrays;

/** Finds what is not zero in a memory: reads it once, in chunks, and keeps nothing. */
final class MemoryScanner {
  /** Small enough for the processor's second cache. */
  static final int CHUNK = 1 << 16;

  /** A gap of fewer zeros never pays: a segment's header takes 5 bytes or more. */
  static final int SMALLEST_GAP = 5;

  private static final byte[] ZEROS = new byte[CHUNK];

  private MemoryScanner() {}

  /** Takes runs of bytes in ascending order. */
  interface Runs {
    /**
     * Takes a run that begins and ends with a byte that is not zero. Gaps between runs may be of
     * any length where a chunk ends, zero included; elsewhere they are {@link #SMALLEST_GAP} or
     * more.
     */
    void run(long start, long end);
  }

  static void scan(MemorySource source, Runs runs) {
    byte[] chunk = new byte[CHUNK];
    long size = source.size();
    for (long at = 0; at < size; at += CHUNK) {
      int length = (int) Math.min(CHUNK, size - at);
      source.read(new MemoryAddress(at), chunk, 0, length);
      int start = firstNonZero(chunk, 0, length);
      while (start < length) {
        int end = endOfRun(chunk, start, length);
        runs.run(at + start, at + end);
        start = firstNonZero(chunk, end, length);
      }
    }
  }

  private static int firstNonZero(byte[] chunk, int from, int length) {
    int found = Arrays.mismatch(chunk, from, length, ZEROS, 0, length - from);
    return found < 0 ? length : from + found;
  }

  /**
   * Returns where the run that begins at {@code start} ends: before {@link #SMALLEST_GAP} zeros or
   * the zeros at the chunk's end. Looks at every fifth byte while they are not zero: five zeros in
   * a row cannot hide between.
   */
  private static int endOfRun(byte[] chunk, int start, int length) {
    int last = start;
    while (true) {
      int probe = last + SMALLEST_GAP;
      if (probe >= length) {
        int end = length;
        while (chunk[end - 1] == 0) {
          end--;
        }
        return end;
      }
      if (chunk[probe] != 0) {
        last = probe;
        continue;
      }
      int before = probe - 1;
      while (chunk[before] == 0) {
        before--;
      }
      int gapEnd = before + SMALLEST_GAP;
      int after = probe + 1;
      while (after <= gapEnd && after < length && chunk[after] == 0) {
        after++;
      }
      if (after > gapEnd || after == length) {
        return before + 1;
      }
      last = after;
    }
  }
}
