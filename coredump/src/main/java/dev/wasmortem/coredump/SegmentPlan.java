package dev.wasmortem.coredump;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.wasm.types.AddressType;
import java.util.ArrayList;
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
  private final List<AddressType> addressTypes = new ArrayList<>();

  private int[] memories;
  private long[] starts;
  private long[] ends;
  private int count;

  /** Gaps up to this length are outnumbered by longer ones already. */
  private long hopelessGap;

  /**
   * @param limit how many segments there may be; at least the number of memories
   */
  SegmentPlan(int limit) {
    this.limit = limit;
    int capacity = Math.min(2 * limit, 64);
    this.memories = new int[capacity];
    this.starts = new long[capacity];
    this.ends = new long[capacity];
  }

  /** Scans the next memory. */
  void add(AddressType addressType, MemorySource source) {
    addressTypes.add(addressType);
    MemoryScanner.scan(source, this);
  }

  @Override
  public void run(long start, long end) {
    int memory = addressTypes.size() - 1;
    int last = count - 1;
    if (last >= 0
        && memories[last] == memory
        && (start - ends[last] <= hopelessGap
            || !pays(memory, starts[last], ends[last], start, end))) {
      ends[last] = end;
      return;
    }
    append(memory, start, end);
    if (count == 2 * limit) {
      joinSmallestGaps();
    }
  }

  /** Returns whether two segments are smaller than one that holds the gap between them. */
  private boolean pays(int memory, long start, long end, long nextStart, long nextEnd) {
    long apart =
        headerSize(memory, start, end - start) + headerSize(memory, nextStart, nextEnd - nextStart);
    return apart < headerSize(memory, start, nextEnd - start) + (nextStart - end);
  }

  private void append(int memory, long start, long end) {
    if (count == starts.length) {
      int capacity = Math.min(2 * limit, 2 * count);
      memories = Arrays.copyOf(memories, capacity);
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }
    memories[count] = memory;
    starts[count] = start;
    ends[count++] = end;
  }

  private boolean followsInMemory(int segment) {
    return segment > 0 && memories[segment] == memories[segment - 1];
  }

  private long gapBefore(int segment) {
    return starts[segment] - ends[segment - 1];
  }

  /** Joins segments until there are no more than allowed. */
  private void joinSmallestGaps() {
    long[] gaps = new long[count];
    int gapCount = 0;
    for (int i = 0; i < count; i++) {
      if (followsInMemory(i)) {
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
      boolean follows = i > 0 && memories[i] == memories[count - 1];
      long gap = follows ? starts[i] - ends[count - 1] : 0;
      if (follows && (gap < smallest || (gap == smallest && ties-- <= 0))) {
        ends[count - 1] = ends[i];
      } else {
        append(memories[i], starts[i], ends[i]);
      }
    }
    hopelessGap = smallest;
  }

  /**
   * Ends the planning: keeps to the limit of segments, then to {@code sectionBytes}.
   *
   * @return how many bytes of each memory are left out because the section would be too large
   */
  long[] finish(long sectionBytes) {
    joinSmallestGaps();
    long[] leftOut = new long[addressTypes.size()];
    long room = sectionBytes - ByteWriter.unsignedSize(count);
    int kept = 0;
    boolean full = false;
    for (int i = 0; i < count; i++) {
      long length = length(i);
      long fits = full ? 0 : Math.min(length, room - headerSize(memories[i], starts[i], length));
      if (fits > 0) {
        ends[i] = starts[i] + fits;
        room -= headerSize(memories[i], starts[i], fits) + fits;
        kept = i + 1;
      }
      full = fits < length;
      leftOut[memories[i]] += length - Math.max(0, fits);
    }
    count = kept;
    return leftOut;
  }

  int count() {
    return count;
  }

  int memory(int segment) {
    return memories[segment];
  }

  long start(int segment) {
    return starts[segment];
  }

  long length(int segment) {
    return ends[segment] - starts[segment];
  }

  /** Returns the size of the Data section's payload. */
  long payloadSize() {
    long size = ByteWriter.unsignedSize(count);
    for (int i = 0; i < count; i++) {
      size += headerSize(memories[i], starts[i], length(i)) + length(i);
    }
    return size;
  }

  /** Writes what stands before a segment's bytes (Core Specification 3.0, §5.5.15). */
  void writeHeader(int segment, ByteWriter out) {
    int memory = memories[segment];
    if (memory == 0) {
      out.u8(0x00);
    } else {
      out.u8(0x02).unsigned(memory);
    }
    out.u8(addressTypes.get(memory) == AddressType.I32 ? 0x41 : 0x42);
    out.signed(constant(memory, starts[segment]));
    out.u8(0x0b).unsigned(length(segment));
  }

  private long headerSize(int memory, long start, long length) {
    int fixed = memory == 0 ? 3 : 3 + ByteWriter.unsignedSize(memory);
    return (long) fixed
        + ByteWriter.signedSize(constant(memory, start))
        + ByteWriter.unsignedSize(length);
  }

  /** Returns the address as the constant instruction writes it, which knows signed numbers only. */
  private long constant(int memory, long address) {
    return addressTypes.get(memory) == AddressType.I32 ? (int) address : address;
  }
}
