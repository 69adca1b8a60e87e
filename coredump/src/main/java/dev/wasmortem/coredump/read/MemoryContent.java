package dev.wasmortem.coredump.read;

import dev.wasmortem.coredump.MemoryRange;
import java.util.List;

/**
 * What a dump has of one memory.
 *
 * @param pieces what segments cover
 * @param uncovered what holds of the rest
 * @param ranges what the dump says of ranges by itself; ascending, without overlaps
 */
public record MemoryContent(SegmentIndex pieces, Uncovered uncovered, List<MemoryRange> ranges) {
  /** Makes a content; the ranges are copied. */
  public MemoryContent {
    ranges = List.copyOf(ranges);
  }

  /** Returns the index of the first range that ends behind {@code address}. */
  int firstRangeEndingAfter(long address) {
    int low = 0;
    int high = ranges.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      MemoryRange range = ranges.get(middle);
      long last = range.start().value() + range.length() - 1;
      if (Long.compareUnsigned(last, address) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
