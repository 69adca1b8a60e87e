package dev.wasmortem.coredump.read;

import java.util.Arrays;

/**
 * Where in the file the bytes of one memory stand: pieces that do not overlap, sorted by address.
 * 20 bytes of heap per piece. A piece may be lost: its bytes stood in what is cut off the file.
 */
final class SegmentIndex {
  /** The offset of a piece whose bytes are lost. */
  static final long LOST = -1;

  private final long[] addresses;
  private final long[] offsets;

  /** Unsigned: a section holds less than 4 GiB. */
  private final int[] lengths;

  private final int count;
  private final boolean inChunks;

  private SegmentIndex(
      long[] addresses, long[] offsets, int[] lengths, int count, boolean inChunks) {
    this.addresses = addresses;
    this.offsets = offsets;
    this.lengths = lengths;
    this.count = count;
    this.inChunks = inChunks;
  }

  int size() {
    return count;
  }

  /** Returns where the last piece ends, 0 if there is none. */
  long end() {
    return count == 0 ? 0 : end(count - 1);
  }

  long start(int piece) {
    return addresses[piece];
  }

  long end(int piece) {
    return addresses[piece] + length(piece);
  }

  long length(int piece) {
    return Integer.toUnsignedLong(lengths[piece]);
  }

  /** Returns where the source has the piece's first byte, {@link #LOST} if nowhere. */
  long offset(int piece) {
    return offsets[piece];
  }

  /** Returns the first piece that ends behind {@code address}. */
  int firstEndingAfter(long address) {
    int found = Arrays.binarySearch(addresses, 0, count, address);
    if (found >= 0) {
      return found;
    }
    int before = -found - 2;
    return before >= 0 && end(before) > address ? before : before + 1;
  }

  /**
   * Returns whether the segments are what Wasmtime makes of a memory: of each 4096 bytes at most
   * one, by ascending addresses.
   */
  boolean inChunks() {
    return inChunks;
  }

  /** Collects the segments of one memory in the order of the file. */
  static final class Builder {
    private static final int CHUNK_SHIFT = 12;

    private long[] addresses = new long[8];
    private long[] offsets = new long[8];
    private int[] lengths = new int[8];
    private int count;
    private boolean ascending = true;
    private boolean inChunks = true;

    /**
     * Adds a segment, which is not empty and whose end does not overflow.
     *
     * @param offset where its bytes stand, or {@link #LOST}
     */
    void add(long address, long offset, long length) {
      long last =
          count == 0 ? -1 : addresses[count - 1] + Integer.toUnsignedLong(lengths[count - 1]) - 1;
      boolean follows = count == 0 || address > last;
      ascending &= follows;
      // The lost rest of a segment goes on where the rest of it ends.
      boolean goesOn = offset == LOST && address == last + 1;
      inChunks &=
          follows
              && address >>> CHUNK_SHIFT == (address + length - 1) >>> CHUNK_SHIFT
              && (goesOn || count == 0 || address >>> CHUNK_SHIFT > last >>> CHUNK_SHIFT);
      append(address, offset, length);
    }

    private void append(long address, long offset, long length) {
      if (count == addresses.length) {
        int capacity = count + (count >> 1);
        addresses = Arrays.copyOf(addresses, capacity);
        offsets = Arrays.copyOf(offsets, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
      }
      addresses[count] = address;
      offsets[count] = offset;
      lengths[count++] = (int) length;
    }

    SegmentIndex build() {
      SegmentIndex all = new SegmentIndex(addresses, offsets, lengths, count, inChunks);
      return ascending ? all : new Overlaps(all).laterWins();
    }

    /** Returns an index of what {@link #append} was given, which is in order. */
    private SegmentIndex sorted() {
      return new SegmentIndex(addresses, offsets, lengths, count, false);
    }
  }

  /**
   * Cuts out of each segment what later ones cover, going through the addresses upwards: of the
   * segments that reach the place, kept in a heap, the last one counts. A segment enters and leaves
   * the heap once, so all of it takes O(n log n) steps and makes at most 2n pieces.
   */
  private static final class Overlaps {
    private final SegmentIndex segments;
    private final int[] byAddress;

    /** A binary heap, the last segment at its top. */
    private final int[] heap;

    private int heapSize;
    private final Builder pieces = new Builder();
    private int openSegment = -1;
    private long openStart;
    private long openEnd;

    Overlaps(SegmentIndex segments) {
      this.segments = segments;
      this.byAddress = new int[segments.count];
      this.heap = new int[segments.count];
      for (int i = 0; i < byAddress.length; i++) {
        byAddress[i] = i;
      }
      sort(byAddress, heap, 0, byAddress.length);
    }

    SegmentIndex laterWins() {
      int next = 0;
      long at = 0;
      while (next < byAddress.length || heapSize > 0) {
        if (heapSize == 0) {
          at = segments.start(byAddress[next]);
        }
        while (next < byAddress.length && segments.start(byAddress[next]) <= at) {
          push(byAddress[next++]);
        }
        int top = heap[0];
        long end = segments.end(top);
        if (end <= at) {
          pop();
          continue;
        }
        if (next < byAddress.length) {
          end = Math.min(end, segments.start(byAddress[next]));
        }
        take(top, at, end);
        at = end;
      }
      close();
      return pieces.sorted();
    }

    /** Takes a piece of a segment, joined to the one before if that goes on in it. */
    private void take(int segment, long start, long end) {
      if (segment == openSegment && start == openEnd) {
        openEnd = end;
        return;
      }
      close();
      openSegment = segment;
      openStart = start;
      openEnd = end;
    }

    private void close() {
      if (openSegment >= 0) {
        long offset = segments.offset(openSegment);
        if (offset != LOST) {
          offset += openStart - segments.start(openSegment);
        }
        pieces.append(openStart, offset, openEnd - openStart);
      }
    }

    private void push(int segment) {
      int i = heapSize++;
      while (i > 0 && heap[(i - 1) / 2] < segment) {
        heap[i] = heap[(i - 1) / 2];
        i = (i - 1) / 2;
      }
      heap[i] = segment;
    }

    private void pop() {
      int moved = heap[--heapSize];
      int i = 0;
      while (2 * i + 1 < heapSize) {
        int child = 2 * i + 1;
        if (child + 1 < heapSize && heap[child + 1] > heap[child]) {
          child++;
        }
        if (heap[child] <= moved) {
          break;
        }
        heap[i] = heap[child];
        i = child;
      }
      heap[i] = moved;
    }

    /** Sorts by address: a merge sort of what need not be boxed. */
    private void sort(int[] items, int[] spare, int from, int to) {
      if (to - from < 2) {
        return;
      }
      int middle = (from + to) >>> 1;
      sort(items, spare, from, middle);
      sort(items, spare, middle, to);
      if (segments.start(items[middle - 1]) <= segments.start(items[middle])) {
        return;
      }
      System.arraycopy(items, from, spare, from, middle - from);
      int left = from;
      int right = middle;
      for (int i = from; left < middle; i++) {
        items[i] =
            right < to && segments.start(items[right]) < segments.start(spare[left])
                ? items[right++]
                : spare[left++];
      }
    }
  }
}
