package dev.wasmortem.dwarf;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * From addresses to numbers: disjoint ranges in flat sorted arrays, found by one binary search.
 * Immutable.
 */
final class RangeMap {
  private final long[] starts;
  private final long[] ends;
  private final int[] values;

  private RangeMap(long[] starts, long[] ends, int[] values) {
    this.starts = starts;
    this.ends = ends;
    this.values = values;
  }

  /** Returns the number of the range that holds {@code address}, or −1. */
  int find(long address) {
    int low = 0;
    int high = starts.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] <= address) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high >= 0 && address < ends[high] ? values[high] : -1;
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

    /** Returns the map; where ranges overlap the smallest number wins. */
    RangeMap build() {
      return build(new long[0]);
    }

    /**
     * Returns the map; where ranges overlap the number wins whose {@code rank} is the smallest, and
     * of those the smallest. Takes time for sorting, and at most twice as many ranges as were
     * added, however they overlap.
     *
     * @param rank by number; numbers behind its end have rank 0
     */
    RangeMap build(long[] rank) {
      int[] order = inOrder();
      boolean disjoint = true;
      for (int i = 1; i < count; i++) {
        disjoint &= lows[order[i]] >= highs[order[i - 1]];
      }
      if (!disjoint) {
        return new Sweep(rank).run(order);
      }
      long[] starts = new long[count];
      long[] ends = new long[count];
      int[] numbers = new int[count];
      for (int i = 0; i < count; i++) {
        starts[i] = lows[order[i]];
        ends[i] = highs[order[i]];
        numbers[i] = values[order[i]];
      }
      return new RangeMap(starts, ends, numbers);
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

    /** Walks over ranges that overlap by their starts; a heap holds those that may be open. */
    private final class Sweep {
      private final PriorityQueue<Integer> open;
      private long[] starts = new long[count];
      private long[] ends = new long[count];
      private int[] numbers = new int[count];
      private int size;
      private long at = Long.MIN_VALUE;

      Sweep(long[] rank) {
        open =
            new PriorityQueue<>(
                (a, b) -> {
                  int order = Long.compare(rank(rank, values[a]), rank(rank, values[b]));
                  return order != 0 ? order : Integer.compare(values[a], values[b]);
                });
      }

      private static long rank(long[] rank, int value) {
        return value < rank.length ? rank[value] : 0;
      }

      RangeMap run(int[] order) {
        for (int range : order) {
          advanceTo(lows[range]);
          open.add(range);
        }
        advanceTo(Long.MAX_VALUE);
        return new RangeMap(
            Arrays.copyOf(starts, size), Arrays.copyOf(ends, size), Arrays.copyOf(numbers, size));
      }

      /** Emits what the open ranges cover between {@link #at} and {@code limit}. */
      private void advanceTo(long limit) {
        while (at < limit) {
          Integer best = open.peek();
          if (best == null) {
            at = limit;
          } else if (highs[best] <= at) {
            open.remove();
          } else {
            long end = Math.min(highs[best], limit);
            emit(at, end, values[best]);
            at = end;
          }
        }
      }

      private void emit(long start, long end, int number) {
        if (size > 0 && ends[size - 1] == start && numbers[size - 1] == number) {
          ends[size - 1] = end;
          return;
        }
        if (size == starts.length) {
          starts = Arrays.copyOf(starts, size * 2);
          ends = Arrays.copyOf(ends, size * 2);
          numbers = Arrays.copyOf(numbers, size * 2);
        }
        starts[size] = start;
        ends[size] = end;
        numbers[size++] = number;
      }
    }
  }
}
