package dev.wasmortem.coredump.lint;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.read.SparseMemory;
import dev.wasmortem.wasm.ConstExpr;
import dev.wasmortem.wasm.ConstValue;
import dev.wasmortem.wasm.DataSegment;
import dev.wasmortem.wasm.DataSegments;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.types.MemoryType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The data segments, walked by their headers. What the reader reports of a damaged section is not
 * said again here.
 */
final class SegmentChecks {
  /** What wasm-tools reads at most. */
  private static final int SEGMENTS = 100_000;

  private static final int EXPLICIT_MEMORY = 2;

  private final Coredump dump;
  private final List<Bounds> memories;
  private final Gathered gathered;

  SegmentChecks(Coredump dump, List<Bounds> memories, Gathered gathered) {
    this.dump = dump;
    this.memories = memories;
    this.gathered = gathered;
  }

  /** A memory's size, and what its segments cover. */
  static final class Bounds {
    private final long size;
    private final boolean untold;
    private boolean bytes;
    private long end;
    private boolean ascending = true;
    private final TreeMap<Long, Long> covered = new TreeMap<>();

    private Bounds(long size, boolean untold) {
      this.size = size;
      this.untold = untold;
    }

    /** Of a minimum of 0 everything up to the maximum is possible: xtuc's rewriter writes that. */
    static Bounds of(MemoryType type) {
      return new Bounds(SparseMemory.possibleSize(type), type.limits().min() == 0);
    }

    boolean isSizeUntold() {
      return untold;
    }

    boolean hasBytes() {
      return bytes;
    }

    private boolean holds(long address, long length) {
      return address >= 0 && length <= size && address <= size - length;
    }

    /** Notices a range; later ranges that are not behind all others make the memory unordered. */
    private void notice(long address, long length) {
      bytes |= length > 0;
      if (length > 0 && address < end) {
        ascending = false;
      }
      end = Math.max(end, address + length);
    }

    /** Adds a range to what is covered and returns whether a part of it was already. */
    private boolean overlaps(long address, long length) {
      long from = address;
      long to = address + length;
      boolean overlaps = false;
      Map.Entry<Long, Long> before = covered.floorEntry(from);
      if (before != null && before.getValue() >= from) {
        overlaps = before.getValue() > from;
        from = before.getKey();
        to = Math.max(to, before.getValue());
      }
      Map.Entry<Long, Long> next = covered.ceilingEntry(from);
      while (next != null && next.getKey() <= to) {
        overlaps |= next.getKey() >= address && next.getKey() < address + length;
        to = Math.max(to, next.getValue());
        covered.remove(next.getKey());
        next = covered.ceilingEntry(from);
      }
      covered.put(from, to);
      return overlaps;
    }
  }

  void check() {
    Optional<Section> section = dump.binary().section(SectionId.DATA);
    if (section.isEmpty() || section.get().payload().size() == 0) {
      return;
    }
    count(section.get());
    long headerStart = section.get().payload().origin().value() + countSize(section.get());
    DataSegments segments = dump.binary().dataSegments();
    while (segments.hasNext()) {
      DataSegment segment = segments.next();
      segment(segment, headerStart);
      headerStart = segment.bytes().origin().value() + segment.bytes().size();
    }
    if (memories.stream().anyMatch(memory -> !memory.ascending)) {
      overlaps();
    }
  }

  private void count(Section section) {
    try {
      Reading reading = new Reading(section.payload(), "datasec", gathered);
      long count = reading.u32("datasec");
      if (count > SEGMENTS) {
        gathered.add(LintRule.TOO_MANY_SEGMENTS, reading.cursor().at(0), count + " of them");
      }
    } catch (FormatException e) {
      // The reader tells.
    }
  }

  private static long countSize(Section section) {
    Cursor cursor = section.payload().cursor();
    try {
      cursor.u32();
    } catch (FormatException e) {
      return 0; // there will be no segment
    }
    return cursor.position();
  }

  private void segment(DataSegment segment, long headerStart) {
    ByteSource file = dump.source();
    long start = headerStart - file.origin().value();
    if (segment.offset().isEmpty()) {
      gathered.add(
          LintRule.SEGMENT_NOT_ACTIVE,
          file.at(start, "data"),
          "segment " + segment.index() + " is passive");
      return;
    }
    ConstExpr offset = segment.offset().get();
    padding(segment, offset, start);
    long length = segment.announcedSize();
    if (segment.memory() >= memories.size()) {
      gathered.add(
          LintRule.SEGMENT_MEMORY_OUT_OF_RANGE,
          file.at(start, "data"),
          "segment "
              + segment.index()
              + " of memory "
              + segment.memory()
              + " of "
              + memories.size());
      return;
    }
    ConstValue value = offset.value().orElse(null);
    if (!isAddress(value)) {
      gathered.add(
          LintRule.SEGMENT_ADDRESS_NOT_CONSTANT,
          offset.bytes().at(0, "data.offset"),
          "the address of segment " + segment.index() + " is no integer constant");
      return;
    }
    long address = address(value);
    Bounds memory = memories.get(segment.memory());
    if (!memory.holds(address, length)) {
      gathered.add(
          LintRule.SEGMENT_OUT_OF_BOUNDS,
          offset.bytes().at(0, "data.offset"),
          "segment " + segment.index() + " ends beyond memory " + segment.memory());
      return;
    }
    memory.notice(address, length);
  }

  private static boolean isAddress(@Nullable ConstValue value) {
    return value instanceof ConstValue.I32 || value instanceof ConstValue.I64;
  }

  private static long address(@Nullable ConstValue value) {
    if (value instanceof ConstValue.I32 i32) {
      return Integer.toUnsignedLong(i32.value());
    }
    return value instanceof ConstValue.I64 i64 ? i64.value() : -1;
  }

  /** Notices a header that is longer than it must be. */
  private void padding(DataSegment segment, ConstExpr offset, long start) {
    ConstValue value = offset.value().orElse(null);
    if (value == null) {
      return;
    }
    ByteWriter shortest = new ByteWriter();
    int flags = dump.source().u8(start);
    shortest.unsigned(flags & 0x7f);
    if ((flags & 0x7f) == EXPLICIT_MEMORY) {
      shortest.unsigned(segment.memory());
    }
    value.writeTo(shortest);
    shortest.unsigned(segment.announcedSize());
    long length = segment.bytes().origin().value() - dump.source().origin().value() - start;
    if (length > shortest.size()) {
      gathered.add(
          LintRule.NUMBER_PADDED,
          dump.source().at(start, "data"),
          "a segment's header in " + length + " bytes that needs " + shortest.size());
    }
  }

  /** Goes through the segments again, of which some do not stand in order. */
  private void overlaps() {
    DataSegments segments = dump.binary().dataSegments();
    while (segments.hasNext()) {
      DataSegment segment = segments.next();
      ConstValue value = segment.offset().flatMap(ConstExpr::value).orElse(null);
      if (!isAddress(value)
          || segment.memory() >= memories.size()
          || segment.announcedSize() == 0) {
        continue;
      }
      Bounds memory = memories.get(segment.memory());
      long address = address(value);
      long length = segment.announcedSize();
      if (!memory.ascending && memory.holds(address, length) && memory.overlaps(address, length)) {
        gathered.add(
            LintRule.SEGMENTS_OVERLAP,
            segment.offset().orElseThrow().bytes().at(0, "data.offset"),
            "segment " + segment.index() + " overlaps an earlier one");
      }
    }
  }
}
