package dev.wasmortem.coredump.inspect;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.extension.DataSection;
import dev.wasmortem.coredump.extension.Extension;
import dev.wasmortem.wasm.ConstExpr;
import dev.wasmortem.wasm.ConstValue;
import dev.wasmortem.wasm.DataSegment;
import dev.wasmortem.wasm.DataSegments;
import dev.wasmortem.wasm.Section;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A data segment, as it stands in the file.
 *
 * @param index its place among all of them
 * @param memory the index of its memory
 * @param address where its bytes lie in the memory, null if it does not tell by a constant
 * @param length its bytes
 * @param bytes where they stand in the file
 */
public record SegmentRow(
    int index, int memory, @Nullable MemoryAddress address, long length, FileOffset bytes) {
  /**
   * Hands over the segments of a dump one by one: those of the Data section, then those beyond the
   * 4 GiB that it can hold. What is damaged is left out.
   */
  public static void of(Coredump dump, Consumer<SegmentRow> rows) {
    int count = rows(0, dump.binary().dataSegments(), rows);
    for (Section more : dump.binary().customSections(DataSection.NAME)) {
      try {
        Cursor cursor = more.payload().cursor();
        if (cursor.u8() == Extension.VERSION) {
          ByteSource segments = DataSection.read(cursor);
          count = rows(count, DataSegments.salvage(segments, Diagnostic.Sink.IGNORE), rows);
        }
      } catch (FormatException e) {
        // Cut off before its segments.
        return;
      }
    }
  }

  private static int rows(int first, DataSegments segments, Consumer<SegmentRow> rows) {
    int count = first;
    while (segments.hasNext()) {
      DataSegment segment = segments.next();
      rows.accept(
          new SegmentRow(
              count++,
              segment.memory(),
              address(segment.offset()),
              segment.bytes().size(),
              segment.bytes().origin()));
    }
    return count;
  }

  private static @Nullable MemoryAddress address(Optional<ConstExpr> offset) {
    ConstValue value = offset.flatMap(ConstExpr::value).orElse(null);
    if (value instanceof ConstValue.I32 i32) {
      return new MemoryAddress(Integer.toUnsignedLong(i32.value()));
    }
    return value instanceof ConstValue.I64 i64 ? new MemoryAddress(i64.value()) : null;
  }
}
