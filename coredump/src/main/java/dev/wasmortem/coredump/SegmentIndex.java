package dev.wasmortem.coredump;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where in the file the bytes of one memory stand: pieces that do not overlap, sorted by address.
 * 20 bytes of heap per piece.
 */
final class SegmentIndex {
  private static final SegmentIndex EMPTY = new SegmentIndex(new long[0], new long[0], new int[0]);

  private final long[] addresses;
  private final long[] offsets;

  /** Unsigned: a section holds less than 4 GiB. */
  private final int[] lengths;

  private SegmentIndex(long[] addresses, long[] offsets, int[] lengths) {
    this.addresses = addresses;
    this.offsets = offsets;
    this.lengths = lengths;
  }

  static SegmentIndex empty() {
    return EMPTY;
  }

  int size() {
    return addresses.length;
  }

  /** Returns where the last piece ends, 0 if there is none. */
  long end() {
    return size() == 0 ? 0 : end(size() - 1);
  }

  long start(int piece) {
    return addresses[piece];
  }

  long end(int piece) {
    return addresses[piece] + length(piece);
  }

  long length(int piece) {
    return lengths[piece] & 0xffff_ffffL;
  }

  /** Returns where the source has the piece's first byte. */
  long offset(int piece) {
    return offsets[piece];
  }

  /** Returns the first piece that ends behind {@code address}. */
  int firstEndingAfter(long address) {
    int found = Arrays.binarySearch(addresses, address);
    if (found >= 0) {
      return found;
    }
    int before = -found - 2;
    return before >= 0 && end(before) > address ? before : before + 1;
  }

  /** Collects the segments of one memory in the order of the file. */
  static final class Builder {
    private long[] addresses = new long[8];
    private long[] offsets = new long[8];
    private int[] lengths = new int[8];
    private int count;
    private boolean ascending = true;

    /** Adds a segment, which is not empty and whose end does not overflow. */
    void add(long address, long offset, long length) {
      if (count > 0 && address < addresses[count - 1] + (lengths[count - 1] & 0xffff_ffffL)) {
        ascending = false;
      }
      append(address, offset, length);
    }

    private void append(long address, long offset, long length) {
      if (count == addresses.length) {
        addresses = Arrays.copyOf(addresses, count * 2);
        offsets = Arrays.copyOf(offsets, count * 2);
        lengths = Arrays.copyOf(lengths, count * 2);
      }
      addresses[count] = address;
      offsets[count] = offset;
      lengths[count++] = (int) length;
    }

    SegmentIndex build() {
      if (!ascending) {
        return laterWins();
      }
      return new SegmentIndex(
          Arrays.copyOf(addresses, count),
          Arrays.copyOf(offsets, count),
          Arrays.copyOf(lengths, count));
    }

    /**
     * Cuts out of each segment what later ones cover. Goes from the last to the first and keeps the
     * union of what was seen: each piece that is made closes a gap of the union, so all of it takes
     * O(n log n) steps and at most 2n pieces.
     */
    private SegmentIndex laterWins() {
      TreeMap<Long, Piece> pieces = new TreeMap<>();
      TreeMap<Long, Long> covered = new TreeMap<>();
      for (int i = count - 1; i >= 0; i--) {
        long start = addresses[i];
        long end = start + (lengths[i] & 0xffff_ffffL);
        long unionStart = start;
        long unionEnd = end;
        long at = start;
        Map.Entry<Long, Long> left = covered.floorEntry(start);
        if (left != null && left.getValue() >= start) {
          unionStart = left.getKey();
          at = left.getValue();
        }
        Map.Entry<Long, Long> next = covered.ceilingEntry(unionStart);
        while (next != null && next.getKey() <= end) {
          if (next.getKey() > at) {
            pieces.put(at, new Piece(offsets[i] + (at - start), next.getKey() - at));
          }
          at = Math.max(at, next.getValue());
          unionEnd = Math.max(unionEnd, next.getValue());
          covered.remove(next.getKey());
          next = covered.ceilingEntry(next.getKey());
        }
        if (at < end) {
          pieces.put(at, new Piece(offsets[i] + (at - start), end - at));
        }
        covered.put(unionStart, unionEnd);
      }
      Builder sorted = new Builder();
      pieces.forEach((address, piece) -> sorted.append(address, piece.offset, piece.length));
      return sorted.build();
    }

    private record Piece(long offset, long length) {}
  }
}
