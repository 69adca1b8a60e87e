package dev.wasmortem.coredump.write;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemoryRange;
import dev.wasmortem.coredump.MemoryState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Data segments by ascending memory and address, without their bytes. */
final class Segments {
  private final Areas areas;
  private int[] numbers;
  private long[] starts;
  private long[] ends;
  private int count;

  Segments(Areas areas, int capacity) {
    this.areas = areas;
    this.numbers = new int[Math.max(8, capacity)];
    this.starts = new long[numbers.length];
    this.ends = new long[numbers.length];
  }

  /** Adds a segment; one that begins where the last one of its area ends makes that longer. */
  void add(int area, long start, long end) {
    if (count > 0 && numbers[count - 1] == area && ends[count - 1] == start) {
      ends[count - 1] = end;
      return;
    }
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    numbers[count] = area;
    starts[count] = start;
    ends[count++] = end;
  }

  int count() {
    return count;
  }

  int area(int segment) {
    return numbers[segment];
  }

  int memory(int segment) {
    return areas.memory(numbers[segment]);
  }

  long start(int segment) {
    return starts[segment];
  }

  long end(int segment) {
    return ends[segment];
  }

  long length(int segment) {
    return ends[segment] - starts[segment];
  }

  long headerSize(int segment) {
    return areas.headerSize(numbers[segment], starts[segment], length(segment));
  }

  void writeHeader(int segment, ByteWriter out) {
    areas.writeHeader(numbers[segment], starts[segment], length(segment), out);
  }

  /** Returns the size of a Data section's payload with all of them. */
  long payloadSize() {
    long size = ByteWriter.unsignedSize(count);
    for (int i = 0; i < count; i++) {
      size += headerSize(i) + length(i);
    }
    return size;
  }

  /**
   * Returns them in portions whose payloads are no larger than {@code capacity}; a segment that
   * does not fit is divided.
   */
  List<Segments> portions(long capacity) {
    List<Segments> portions = new ArrayList<>();
    Segments portion = new Segments(areas, 8);
    long left = capacity - ByteWriter.unsignedSize(count);
    for (int i = 0; i < count; i++) {
      for (long at = starts[i]; at < ends[i]; ) {
        long length = ends[i] - at;
        long fits = Math.min(length, left - areas.headerSize(numbers[i], at, length));
        if (fits <= 0) {
          portions.add(portion);
          portion = new Segments(areas, 8);
          left = capacity - ByteWriter.unsignedSize(count);
          continue;
        }
        portion.add(numbers[i], at, at + fits);
        left -= areas.headerSize(numbers[i], at, fits) + fits;
        at += fits;
      }
    }
    if (portion.count > 0) {
      portions.add(portion);
    }
    return portions;
  }

  /**
   * Those that fit into a number of bytes.
   *
   * @param kept what fits
   * @param leftOut what does not, for each memory: ascending ranges that begin and end with a
   *     segment's byte
   * @param leftOutBytes how many bytes of segments those hold, for each memory
   */
  record Fitted(Segments kept, List<List<MemoryRange>> leftOut, List<Long> leftOutBytes) {}

  /**
   * Returns what fits into {@code bytes}, headers included: first what lies in the ranges to keep,
   * then the rest, each by ascending memory and address.
   *
   * @param first the ranges to keep of each memory: ascending, without overlaps
   */
  Fitted fit(long bytes, List<List<AddressRange>> first) {
    Pieces pieces = new Pieces(this, first);
    long left = pieces.take(true, bytes);
    if (left > 0) {
      pieces.take(false, left);
    }
    return pieces.fitted();
  }

  /** Returns how many bytes those take at most, headers included, that lie in the ranges. */
  long sizeOf(List<List<AddressRange>> first) {
    return Long.MAX_VALUE - new Pieces(this, first).take(true, Long.MAX_VALUE);
  }

  /** The segments, divided where ranges to keep begin and end. */
  private static final class Pieces {
    private final Areas areas;
    private final Segments all;
    private final boolean[] isFirst;
    private final long[] keptEnds;

    Pieces(Segments segments, List<List<AddressRange>> first) {
      int ranges = first.stream().mapToInt(List::size).sum();
      areas = segments.areas;
      all = new Segments(areas, segments.count + 2 * ranges);
      isFirst = new boolean[segments.count + 2 * ranges];
      int memory = -1;
      int next = 0;
      for (int i = 0; i < segments.count; i++) {
        if (segments.memory(i) != memory) {
          memory = segments.memory(i);
          next = 0;
        }
        List<AddressRange> kept = first.get(memory);
        long at = segments.starts[i];
        long end = segments.ends[i];
        while (at < end) {
          while (next < kept.size() && endOf(kept.get(next)) <= at) {
            next++;
          }
          long begin = next < kept.size() ? kept.get(next).start().value() : end;
          boolean inside = begin <= at;
          long to = Math.min(end, inside ? endOf(kept.get(next)) : begin);
          addPiece(segments.numbers[i], at, to, inside);
          at = to;
        }
      }
      keptEnds = Arrays.copyOf(all.starts, all.count);
    }

    /** Adds a piece, which is never joined with the one before. */
    private void addPiece(int area, long start, long end, boolean inside) {
      isFirst[all.count] = inside;
      all.numbers[all.count] = area;
      all.starts[all.count] = start;
      all.ends[all.count++] = end;
    }

    private static long endOf(AddressRange range) {
      return range.start().value() + range.length();
    }

    /** Takes pieces until there is no room; returns how much is left, 0 if it is used up. */
    long take(boolean first, long room) {
      long left = room;
      for (int i = 0; i < all.count; i++) {
        if (isFirst[i] == first) {
          long length = all.length(i);
          long fits = Math.min(length, left - all.headerSize(i));
          if (fits > 0) {
            keptEnds[i] = all.starts[i] + fits;
            left -= all.headerSize(i) + fits;
          }
          if (fits < length) {
            return 0;
          }
        }
      }
      return left;
    }

    Fitted fitted() {
      Segments kept = new Segments(areas, all.count);
      List<List<MemoryRange>> leftOut = new ArrayList<>();
      for (int memory = 0; memory < areas.memoryCount(); memory++) {
        leftOut.add(new ArrayList<>());
      }
      long[] leftOutBytes = new long[areas.memoryCount()];
      long open = -1;
      for (int i = 0; i < all.count; i++) {
        int memory = all.memory(i);
        if (keptEnds[i] > all.starts[i]) {
          kept.add(all.numbers[i], all.starts[i], keptEnds[i]);
          open = -1;
        }
        if (keptEnds[i] == all.ends[i]) {
          continue;
        }
        leftOutBytes[memory] += all.ends[i] - keptEnds[i];
        List<MemoryRange> ranges = leftOut.get(memory);
        boolean goesOn = open >= 0 && all.numbers[i - 1] == all.numbers[i];
        open = goesOn ? open : keptEnds[i];
        MemoryRange range =
            new MemoryRange(new MemoryAddress(open), all.ends[i] - open, MemoryState.NOT_CAPTURED);
        if (goesOn) {
          ranges.set(ranges.size() - 1, range);
        } else {
          ranges.add(range);
        }
      }
      return new Fitted(kept, leftOut, Arrays.stream(leftOutBytes).boxed().toList());
    }
  }
}
