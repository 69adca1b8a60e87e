package dev.wasmortem.coredump.write;

import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemorySource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Finds what is not zero in a part of a memory: reads it once, in chunks, and keeps nothing. */
final class MemoryScanner {
  /** Together with as many zeros small enough for the processor's first cache. */
  static final int CHUNK = 1 << 14;

  /** A gap of fewer zeros never pays: a segment's header takes 5 bytes or more. */
  static final int SMALLEST_GAP = 5;

  /** How many bytes are looked at at a time where none of them is zero. */
  private static final int BLOCK = 32;

  /** Zeros behind a chunk, so that looking ahead needs no check: a block and what a probe needs. */
  private static final int PADDING = BLOCK + 16;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_BITS = 0x0001_0001_0001_0001L;
  private static final long HIGH_BITS = 0x8000_8000_8000_8000L;

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
   * which the padding is some. Those hold two zeros side by side at an even place, so blocks
   * without such a pair are skipped.
   */
  private static int endOfRun(byte[] chunk, int start) {
    int last = start;
    while (true) {
      int block = last & -Long.BYTES;
      if (!hasPairOfZeros(chunk, block)) {
        do {
          block += BLOCK;
        } while (!hasPairOfZeros(chunk, block));
        // Of the pair before one byte is not zero.
        last = Math.max(last, chunk[block - 1] != 0 ? block - 1 : block - 2);
      }
      last = probe(chunk, last, block + BLOCK);
      if (last < 0) {
        return ~last;
      }
    }
  }

  private static boolean hasPairOfZeros(byte[] chunk, int at) {
    long pairs =
        zeroPairs((long) LONG.get(chunk, at))
            | zeroPairs((long) LONG.get(chunk, at + 8))
            | zeroPairs((long) LONG.get(chunk, at + 16))
            | zeroPairs((long) LONG.get(chunk, at + 24));
    return (pairs & HIGH_BITS) != 0;
  }

  /** Returns no {@link #HIGH_BITS} if none of the four pairs of bytes is zero. */
  private static long zeroPairs(long bytes) {
    return (bytes - LOW_BITS) & ~bytes;
  }

  /**
   * Looks for the end of the run from {@code start}, which is not zero, on. Looks at every fifth
   * byte while they are not zero: five zeros in a row cannot hide between. Around one that is zero
   * the zeros are counted in two words, without a loop.
   *
   * @return the complement of where the run ends, or a byte from {@code limit} on that is not zero
   *     and up to which the run goes on
   */
  private static int probe(byte[] chunk, int start, int limit) {
    int last = start;
    while (last < limit) {
      int probe = last + SMALLEST_GAP;
      if (chunk[probe] != 0) {
        last = probe;
        continue;
      }
      // The fifth byte before is not zero, so there are four at most to count.
      int before = Integer.numberOfLeadingZeros((int) INT.get(chunk, probe - 4)) >> 3;
      int after = Integer.numberOfTrailingZeros((int) INT.get(chunk, probe + 1)) >> 3;
      if (before + 1 + after >= SMALLEST_GAP) {
        return ~(probe - before);
      }
      last = probe + after + 1;
    }
    return last;
  }
}
