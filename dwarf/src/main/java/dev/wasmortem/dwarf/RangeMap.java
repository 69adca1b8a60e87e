package dev.wasmortem.dwarf;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * From addresses to numbers: disjoint ranges in flat sorted arrays. Where a range ends and none
 * begins, one with the number −1 does. Immutable.
 *
 * <p>The span of the starts is cut into buckets of one size, about half as many as there are
 * starts, so that an address is looked for between the starts of its bucket only. Where starts are
 * spread evenly, as in code, those are a few, side by side; however they are spread, a binary
 * search among them takes no more steps than one among all.
 */
final class RangeMap {
  private static final int GAP = -1;

  /**
   * Starts as distances from {@link #base}, when all of them fit, and the number of each behind it;
   * else empty.
   */
  private final int[] near;

  /** How many starts there are. */
  private final int count;

  /** Starts as addresses, when distances do not fit; else empty. */
  private final long[] far;

  private final int[] farValues;

  private final long base;

  /** Of the first distance of each bucket, the last start that is not greater. */
  private final int[] buckets;

  /** A distance's bucket is the distance without so many low bits. */
  private final int bucketBits;

  private RangeMap(long[] starts, int[] values, int count) {
    this.count = count;
    this.base = count == 0 ? 0 : starts[0];
    boolean fits =
        count == 0
            || (count < 1 << 30
                && Long.compareUnsigned(starts[count - 1] - base, Integer.MAX_VALUE) <= 0);
    this.far = fits ? new long[0] : Arrays.copyOf(starts, count);
    this.farValues = fits ? new int[0] : Arrays.copyOf(values, count);
    this.near = new int[fits ? 2 * count : 0];
    for (int i = 0; i < near.length; i += 2) {
      near[i] = (int) (starts[i / 2] - base);
      near[i + 1] = values[i / 2];
    }
    int span = near.length == 0 ? 0 : near[near.length - 2];
    this.bucketBits = Math.max(0, bits(span) - bits(count / 4));
    this.buckets = near.length == 0 ? new int[0] : buckets();
  }

  private static int bits(int number) {
    return 32 - Integer.numberOfLeadingZeros(number);
  }

  private int[] buckets() {
    int[] first = new int[(near[near.length - 2] >>> bucketBits) + 2];
    int at = 0;
    for (int i = 0; i < first.length; i++) {
      while (at + 1 < count && near[2 * at + 2] <= (long) i << bucketBits) {
        at++;
      }
      first[i] = at;
    }
    return first;
  }

  int size() {
    return count;
  }

  /** Gives all addresses to {@code to} where a range begins, or one ends and none begins. */
  void edges(LongConsumer to) {
    for (int i = 0; i < count; i++) {
      to.accept(far.length == 0 ? base + near[2 * i] : far[i]);
    }
  }

  /** Returns the number of the range that holds {@code address}, or −1. */
  int find(long address) {
    if (address < base || count == 0) {
      return GAP;
    }
    return far.length == 0 ? findNear(address - base) : farValues[findFar(address)];
  }

  private int findNear(long distance) {
    int[] pairs = near;
    int last = pairs.length - 2;
    if (distance >= pairs[last]) {
      return pairs[last + 1];
    }
    int bucket = (int) distance >>> bucketBits;
    int low = buckets[bucket];
    int left = buckets[bucket + 1] - low + 1;
    while (left > 1) {
      int half = left >>> 1;
      low += pairs[2 * (low + half)] <= distance ? half : 0;
      left -= half;
    }
    return pairs[2 * low + 1];
  }

  private int findFar(long address) {
    int at = Arrays.binarySearch(far, address);
    return at >= 0 ? at : -at - 2;
  }

  /** Which of two ranges that overlap has the addresses that both claim. */
  enum Overlap {
    /** That of the smaller number. */
    SMALLER_WINS,
    /** That of the larger number. */
    LARGER_WINS
  }

  /** Collects ranges, which may overlap. */
  static final class Builder {
    private long[] lows = new long[16];
    private long[] highs = new long[16];
    private int[] values = new int[16];
    private int count;

    /** Adds the addresses from {@code low} up to, but without, {@code high}; nothing if empty. */
    void add(long low, long high, int value) {
      if (low >= high) {
        return;
      }
      if (count == lows.length) {
        lows = Arrays.copyOf(lows, count * 2);
        highs = Arrays.copyOf(highs, count * 2);
        values = Arrays.copyOf(values, count * 2);
      }
      lows[count] = low;
      highs[count] = high;
      values[count++] = value;
    }

    /**
     * Returns the map. Takes time for sorting, and at most twice as many ranges as were added,
     * however they overlap.
     */
    RangeMap build(Overlap overlap) {
      long sign = overlap == Overlap.SMALLER_WINS ? 1 : -1;
      long[] rank = new long[count];
      for (int i = 0; i < count; i++) {
        rank[i] = sign * values[i];
      }
      return new Sweep(rank).run(inOrder());
    }

    /**
     * Returns the map; where ranges overlap the number wins whose {@code rank} is the smallest, and
     * of those the smallest.
     *
     * @param rank by number
     */
    RangeMap build(long[] rank) {
      long[] ranks = new long[count];
      for (int i = 0; i < count; i++) {
        ranks[i] = rank[values[i]];
      }
      return new Sweep(ranks).run(inOrder());
    }

    /** A new number for a range. */
    @FunctionalInterface
    interface Numbering {
      int number(long low, long high, int old);
    }

    /** Numbers the ranges anew. */
    void renumber(Numbering numbering) {
      for (int i = 0; i < count; i++) {
        values[i] = numbering.number(lows[i], highs[i], values[i]);
      }
    }

    /** Returns whether any two of the ranges have an address in common. */
    boolean overlaps() {
      int[] order = inOrder();
      for (int i = 1; i < count; i++) {
        if (lows[order[i]] < highs[order[i - 1]]) {
          return true;
        }
      }
      return false;
    }

    /** Returns the ranges in the order of their starts. */
    private int[] inOrder() {
      int[] order = new int[count];
      long largest = 0;
      for (int i = 0; i < count; i++) {
        largest = Math.max(largest, lows[i]);
      }
      int bits = 32 - Integer.numberOfLeadingZeros(Math.max(1, count));
      if (Long.numberOfLeadingZeros(largest) <= bits) {
        return inOrderBoxed();
      }
      // Start and position in one number, which sorts without objects.
      long[] keys = new long[count];
      for (int i = 0; i < count; i++) {
        keys[i] = lows[i] << bits | i;
      }
      Arrays.sort(keys);
      for (int i = 0; i < count; i++) {
        order[i] = (int) (keys[i] & ((1L << bits) - 1));
      }
      return order;
    }

    private int[] inOrderBoxed() {
      Integer[] order = new Integer[count];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Long.compare(lows[a], lows[b]));
      int[] plain = new int[count];
      Arrays.setAll(plain, i -> order[i]);
      return plain;
    }

    /** Walks over ranges by their starts; a heap, best first, holds those that may be open. */
    private final class Sweep {
      private final long[] rank;
      private final int[] open = new int[count];
      private int opened;
      private long[] starts = new long[count + 1];
      private int[] numbers = new int[count + 1];
      private int size;
      private long at = Long.MIN_VALUE;
      private long end = Long.MIN_VALUE;

      Sweep(long[] rank) {
        this.rank = rank;
      }

      RangeMap run(int[] order) {
        for (int range : order) {
          advanceTo(lows[range]);
          push(range);
        }
        advanceTo(Long.MAX_VALUE);
        if (size > 0) {
          append(end, GAP);
        }
        return new RangeMap(starts, numbers, size);
      }

      /** Emits what the open ranges cover between {@link #at} and {@code limit}. */
      private void advanceTo(long limit) {
        while (at < limit) {
          if (opened == 0) {
            at = limit;
          } else if (highs[open[0]] <= at) {
            pop();
          } else {
            long stop = Math.min(highs[open[0]], limit);
            emit(at, stop, values[open[0]]);
            at = stop;
          }
        }
      }

      private void emit(long start, long stop, int number) {
        if (size > 0 && end < start) {
          append(end, GAP);
        }
        if (size == 0 || numbers[size - 1] != number) {
          append(start, number);
        }
        end = stop;
      }

      private void append(long start, int number) {
        if (size == starts.length) {
          starts = Arrays.copyOf(starts, size * 2);
          numbers = Arrays.copyOf(numbers, size * 2);
        }
        starts[size] = start;
        numbers[size++] = number;
      }

      private boolean before(int a, int b) {
        int order = Long.compare(rank[a], rank[b]);
        return order != 0 ? order < 0 : values[a] < values[b];
      }

      private void push(int range) {
        int hole = opened++;
        while (hole > 0 && before(range, open[(hole - 1) >>> 1])) {
          open[hole] = open[(hole - 1) >>> 1];
          hole = (hole - 1) >>> 1;
        }
        open[hole] = range;
      }

      private void pop() {
        int moved = open[--opened];
        int hole = 0;
        for (int child = 1; child < opened; child = 2 * hole + 1) {
          if (child + 1 < opened && before(open[child + 1], open[child])) {
            child++;
          }
          if (!before(open[child], moved)) {
            break;
          }
          open[hole] = open[child];
          hole = child;
        }
        open[hole] = moved;
      }
    }
  }
}
