package dev.wasmortem.coredump;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.ConstExpr;
import dev.wasmortem.wasm.ConstValue;
import dev.wasmortem.wasm.DataSegment;
import dev.wasmortem.wasm.DataSegments;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.types.MemoryType;
import java.util.ArrayList;
import java.util.List;

/** Walks the Data section once, headers only, for all memories of a dump. */
final class SegmentReader {
  private final WasmModule binary;
  private final List<MemoryType> types;
  private final Findings findings;
  private final List<SegmentIndex.Builder> builders = new ArrayList<>();

  SegmentReader(WasmModule binary, List<MemoryType> types, Findings findings) {
    this.binary = binary;
    this.types = types;
    this.findings = findings;
    types.forEach(type -> builders.add(new SegmentIndex.Builder()));
  }

  /** Returns one index per memory. */
  List<SegmentIndex> read() {
    DataSegments segments = binary.dataSegments();
    while (segments.hasNext()) {
      DataSegment segment = segments.next();
      if (segment.offset().isPresent()) {
        try {
          add(segment, segment.offset().get());
        } catch (FormatException e) {
          findings.damage("segment-damaged", e);
        }
      }
    }
    return builders.stream().map(SegmentIndex.Builder::build).toList();
  }

  private void add(DataSegment segment, ConstExpr offset) {
    if (segment.memory() >= types.size()) {
      throw new FormatException.Malformed(
          "segment " + segment.index() + " of memory " + segment.memory() + " of " + types.size(),
          segment.bytes().at(0, "data"));
    }
    long address = address(offset);
    long length = segment.bytes().size();
    long room = SparseMemory.possibleSize(types.get(segment.memory())) - address;
    if (address < 0 || room < length) {
      findings.report(
          new Diagnostic(
              "segment-out-of-bounds",
              offset.bytes().at(0, "data.offset"),
              "segment " + segment.index() + " ends beyond memory " + segment.memory()));
      length = address < 0 ? 0 : Math.max(0, room);
    }
    if (length > 0) {
      long at = segment.bytes().origin().value() - binary.source().origin().value();
      builders.get(segment.memory()).add(address, at, length);
    }
  }

  private static long address(ConstExpr offset) {
    ConstValue value = offset.value().orElse(null);
    if (value instanceof ConstValue.I32 i32) {
      return Integer.toUnsignedLong(i32.value());
    }
    if (value instanceof ConstValue.I64 i64) {
      return i64.value();
    }
    throw new FormatException.Malformed(
        "a segment's address that is no integer constant", offset.bytes().at(0, "data.offset"));
  }
}
