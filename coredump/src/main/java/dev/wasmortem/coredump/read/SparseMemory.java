package dev.wasmortem.coredump.read;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Lazy;
import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.CoreMemory;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemoryRange;
import dev.wasmortem.coredump.MemoryState;
import dev.wasmortem.wasm.types.AddressType;
import dev.wasmortem.wasm.types.MemoryType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A memory made of what the data segments hold and a state for what they do not. */
public final class SparseMemory implements CoreMemory {
  /** The reason of a state that the dump tells by itself. */
  static final String SAID = "the dump's section wasmortem.memory says so";

  private final int index;
  private final MemoryType type;
  private final ByteSource source;
  private final Lazy<List<MemoryContent>> contents;

  /**
   * @param source the dump
   * @param contents what the dump has of all its memories
   */
  public SparseMemory(
      int index, MemoryType type, ByteSource source, Lazy<List<MemoryContent>> contents) {
    this.index = index;
    this.type = type;
    this.source = source;
    this.contents = contents;
  }

  /**
   * Returns how large a memory of that type may have been: its minimum, which the convention makes
   * its size. xtuc's rewriter writes a minimum of zero; then all up to the maximum is possible,
   * without one all that has an address.
   */
  public static long possibleSize(MemoryType type) {
    long pages = type.limits().min();
    if (pages == 0) {
      if (type.limits().max().isEmpty()) {
        return type.addressType() == AddressType.I32 ? 1L << Integer.SIZE : Long.MAX_VALUE;
      }
      pages = type.limits().max().getAsLong();
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
    if (type.limits().min() != 0) {
      return possibleSize(type);
    }
    long end = content().pieces().end();
    long rounded = end + (-end & ((1L << type.pageSizeLog2()) - 1));
    return Math.min(rounded < 0 ? Long.MAX_VALUE : rounded, possibleSize(type));
  }

  private MemoryContent content() {
    return contents.get().get(index);
  }

  @Override
  public List<MemoryRange> read(MemoryAddress address, byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    SegmentIndex pieces = content().pieces();
    Arrays.fill(target, offset, offset + length, (byte) 0);
    Ranges ranges = new Ranges();
    long start = address.value();
    long size = size();
    // What lies beyond the memory, or wraps around the end of all addresses, is out of bounds.
    long inside = start < 0 ? 0 : Math.max(0, Math.min(length, size - start));
    walk(
        start,
        start + inside,
        (piece, from, to, state, why) -> {
          ranges.add(from, to - from, state);
          if (isThere(pieces, piece)) {
            source.copyTo(
                pieces.offset(piece) + (from - pieces.start(piece)),
                target,
                offset + (int) (from - start),
                (int) (to - from));
          }
        });
    ranges.add(start + inside, length - inside, MemoryState.OUT_OF_BOUNDS);
    return ranges.list();
  }

  @Override
  public List<MemoryRange> ranges() {
    Ranges ranges = new Ranges();
    walk(0, size(), (piece, from, to, state, why) -> ranges.add(from, to - from, state));
    return ranges.list();
  }

  @Override
  public List<AddressRange> stored() {
    SegmentIndex pieces = content().pieces();
    Ranges ranges = new Ranges();
    walk(
        0,
        size(),
        (piece, from, to, state, why) -> {
          if (isStored(pieces, piece, state)) {
            ranges.add(from, to - from, MemoryState.CAPTURED);
          }
        });
    return ranges.list().stream().map(r -> new AddressRange(r.start(), r.length())).toList();
  }

  private static boolean isThere(SegmentIndex pieces, int piece) {
    return piece >= 0 && pieces.offset(piece) != SegmentIndex.LOST;
  }

  private static boolean isStored(SegmentIndex pieces, int piece, MemoryState state) {
    return isThere(pieces, piece)
        && (state == MemoryState.CAPTURED || state == MemoryState.REDACTED);
  }

  @Override
  public long bytesIn(MemoryState state) {
    long[] bytes = {0};
    walk(
        0,
        size(),
        (piece, from, to, its, why) -> {
          if (its == state) {
            bytes[0] += to - from;
          }
        });
    return bytes[0];
  }

  @Override
  public String reason(MemoryAddress address) {
    long start = address.value();
    if (start < 0 || start >= size()) {
      return "the memory ends before";
    }
    String[] reason = {""};
    walk(start, start + 1, (piece, from, to, state, why) -> reason[0] = why);
    return reason[0];
  }

  private interface Stretch {
    /**
     * Takes a stretch whose bytes are all in one state.
     *
     * @param piece the piece of a segment that covers it, -1 if none does
     */
    void take(int piece, long from, long to, MemoryState state, String why);
  }

  private void walk(long start, long end, Stretch stretch) {
    MemoryContent content = content();
    SegmentIndex pieces = content.pieces();
    long at = start;
    for (int piece = pieces.firstEndingAfter(start);
        piece < pieces.size() && pieces.start(piece) < end;
        piece++) {
      long from = Math.max(at, pieces.start(piece));
      long to = Math.min(end, pieces.end(piece));
      if (to > from) {
        uncovered(content, at, from, stretch);
        covered(content, piece, from, to, stretch);
        at = to;
      }
    }
    uncovered(content, at, end, stretch);
  }

  private static void covered(
      MemoryContent content, int piece, long from, long to, Stretch stretch) {
    boolean lost = content.pieces().offset(piece) == SegmentIndex.LOST;
    split(
        content,
        from,
        to,
        (start, end, said) -> {
          // That there are zeros is not believed against bytes that are there.
          boolean captured =
              said == null
                  || said == MemoryState.CAPTURED
                  || (said == MemoryState.KNOWN_ZERO && !lost);
          if (lost && (captured || said == MemoryState.REDACTED)) {
            stretch.take(
                piece,
                start,
                end,
                MemoryState.TRUNCATED,
                "a segment holds these bytes in the part of the file that is cut off");
          } else if (captured || said == null) {
            stretch.take(piece, start, end, MemoryState.CAPTURED, "a segment holds these bytes");
          } else {
            stretch.take(piece, start, end, said, SAID);
          }
        });
  }

  private static void uncovered(MemoryContent content, long from, long to, Stretch stretch) {
    Uncovered rest = content.uncovered();
    long boundary = Math.max(from, Math.min(to, rest.boundary()));
    uncovered(content, from, boundary, rest.below(), rest.whyBelow(), stretch);
    uncovered(content, boundary, to, rest.above(), rest.whyAbove(), stretch);
  }

  private static void uncovered(
      MemoryContent content, long from, long to, MemoryState state, String why, Stretch stretch) {
    split(
        content,
        from,
        to,
        (start, end, said) -> {
          if (said == null) {
            stretch.take(-1, start, end, state, why);
          } else if (said != MemoryState.CAPTURED) {
            stretch.take(-1, start, end, said, SAID);
          } else {
            boolean lost = state == MemoryState.TRUNCATED;
            stretch.take(
                -1,
                start,
                end,
                lost ? MemoryState.TRUNCATED : MemoryState.UNSPECIFIED,
                "the dump's section wasmortem.memory says that these bytes are in it; they are not");
          }
        });
  }

  private interface Said {
    /**
     * Takes a stretch.
     *
     * @param said what the dump says of it by itself, null if nothing
     */
    void take(long from, long to, @Nullable MemoryState said);
  }

  /** Splits a stretch by the ranges of which the dump says something by itself. */
  private static void split(MemoryContent content, long from, long to, Said taker) {
    List<MemoryRange> ranges = content.ranges();
    long at = from;
    for (int i = content.firstRangeEndingAfter(from); i < ranges.size() && at < to; i++) {
      MemoryRange range = ranges.get(i);
      long start = range.start().value();
      if (start < 0 || start >= to) {
        break;
      }
      long end = start + range.length() < 0 ? to : Math.min(to, start + range.length());
      if (start > at) {
        taker.take(at, start, null);
        at = start;
      }
      taker.take(at, end, range.state());
      at = end;
    }
    if (at < to) {
      taker.take(at, to, null);
    }
  }

  /** Ranges in order, neighbours of one state joined. */
  private static final class Ranges {
    private final List<MemoryRange> ranges = new ArrayList<>();

    void add(long start, long length, MemoryState state) {
      if (length == 0) {
        return;
      }
      int last = ranges.size() - 1;
      MemoryRange before = last < 0 ? null : ranges.get(last);
      if (before != null
          && before.state() == state
          && before.start().value() + before.length() == start) {
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
