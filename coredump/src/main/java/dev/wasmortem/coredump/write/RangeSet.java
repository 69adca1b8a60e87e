package dev.wasmortem.coredump.write;

import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.MemoryAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Bytes of a memory: ranges that ascend, are not empty and do not touch. */
public final class RangeSet {
  private final List<AddressRange> ranges;

  private RangeSet(List<AddressRange> ranges) {
    this.ranges = ranges;
  }

  /** Returns what of the ranges, in any order, lies in a memory of {@code size} bytes. */
  public static RangeSet of(List<AddressRange> any, long size) {
    List<AddressRange> sorted = new ArrayList<>(any);
    sorted.sort(Comparator.comparing(AddressRange::start));
    Builder builder = new Builder();
    for (AddressRange range : sorted) {
      long start = range.start().value();
      if (start >= 0 && start < size) {
        // An unsigned length, or one that would overflow, reaches the end.
        long length = range.length() < 0 ? size - start : Math.min(range.length(), size - start);
        builder.add(start, start + length);
      }
    }
    return new RangeSet(builder.ranges);
  }

  static RangeSet all(long size) {
    return of(List.of(new AddressRange(new MemoryAddress(0), size)), size);
  }

  /** Returns the ranges, ascending. */
  public List<AddressRange> ranges() {
    return ranges;
  }

  /** Returns the index of the first of ascending ranges that ends behind an address. */
  public static int firstEndingAfter(List<AddressRange> ranges, long address) {
    int low = 0;
    int high = ranges.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (end(ranges.get(middle)) > address) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  long bytes() {
    return ranges.stream().mapToLong(AddressRange::length).sum();
  }

  /** Returns what is in this set and not in another. */
  RangeSet minus(RangeSet other) {
    Builder builder = new Builder();
    int next = 0;
    for (AddressRange range : ranges) {
      long at = range.start().value();
      long end = end(range);
      while (next < other.ranges.size() && end(other.ranges.get(next)) <= at) {
        next++;
      }
      for (int i = next; i < other.ranges.size() && at < end; i++) {
        AddressRange hole = other.ranges.get(i);
        if (hole.start().value() >= end) {
          break;
        }
        builder.add(at, hole.start().value());
        at = Math.max(at, end(hole));
      }
      builder.add(at, end);
    }
    return new RangeSet(builder.ranges);
  }

  /** Returns what is in this set and in another. */
  RangeSet and(RangeSet other) {
    return minus(minus(other));
  }

  /** Returns what of these lies in each of some ranges, which ascend and hold all of these. */
  List<List<AddressRange>> in(List<AddressRange> parts) {
    List<List<AddressRange>> inEach = new ArrayList<>();
    int next = 0;
    for (AddressRange part : parts) {
      int first = next;
      while (next < ranges.size() && end(ranges.get(next)) <= end(part)) {
        next++;
      }
      inEach.add(ranges.subList(first, next));
    }
    return inEach;
  }

  /** Returns at most {@code limit} ranges that hold these: those become one that least parts. */
  RangeSet joined(int limit) {
    if (ranges.size() <= limit) {
      return this;
    }
    long[] gaps = new long[ranges.size() - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = ranges.get(i + 1).start().value() - end(ranges.get(i));
    }
    Arrays.sort(gaps);
    long widest = gaps[ranges.size() - 1 - limit];
    Builder builder = new Builder();
    for (AddressRange range : ranges) {
      long start = range.start().value();
      builder.add(
          start - builder.end <= widest && builder.end > 0 ? builder.end : start, end(range));
    }
    return new RangeSet(builder.ranges);
  }

  static long end(AddressRange range) {
    return range.start().value() + range.length();
  }

  /** Takes ranges by ascending start. */
  private static final class Builder {
    private final List<AddressRange> ranges = new ArrayList<>();
    private long end;

    void add(long start, long newEnd) {
      if (newEnd <= start) {
        return;
      }
      int last = ranges.size() - 1;
      if (last >= 0 && start <= end) {
        MemoryAddress before = ranges.get(last).start();
        end = Math.max(end, newEnd);
        ranges.set(last, new AddressRange(before, end - before.value()));
      } else {
        ranges.add(new AddressRange(new MemoryAddress(start), newEnd - start));
        end = newEnd;
      }
    }
  }
}
