package dev.wasmortem.coredump.extension;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;

/**
 * An index over the Data section: where the bytes of each segment stand, so that a reader need not
 * walk gigabytes to find them.
 *
 * <pre>
 * wasmortem.segments ::= 0x00 size:u32 count:u32 vec(vec(entry))
 * entry              ::= gap:u64 length:u32 skip:u32
 * </pre>
 *
 * {@code size} is that of the Data section's payload and {@code count} the number of its segments:
 * where they differ, something has rewritten the dump and the index says nothing. There is a list
 * for each memory, in the order of the Memory section, of the segments by ascending address. {@code
 * gap} counts the bytes of memory between the end of the segment before (the first of a memory:
 * address 0) and this one; {@code length} the segment's bytes; {@code skip} the bytes of the
 * payload between the end of the bytes of the segment before (the very first: the payload's
 * beginning) and those of this one. So segments overlap neither in memory nor in the file.
 */
public final class SegmentsSection {
  /** The section's name. */
  public static final String NAME = "wasmortem.segments";

  private SegmentsSection() {}

  /** Takes what is read. */
  public interface Reader {
    /**
     * Takes a segment.
     *
     * @param offset where its bytes begin in the Data section's payload
     */
    void segment(int memory, long address, long offset, long length);
  }

  /** Gathers the segments, memory by memory, by ascending addresses and offsets. */
  public static final class Encoder {
    private final ByteWriter lists = new ByteWriter();
    private final ByteWriter entries = new ByteWriter();
    private int inList;
    private int memories;
    private long addressEnd;
    private long offsetEnd;
    private long segments;

    /** Makes an encoder of an empty index. */
    public Encoder() {}

    /** Adds a segment. */
    public void add(int memory, long address, long offset, long length) {
      while (memories <= memory) {
        endList();
      }
      entries.unsigned(address - addressEnd).unsigned(length).unsigned(offset - offsetEnd);
      addressEnd = address + length;
      offsetEnd = offset + length;
      inList++;
      segments++;
    }

    private void endList() {
      if (memories > 0) {
        lists.unsigned(inList).bytes(entries);
      }
      entries.clear();
      inList = 0;
      addressEnd = 0;
      memories++;
    }

    /** Returns the payload, given the size of the Data section's. */
    public ByteWriter finish(long dataSize) {
      int count = memories;
      endList();
      return Extension.payload().unsigned(dataSize).unsigned(segments).unsigned(count).bytes(lists);
    }
  }

  /**
   * Reads what follows the version.
   *
   * @param dataSize the size of the Data section's payload
   * @param dataCount the number of segments that it begins with
   * @throws dev.wasmortem.bytes.FormatException if the index is damaged, or one of another Data
   *     section
   */
  public static void read(Cursor cursor, long dataSize, long dataCount, Reader reader) {
    long size = cursor.in("segments.size").u32();
    long count = cursor.in("segments.count").u32();
    if (size != dataSize || count != dataCount) {
      throw cursor.malformed(
          "an index of "
              + count
              + " segments in "
              + size
              + " bytes; the Data section has "
              + dataCount
              + " in "
              + dataSize);
    }
    long memories = cursor.in("segments").u32();
    long offset = 0;
    long left = count;
    for (long memory = 0; memory < memories; memory++) {
      long entries = cursor.u32();
      left -= entries;
      if (left < 0) {
        throw cursor.malformed("more segments than the Data section has");
      }
      long address = 0;
      for (long i = 0; i < entries; i++) {
        long start = address + cursor.u64();
        long length = cursor.u32();
        offset += cursor.u32();
        if (Long.compareUnsigned(start, address) < 0
            || Long.compareUnsigned(start + length, start) < 0
            || offset + length > dataSize) {
          throw cursor.malformed("a segment beyond the Data section or beyond all addresses");
        }
        reader.segment((int) memory, start, offset, length);
        address = start + length;
        offset += length;
      }
    }
    if (left > 0) {
      throw cursor.malformed(left + " segments of the Data section are not in the index");
    }
  }
}
