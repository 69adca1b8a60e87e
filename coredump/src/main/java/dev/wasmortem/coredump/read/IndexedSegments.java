package dev.wasmortem.coredump.read;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.extension.SegmentsSection;
import dev.wasmortem.wasm.Section;

/**
 * The segments of a Data section as the dump's own index gives them, so that the section need not
 * be walked. The index is not trusted: that it is of this section's size and number of segments and
 * stays within it is checked for all entries, that a segment's header stands before its bytes for
 * some of them, spread evenly.
 */
final class IndexedSegments {
  private static final int CHECKED = 32;

  /** No header of a segment is longer: flags, memory, opcode, address, end, length. */
  private static final int LONGEST_HEADER = 24;

  private final Section index;
  private final int memories;
  private final long declaredSize;
  private final ByteSource payload;

  /**
   * @param index of a version that is known
   * @param data the Data section
   * @param memories how many memories there are
   */
  IndexedSegments(Section index, Section data, int memories) {
    this.index = index;
    this.memories = memories;
    this.payload = data.payload();
    this.declaredSize = data.bytes().cursor(1).u32();
  }

  /**
   * Gives all segments to {@code taker}; offsets are those of the Data section's payload and may be
   * behind its end where the file is cut off.
   *
   * @throws FormatException if the index is of no use; then nothing was given
   */
  void read(SegmentsSection.Reader taker) {
    Cursor count = payload.cursor().in("datasec");
    long segments = count.u32();
    long stride = Math.max(1, segments / CHECKED);
    long[] number = {0};
    read(
        segments,
        (memory, address, offset, length) -> {
          if (memory < 0 || memory >= memories) {
            throw new FormatException.Malformed(
                "the index tells of segments of memory "
                    + Integer.toUnsignedString(memory)
                    + " of "
                    + memories,
                index.payload().at(0, SegmentsSection.NAME));
          }
          boolean first = number[0] == 0;
          if (first || number[0] % stride == 0 || number[0] == segments - 1) {
            check(memory, address, offset, length);
          }
          number[0]++;
        });
    read(segments, taker);
  }

  private void read(long segments, SegmentsSection.Reader taker) {
    Cursor cursor = index.payload().cursor().in(SegmentsSection.NAME);
    cursor.skip(1); // the version, which is known
    SegmentsSection.read(cursor, declaredSize, segments, taker);
  }

  /** Checks that a header which ends where the bytes begin tells the same. */
  private void check(int memory, long address, long offset, long length) {
    if (offset + length > payload.size()) {
      return;
    }
    for (long start = offset - 1; start >= Math.max(0, offset - LONGEST_HEADER); start--) {
      if (tells(start, memory, address, offset, length)) {
        return;
      }
    }
    throw new FormatException.Malformed(
        "the index tells of a segment at "
            + new MemoryAddress(address)
            + " of memory "
            + memory
            + " that does not begin here",
        payload.at(offset, "data"));
  }

  private boolean tells(long start, int memory, long address, long offset, long length) {
    try {
      Cursor cursor = payload.cursor(start);
      long flags = cursor.u32();
      int its = flags == 2 ? cursor.index() : 0;
      if ((flags != 0 && flags != 2) || its != memory) {
        return false;
      }
      int opcode = cursor.u8();
      long at = opcode == 0x41 ? Integer.toUnsignedLong(cursor.s32()) : cursor.s64();
      return (opcode == 0x41 || opcode == 0x42)
          && at == address
          && cursor.u8() == 0x0b
          && cursor.u32() == length
          && cursor.position() == offset;
    } catch (FormatException e) {
      return false;
    }
  }
}
