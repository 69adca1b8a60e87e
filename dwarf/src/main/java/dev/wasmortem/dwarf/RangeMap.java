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
      return build(Integer::compare);
    }

    /**
     * Returns the map; where ranges overlap the number that {@code precedence} puts first wins.
     * Takes time for sorting, and at most twice as many ranges as were added, however they overlap.
     */
    RangeMap build(IntComparator precedence) {
      Integer[] order = new Integer[count];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Long.compare(lows[a], lows[b]));
      Sweep sweep = new Sweep(precedence);
      for (int i : order) {
        sweep.open(i);
      }
      sweep.closeAll();
      return sweep.map();
    }

    /** Compares two numbers of ranges. */
    @FunctionalInterface
    interface IntComparator {
      int compare(int a, int b);
    }

    /** Walks over the ranges by their starts; a heap holds those that may still be open. */
    private final class Sweep {
      private final PriorityQueue<Integer> open;
      private long[] starts;
      private long[] ends;
      private int[] numbers;
      private int size;
      private long at = Long.MIN_VALUE;

      Sweep(IntComparator precedence) {
        starts = new long[count];
        ends = new long[count];
        numbers = new int[count];
        open =
            new PriorityQueue<>(
                (a, b) -> {
                  int order = precedence.compare(values[a], values[b]);
                  return order != 0 ? order : Integer.compare(a, b);
                });
      }

      void open(int range) {
        advanceTo(lows[range]);
        open.add(range);
      }

      void closeAll() {
        advanceTo(Long.MAX_VALUE);
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

      RangeMap map() {
        return new RangeMap(
            Arrays.copyOf(starts, size), Arrays.copyOf(ends, size), Arrays.copyOf(numbers, size));
      }
    }
  }
}
