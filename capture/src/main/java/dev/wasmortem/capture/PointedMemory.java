package dev.wasmortem.capture;

import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemorySource;
import dev.wasmortem.coredump.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The parts of a memory that can be seen from a stack: around every place that a value points to,
 * if it is a number that could be an address, and what is added by hand. For those who write
 * captures.
 *
 * <p>A place is {@value #BEFORE} bytes before an address and {@value #AFTER} after it, made a bit
 * larger so that places are apart or the same. There are {@value #MAX_PLACES} places at most; those
 * of later addresses are left out. Not thread-safe.
 */
public final class PointedMemory {
  static final int BEFORE = 1024;
  static final int AFTER = 4096;
  static final int MAX_PLACES = 1 << 16;

  /** Where a place begins and ends. */
  private static final int GRAIN = 256;

  /** How much of the stack in memory is searched for addresses: its youngest part. */
  private static final int MAX_SEARCHED = 1 << 18;

  private final long size;
  private long[] starts = new long[16];
  private long[] ends = new long[16];
  private int count;

  /**
   * Makes one without any parts.
   *
   * @param size of the memory in bytes
   */
  public PointedMemory(long size) {
    this.size = size;
  }

  /** Adds the place that a value points to, if it is an integer that could be an address. */
  public void addPlace(Value value) {
    if (value instanceof Value.I32 i32) {
      addPlace(Integer.toUnsignedLong(i32.value()));
    } else if (value instanceof Value.I64 i64) {
      addPlace(i64.value());
    }
  }

  private void addPlace(long address) {
    if (address > 0 && address < size && count < MAX_PLACES) {
      long start = Math.max(0, address - BEFORE) & -GRAIN;
      long end = Math.min(size, (address + AFTER + GRAIN - 1) & -GRAIN);
      addSpan(start, end);
    }
  }

  /** Adds bytes of the memory; what lies outside is dropped. */
  public void add(MemoryAddress start, long length) {
    long from = start.value();
    if (from >= 0 && from < size && length > 0) {
      addSpan(from, length > size - from ? size : from + length);
    }
  }

  /**
   * Adds a stack in memory, and the places that its words point to.
   *
   * @param start its youngest byte
   * @param source the memory
   */
  public void addStack(MemoryAddress start, long length, MemorySource source) {
    add(start, length);
    long from = (start.value() + 3) & -4;
    int searched = (int) Math.min(MAX_SEARCHED, Math.min(length, size - from)) & -4;
    if (from < 0 || searched <= 0) {
      return;
    }
    byte[] bytes = new byte[searched];
    source.read(new MemoryAddress(from), bytes, 0, searched);
    for (int i = 0; i < searched; i += 4) {
      addPlace(
          (bytes[i] & 0xffL)
              | (bytes[i + 1] & 0xffL) << 8
              | (bytes[i + 2] & 0xffL) << 16
              | (bytes[i + 3] & 0xffL) << 24);
    }
  }

  private void addSpan(long start, long end) {
    if (count > 0 && starts[count - 1] <= start && ends[count - 1] >= end) {
      return;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = start;
    ends[count++] = end;
  }

  /** Returns the parts by ascending addresses, those joined that overlap or touch. */
  public List<AddressRange> ranges() {
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(starts[a], starts[b]));
    List<AddressRange> ranges = new ArrayList<>();
    long start = 0;
    long end = 0;
    for (int next : order) {
      if (starts[next] > end && end > start) {
        ranges.add(new AddressRange(new MemoryAddress(start), end - start));
      }
      if (starts[next] > end || end == start) {
        start = starts[next];
      }
      end = Math.max(end, ends[next]);
    }
    if (end > start) {
      ranges.add(new AddressRange(new MemoryAddress(start), end - start));
    }
    return ranges;
  }
}
