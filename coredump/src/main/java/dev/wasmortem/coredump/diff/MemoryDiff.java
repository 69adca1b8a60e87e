package dev.wasmortem.coredump.diff;

import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.CoreMemory;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemoryRange;
import dev.wasmortem.coredump.MemoryState;
import dev.wasmortem.coredump.diff.MemoryDifference.Kind;
import dev.wasmortem.coredump.diff.MemoryDifference.Range;
import dev.wasmortem.coredump.write.RangeSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads two memories side by side, in chunks. What neither dump holds is compared by its state
 * only, so that the time it takes does not depend on how large the memories are.
 */
final class MemoryDiff {
  /** How many ranges of a memory are listed. */
  static final int LISTED = 1000;

  private static final int CHUNK = 1 << 20;

  /** So many equal bytes between differing ones do not part a range. */
  private static final int JOINED = 15;

  private final CoreMemory left;
  private final CoreMemory right;
  private final byte[] leftBytes = new byte[CHUNK];
  private final byte[] rightBytes = new byte[CHUNK];
  private final List<Range> ranges = new ArrayList<>();
  private long more;
  private long bytes;
  private long stateBytes;

  /** The range that may still grow. */
  private Optional<Range> open = Optional.empty();

  MemoryDiff(CoreMemory left, CoreMemory right) {
    this.left = left;
    this.right = right;
  }

  /** Returns what differs up to where the smaller memory ends, empty if nothing does. */
  Optional<MemoryDifference> compare() {
    List<MemoryRange> ofLeft = left.ranges();
    List<MemoryRange> ofRight = right.ranges();
    List<AddressRange> stored = stored();
    int i = 0;
    int j = 0;
    int next = 0;
    long from = 0;
    while (i < ofLeft.size() && j < ofRight.size()) {
      MemoryRange one = ofLeft.get(i);
      MemoryRange other = ofRight.get(j);
      long oneEnd = one.start().value() + one.length();
      long otherEnd = other.start().value() + other.length();
      long to = Math.min(oneEnd, otherEnd);
      if (worth(one.state()) != worth(other.state())) {
        add(
            new Range(
                Kind.STATES, address(from), to - from, to - from, one.state(), other.state()));
      } else {
        while (next < stored.size() && end(stored.get(next)) <= from) {
          next++;
        }
        for (int k = next; k < stored.size() && stored.get(k).start().value() < to; k++) {
          AddressRange bytes = stored.get(k);
          bytes(
              Math.max(from, bytes.start().value()),
              Math.min(to, end(bytes)),
              one.state(),
              other.state());
        }
      }
      from = to;
      i += oneEnd == to ? 1 : 0;
      j += otherEnd == to ? 1 : 0;
    }
    close();
    return ranges.isEmpty()
        ? Optional.empty()
        : Optional.of(new MemoryDifference(left.index(), bytes, stateBytes, ranges, more));
  }

  /** Returns where one of the dumps has bytes; ascending, without overlaps. */
  private List<AddressRange> stored() {
    List<AddressRange> stored = new ArrayList<>(left.stored());
    stored.addAll(right.stored());
    return RangeSet.of(stored, Math.max(left.size(), right.size())).ranges();
  }

  private static long end(AddressRange range) {
    return range.start().value() + range.length();
  }

  private void bytes(long from, long to, MemoryState one, MemoryState other) {
    int length;
    for (long at = from; at < to; at += length) {
      length = (int) Math.min(CHUNK, to - at);
      left.read(address(at), leftBytes, 0, length);
      right.read(address(at), rightBytes, 0, length);
      compare(at, length, one, other);
    }
  }

  private static MemoryAddress address(long address) {
    return new MemoryAddress(address);
  }

  /** Returns what bytes of a state are worth: zeros that are known are as good as any bytes. */
  private static MemoryState worth(MemoryState state) {
    return switch (state) {
      case CAPTURED, KNOWN_ZERO -> MemoryState.CAPTURED;
      case NOT_CAPTURED, TRUNCATED -> MemoryState.NOT_CAPTURED;
      case REDACTED, UNSPECIFIED, OUT_OF_BOUNDS -> state;
    };
  }

  private void compare(long chunk, int to, MemoryState one, MemoryState other) {
    int at = 0;
    while (at < to) {
      int same = Arrays.mismatch(leftBytes, at, to, rightBytes, at, to);
      if (same < 0) {
        return;
      }
      int from = at + same;
      at = from;
      while (at < to && leftBytes[at] != rightBytes[at]) {
        at++;
      }
      add(new Range(Kind.BYTES, address(chunk + from), at - from, at - from, one, other));
    }
  }

  private void add(Range range) {
    if (range.kind() == Kind.BYTES) {
      bytes += range.bytes();
    } else {
      stateBytes += range.bytes();
    }
    if (open.isPresent() && joins(open.get(), range)) {
      Range before = open.get();
      long length = range.start().value() + range.length() - before.start().value();
      open =
          Optional.of(
              new Range(
                  before.kind(),
                  before.start(),
                  length,
                  before.bytes() + range.bytes(),
                  before.left(),
                  before.right()));
    } else {
      close();
      open = Optional.of(range);
    }
  }

  private static boolean joins(Range before, Range range) {
    long gap = range.start().value() - before.start().value() - before.length();
    return range.kind() == before.kind()
        && range.left() == before.left()
        && range.right() == before.right()
        && gap <= (range.kind() == Kind.BYTES ? JOINED : 0);
  }

  private void close() {
    if (open.isPresent()) {
      if (ranges.size() < LISTED) {
        ranges.add(open.get());
      } else {
        more++;
      }
      open = Optional.empty();
    }
  }
}
