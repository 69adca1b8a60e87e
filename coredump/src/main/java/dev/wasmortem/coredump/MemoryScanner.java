package dev.wasmortem.coredump;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Finds what is not zero in a part of a memory: reads it once, in chunks, and keeps nothing. */
final class MemoryScanner {
  /** Small enough for the processor's second cache. */
  static final int CHUNK = 1 << 16;

  /** A gap of fewer zeros never pays: a segment's header takes 5 bytes or more. */
  static final int SMALLEST_GAP = 5;

  /** Zeros behind a chunk, so that looking ahead needs no check: 5 to the probe, 4 behind it. */
  private static final int PADDING = 16;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

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

  static void scan(MemorySource source, AddressRange part, Runs runs) {
    byte[] chunk = new byte[CHUNK + PADDING];
    long end = part.start().value() + part.length();
    int length;
    for (long at = part.start().value(); at < end; at += length) {
      length = (int) Math.min(CHUNK - (at & (CHUNK - 1)), end - at);
      source.read(new MemoryAddress(at), chunk, 0, length);
      Arrays.fill(chunk, length, length + PADDING, (byte) 0);
      int start = firstNonZero(chunk, 0, length);
      while (start < length) {
        int runEnd = endOfRun(chunk, start);
        runs.run(at + start, at + runEnd);
        start = firstNonZero(chunk, runEnd, length);
      }
    }
  }

  private static int firstNonZero(byte[] chunk, int from, int length) {
    int found = Arrays.mismatch(chunk, from, length, ZEROS, 0, length - from);
    return found < 0 ? length : from + found;
  }

  /**
   * Returns where the run that begins at {@code start} ends: before {@link #SMALLEST_GAP} zeros, of
   * which the padding is some. Looks at every fifth byte while they are not zero: five zeros in a
   * row cannot hide between. Around one that is zero the zeros are counted in two words, without a
   * loop.
   */
  private static int endOfRun(byte[] chunk, int start) {
    int last = start;
    while (true) {
      int probe = last + SMALLEST_GAP;
      if (chunk[probe] != 0) {
        last = probe;
        continue;
      }
      // The fifth byte before is not zero, so there are four at most to count.
      int before = Integer.numberOfLeadingZeros((int) INT.get(chunk, probe - 4)) >> 3;
      int after = Integer.numberOfTrailingZeros((int) INT.get(chunk, probe + 1)) >> 3;
      if (before + 1 + after >= SMALLEST_GAP) {
        return probe - before;
      }
      last = probe + after + 1;
    }
  }
}
