package dev.wasmortem.coredump;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Lazy;
import dev.wasmortem.wasm.types.MemoryType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A memory made of what the data segments hold and a state for what they do not. */
final class SparseMemory implements CoreMemory {
  private final int index;
  private final MemoryType type;
  private final ByteSource source;
  private final Lazy<List<SegmentIndex>> segments;
  private final MemoryState gaps;

  /**
   * @param source the dump
   * @param segments the segments of all memories of the dump
   * @param gaps the state of what no segment covers
   */
  SparseMemory(
      int index,
      MemoryType type,
      ByteSource source,
      Lazy<List<SegmentIndex>> segments,
      MemoryState gaps) {
    this.index = index;
    this.type = type;
    this.source = source;
    this.segments = segments;
    this.gaps = gaps;
  }

  /**
   * Returns how large a memory of that type may have been: its minimum, which the convention makes
   * its size. xtuc's rewriter writes a minimum of zero; then all up to the maximum is possible.
   */
  static long possibleSize(MemoryType type) {
    long pages = type.limits().min();
    if (pages == 0) {
      pages = type.limits().max().orElse(0);
    }
    return bytes(pages, type.pageSizeLog2());
  }

  /** Returns the size of so many pages, 2⁶³−1 where it is more. */
  private static long bytes(long pages, int pageSizeLog2) {
    if (pages == 0) {
      return 0;
    }
    boolean fits = pages > 0 && pageSizeLog2 < 63 && pages <= (Long.MAX_VALUE >>> pageSizeLog2);
    return fits ? pages << pageSizeLog2 : Long.MAX_VALUE;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public MemoryType type() {
    return type;
  }

  @Override
  public long size() {
    if (type.limits().min() != 0 || type.limits().max().isEmpty()) {
      return possibleSize(type);
    }
    long end = segments.get().get(index).end();
    long page = type.pageSize();
    long rounded = end + Long.remainderUnsigned(-end, page);
    return Math.min(rounded < 0 ? Long.MAX_VALUE : rounded, possibleSize(type));
  }

  @Override
  public List<MemoryRange> read(MemoryAddress address, byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    SegmentIndex pieces = segments.get().get(index);
    Arrays.fill(target, offset, offset + length, (byte) 0);
    Ranges ranges = new Ranges();
    long start = address.value();
    long size = size();
    // What lies beyond the memory, or wraps around the end of all addresses, is out of bounds.
    long inside = start < 0 ? 0 : Math.max(0, Math.min(length, size - start));
    walk(
        pieces,
        start,
        start + inside,
        ranges,
        (piece, from, bytes) ->
            source.copyTo(
                pieces.offset(piece) + (from - pieces.start(piece)),
                target,
                offset + (int) (from - start),
                (int) bytes));
    ranges.add(start + inside, length - inside, MemoryState.OUT_OF_BOUNDS);
    return ranges.list();
  }

  @Override
  public List<MemoryRange> ranges() {
    Ranges ranges = new Ranges();
    walk(segments.get().get(index), 0, size(), ranges, (piece, from, bytes) -> {});
    return ranges.list();
  }

  private interface Captured {
    void take(int piece, long from, long bytes);
  }

  private void walk(SegmentIndex pieces, long start, long end, Ranges ranges, Captured captured) {
    long at = start;
    for (int piece = pieces.firstEndingAfter(start);
        piece < pieces.size() && pieces.start(piece) < end;
        piece++) {
      long from = Math.max(at, pieces.start(piece));
      long to = Math.min(end, pieces.end(piece));
      if (to > from) {
        ranges.add(at, from - at, gaps);
        ranges.add(from, to - from, MemoryState.CAPTURED);
        captured.take(piece, from, to - from);
        at = to;
      }
    }
    ranges.add(at, Math.max(0, end - at), gaps);
  }

  /** Ranges in order, neighbours of one state joined. */
  private static final class Ranges {
    private final List<MemoryRange> ranges = new ArrayList<>();

    void add(long start, long length, MemoryState state) {
      if (length == 0) {
        return;
      }
      int last = ranges.size() - 1;
      if (last >= 0 && ranges.get(last).state() == state) {
        MemoryRange before = ranges.get(last);
        ranges.set(last, new MemoryRange(before.start(), before.length() + length, state));
      } else {
        ranges.add(new MemoryRange(new MemoryAddress(start), length, state));
      }
    }

    List<MemoryRange> list() {
      return List.copyOf(ranges);
    }
  }
}
