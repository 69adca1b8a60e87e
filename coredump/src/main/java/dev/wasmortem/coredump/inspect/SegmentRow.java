package dev.wasmortem.coredump.inspect;

import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.wasm.ConstExpr;
import dev.wasmortem.wasm.ConstValue;
import dev.wasmortem.wasm.DataSegment;
import dev.wasmortem.wasm.DataSegments;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A data segment.
 *
 * @param index its place in the Data section
 * @param memory the index of its memory
 * @param address where its bytes lie in the memory, null if it does not tell by a constant
 * @param length its bytes
 * @param bytes where they stand in the file
 */
public record SegmentRow(
    int index, int memory, @Nullable MemoryAddress address, long length, FileOffset bytes) {
  /** Hands over the segments of a dump's Data section, one by one. */
  public static void of(Coredump dump, Consumer<SegmentRow> rows) {
    DataSegments segments = dump.binary().dataSegments();
    while (segments.hasNext()) {
      DataSegment segment = segments.next();
      rows.accept(
          new SegmentRow(
              segment.index(),
              segment.memory(),
              address(segment.offset()),
              segment.bytes().size(),
              segment.bytes().origin()));
    }
  }

  private static @Nullable MemoryAddress address(Optional<ConstExpr> offset) {
    ConstValue value = offset.flatMap(ConstExpr::value).orElse(null);
    if (value instanceof ConstValue.I32 i32) {
      return new MemoryAddress(Integer.toUnsignedLong(i32.value()));
    }
    return value instanceof ConstValue.I64 i64 ? new MemoryAddress(i64.value()) : null;
  }
}
