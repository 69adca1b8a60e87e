package dev.wasmortem.coredump.read;

import dev.wasmortem.coredump.MemoryRange;
import dev.wasmortem.coredump.MemoryState;
import dev.wasmortem.coredump.Producer;
import dev.wasmortem.coredump.extension.MemoryStates;
import dev.wasmortem.coredump.read.SegmentReader.Segments;
import dev.wasmortem.coredump.read.SegmentWalk.Outcome;
import dev.wasmortem.wasm.types.MemoryType;
import java.util.ArrayList;
import java.util.List;

/**
 * Works out what a dump has of its memories, and what it means that the rest is not there.
 *
 * <p>A gap is known to be zero where the dump says so itself, and where its producer is known to
 * leave out nothing else: Wasmtime, which writes of each whole chunk of 4096 bytes what lies
 * between the first byte that is not zero and the last.
 */
public final class MemoryReader {
  private static final long WASMTIME_CHUNK = 4096;

  private final List<MemoryType> types;
  private final List<MemoryStates> said;
  private final Producer producer;
  private final boolean liesOverItsMemory;

  /**
   * @param said what the dump says of the memories by itself, in their order
   * @param liesOverItsMemory whether the file is the image of a memory
   */
  public MemoryReader(
      List<MemoryType> types,
      List<MemoryStates> said,
      Producer producer,
      boolean liesOverItsMemory) {
    this.types = types;
    this.said = said;
    this.producer = producer;
    this.liesOverItsMemory = liesOverItsMemory;
  }

  /** Returns what there is of each memory, after finding all segments. */
  public List<MemoryContent> read(SegmentReader reader) {
    Segments segments = reader.read();
    List<MemoryContent> contents = new ArrayList<>();
    for (int memory = 0; memory < types.size(); memory++) {
      List<MemoryRange> ranges = memory < said.size() ? said.get(memory).ranges() : List.of();
      contents.add(
          new MemoryContent(segments.pieces().get(memory), uncovered(memory, segments), ranges));
    }
    return contents;
  }

  private Uncovered uncovered(int memory, Segments segments) {
    SegmentIndex pieces = segments.pieces().get(memory);
    if (memory < said.size()) {
      MemoryState rest = said.get(memory).rest();
      if (rest == MemoryState.CAPTURED) {
        return Uncovered.all(
            MemoryState.UNSPECIFIED,
            "the dump's section wasmortem.memory says that all bytes are in it; these are not");
      }
      return segments.outcome() == Outcome.COMPLETE
          ? Uncovered.all(rest, SparseMemory.SAID)
          : unspecified(segments.outcome());
    }
    if (producer == Producer.WASMTIME
        && segments.pieces().stream().allMatch(SegmentIndex::inChunks)) {
      return wasmtime(memory, segments);
    }
    if (producer == Producer.XTUC_REWRITER && liesOverItsMemory && pieces.size() > 0) {
      Uncovered rest = unspecified(segments.outcome());
      return new Uncovered(
          pieces.start(0),
          MemoryState.NOT_CAPTURED,
          "the program wrote the dump over these bytes of its own memory",
          rest.above(),
          rest.whyAbove());
    }
    if (producer == Producer.WASMEDGE && segments.lastMemory() < 0) {
      return Uncovered.all(MemoryState.NOT_CAPTURED, "WasmEdge writes nothing of the memories");
    }
    return unspecified(segments.outcome());
  }

  private static Uncovered unspecified(Outcome outcome) {
    return switch (outcome) {
      case COMPLETE ->
          Uncovered.all(
              MemoryState.UNSPECIFIED,
              "no segment covers these bytes, and nothing says whether they were zero");
      case CUT_OFF ->
          Uncovered.all(
              MemoryState.TRUNCATED, "segments may stand in the part of the file that is cut off");
      case DAMAGED ->
          Uncovered.all(
              MemoryState.UNSPECIFIED,
              "the segments cannot all be read: they may have covered these bytes");
    };
  }

  /** Wasmtime's segments ascend, memory by memory: those before the last one are all there. */
  private Uncovered wasmtime(int memory, Segments segments) {
    long size = SparseMemory.possibleSize(types.get(memory));
    Uncovered zero =
        Uncovered.all(
                MemoryState.KNOWN_ZERO,
                "Wasmtime wrote the dump, which leaves out zeros only: every segment lies within"
                    + " one of its chunks of "
                    + WASMTIME_CHUNK
                    + " bytes")
            .until(
                size - size % WASMTIME_CHUNK,
                MemoryState.NOT_CAPTURED,
                "Wasmtime writes whole chunks of " + WASMTIME_CHUNK + " bytes only");
    if (segments.outcome() == Outcome.COMPLETE || memory < segments.lastMemory()) {
      return zero;
    }
    Uncovered lost = unspecified(segments.outcome());
    long seen = memory == segments.lastMemory() ? segments.pieces().get(memory).end() : 0;
    return zero.until(seen, lost.above(), lost.whyAbove());
  }
}
