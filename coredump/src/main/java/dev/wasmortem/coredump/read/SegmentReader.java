package dev.wasmortem.coredump.read;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.extension.DataSection;
import dev.wasmortem.coredump.extension.Extension;
import dev.wasmortem.coredump.extension.SegmentsSection;
import dev.wasmortem.coredump.read.SegmentWalk.Outcome;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.types.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the segments of all memories of a dump. */
public final class SegmentReader {
  /** A Data section of this size may be as large as one can be. */
  private static final long NEARLY_FULL = 0xf000_0000L;

  private final WasmModule binary;
  private final List<MemoryType> types;
  private final @Nullable Section clipped;
  private final boolean truncated;
  private final Findings findings;
  private final List<SegmentIndex.Builder> builders = new ArrayList<>();
  private int lastMemory = -1;

  /**
   * What was found.
   *
   * @param pieces for each memory
   * @param outcome whether all segments were seen
   * @param lastMemory the memory of the last segment that was seen, -1 if there is none
   */
  record Segments(List<SegmentIndex> pieces, Outcome outcome, int lastMemory) {}

  /**
   * @param clipped the section that the file ends in, null if it ends in none
   * @param truncated whether the file's end is missing
   */
  public SegmentReader(
      WasmModule binary,
      List<MemoryType> types,
      @Nullable Section clipped,
      boolean truncated,
      Findings findings) {
    this.binary = binary;
    this.types = types;
    this.clipped = clipped;
    this.truncated = truncated;
    this.findings = findings;
    types.forEach(type -> builders.add(new SegmentIndex.Builder()));
  }

  Segments read() {
    Optional<Section> data = binary.section(SectionId.DATA);
    Outcome outcome = truncated ? Outcome.CUT_OFF : Outcome.COMPLETE;
    if (data.isPresent()) {
      boolean clips = data.get().equals(clipped);
      outcome = indexed(data.get()) ? Outcome.COMPLETE : walk(data.get().payload(), clips);
    }
    if (truncated && data.isPresent() && data.get().payload().size() >= NEARLY_FULL) {
      // There may have been sections that go on with more.
      outcome = worse(outcome, Outcome.CUT_OFF);
    }
    for (Section more : binary.customSections(DataSection.NAME)) {
      outcome = worse(outcome, continued(more));
    }
    List<SegmentIndex> pieces = builders.stream().map(SegmentIndex.Builder::build).toList();
    return new Segments(pieces, outcome, lastMemory);
  }

  private static Outcome worse(Outcome one, Outcome other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Takes the segments from the dump's own index; returns false if there is none of use. */
  private boolean indexed(Section data) {
    Optional<Section> index = binary.customSections(SegmentsSection.NAME).stream().findFirst();
    if (index.isEmpty()) {
      return false;
    }
    ByteSource payload = index.get().payload();
    if (payload.size() > 0 && payload.u8(0) != Extension.VERSION) {
      findings.report(Extension.unknownVersion(index.get()));
      return false;
    }
    try {
      long[] number = {0};
      long there = data.payload().size();
      new IndexedSegments(index.get(), data, types.size())
          .read(
              (memory, address, offset, length) ->
                  add(
                      data.payload(),
                      number[0]++,
                      memory,
                      address,
                      Math.min(offset, there),
                      offset,
                      Math.max(0, Math.min(length, there - offset)),
                      length));
      return true;
    } catch (FormatException e) {
      findings.report(Diagnostic.of("segment-index-ignored", e));
      return false;
    }
  }

  /** Takes the segments of a section that goes on where the Data section is full. */
  private Outcome continued(Section more) {
    try {
      Cursor cursor = more.payload().cursor().in(DataSection.NAME);
      int version = cursor.u8();
      if (version != Extension.VERSION) {
        findings.report(Extension.unknownVersion(more));
        return Outcome.DAMAGED;
      }
      return walk(DataSection.read(cursor), more.equals(clipped));
    } catch (FormatException e) {
      findings.damage("section-damaged", e);
      return more.equals(clipped) ? Outcome.CUT_OFF : Outcome.DAMAGED;
    }
  }

  private Outcome walk(ByteSource payload, boolean clips) {
    return new SegmentWalk(
            payload,
            findings,
            (number, memory, address, header, offset, length, announced) ->
                add(payload, number, memory, address, header, offset, length, announced))
        .walk(clips);
  }

  private void add(
      ByteSource payload,
      long number,
      int memory,
      long address,
      long header,
      long offset,
      long length,
      long announced) {
    if (memory >= types.size()) {
      findings.damage(
          "segment-damaged",
          new FormatException.Malformed(
              "segment " + number + " of memory " + memory + " of " + types.size(),
              payload.at(header, "data")));
      return;
    }
    lastMemory = memory;
    long room = address < 0 ? 0 : SparseMemory.possibleSize(types.get(memory)) - address;
    if (room < announced) {
      findings.report(
          new Diagnostic(
              "segment-out-of-bounds",
              payload.at(header, "data.offset"),
              "segment " + number + " ends beyond memory " + memory));
    }
    long at = payload.origin().value() - binary.source().origin().value() + offset;
    piece(memory, address, at, Math.min(length, room));
    piece(memory, address + length, SegmentIndex.LOST, Math.min(announced, room) - length);
  }

  private void piece(int memory, long address, long offset, long length) {
    if (length > 0) {
      builders.get(memory).add(address, offset, length);
    }
  }
}
