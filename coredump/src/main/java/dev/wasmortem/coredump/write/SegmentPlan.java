package dev.wasmortem.coredump.write;

import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.MemorySource;
import java.util.Arrays;
import java.util.List;

/**
 * Which parts of the memories become data segments. A gap of zeros between two runs is left out
 * when that makes the file smaller: when the gap is longer than what the second header costs, to
 * the byte. When there are more segments than allowed, those are joined first that the smallest
 * gaps part; among equal gaps the earlier ones stay.
 *
 * <p>Keeps at most twice as many segments as are allowed, however many runs there are.
 */
final class SegmentPlan implements MemoryScanner.Runs {
  private final int limit;
  private final Areas areas;

  private int area;
  private int[] numbers;
  private long[] starts;
  private long[] ends;
  private int count;

  /** Gaps up to this length are outnumbered by longer ones already. */
  private long hopelessGap;

  /**
   * @param limit how many segments there may be; at least the number of areas
   */
  SegmentPlan(int limit, Areas areas) {
    this.limit = limit;
    this.areas = areas;
    int capacity = Math.min(2 * limit, 64);
    this.numbers = new int[capacity];
    this.starts = new long[capacity];
    this.ends = new long[capacity];
  }

  /**
   * Scans parts of an area of a memory; areas come by ascending memory and address.
   *
   * @param parts those outside of which all is zero, ascending
   */
  void add(int memory, MemorySource source, List<AddressRange> parts) {
    area = areas.add(memory);
    for (AddressRange part : parts) {
      PairedScan.scan(source, part, this);
    }
  }

  @Override
  public void run(long start, long end) {
    int last = count - 1;
    if (last >= 0
        && numbers[last] == area
        && (start - ends[last] <= hopelessGap || !pays(starts[last], ends[last], start, end))) {
      ends[last] = end;
      return;
    }
    append(area, start, end);
    if (count == 2 * limit) {
      joinSmallestGaps();
    }
  }

  /** Returns whether two segments are smaller than one that holds the gap between them. */
  private boolean pays(long start, long end, long nextStart, long nextEnd) {
    long apart =
        areas.headerSize(area, start, end - start)
            + areas.headerSize(area, nextStart, nextEnd - nextStart);
    return apart < areas.headerSize(area, start, nextEnd - start) + (nextStart - end);
  }

  private void append(int number, long start, long end) {
    if (count == starts.length) {
      int capacity = Math.min(2 * limit, 2 * count);
      numbers = Arrays.copyOf(numbers, capacity);
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }
    numbers[count] = number;
    starts[count] = start;
    ends[count++] = end;
  }

  private boolean followsInArea(int segment) {
    return segment > 0 && numbers[segment] == numbers[segment - 1];
  }

  private long gapBefore(int segment) {
    return starts[segment] - ends[segment - 1];
  }

  /** Joins segments until there are no more than allowed. */
  private void joinSmallestGaps() {
    long[] gaps = new long[count];
    int gapCount = 0;
    for (int i = 0; i < count; i++) {
      if (followsInArea(i)) {
        gaps[gapCount++] = gapBefore(i);
      }
    }
    int kept = limit - (count - gapCount);
    if (kept >= gapCount) {
      return;
    }
    Arrays.sort(gaps, 0, gapCount);
    // The gaps to keep are the last `kept`; of those as long as the first of them, only some.
    long smallest = kept > 0 ? gaps[gapCount - kept] : Long.MAX_VALUE;
    int ties = 0;
    for (int i = gapCount - kept; i < gapCount && gaps[i] == smallest; i++) {
      ties++;
    }
    int all = count;
    count = 0;
    for (int i = 0; i < all; i++) {
      boolean follows = i > 0 && numbers[i] == numbers[count - 1];
      long gap = follows ? starts[i] - ends[count - 1] : 0;
      if (follows && (gap < smallest || (gap == smallest && ties-- <= 0))) {
        ends[count - 1] = ends[i];
      } else {
        append(numbers[i], starts[i], ends[i]);
      }
    }
    hopelessGap = smallest;
  }

  /** Ends the planning: keeps to the limit of segments. */
  Segments finish() {
    joinSmallestGaps();
    Segments segments = new Segments(areas, count);
    for (int i = 0; i < count; i++) {
      segments.add(numbers[i], starts[i], ends[i]);
    }
    return segments;
  }
}
