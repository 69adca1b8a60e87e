package dev.wasmortem.coredump.write;

import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.MemoryRange;
import dev.wasmortem.coredump.MemoryState;
import dev.wasmortem.coredump.write.WriterContent.Memory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What of a memory is looked at, and what the dump says of the rest. What is looked at is joined to
 * a number of areas; between two parts of one area stand zeros, whatever the memory has there.
 */
final class MemoryCapture {
  private final Memory memory;
  private final long size;
  private final RangeSet notSelected;
  private final RangeSet scanned;
  private final RangeSet areas;
  private final List<MemoryRange> states;

  /** Makes a capture with an area for each stretch that is looked at. */
  MemoryCapture(Memory memory) {
    this.memory = memory;
    this.size = memory.source().size();
    List<AddressRange> ranges = memory.selected();
    RangeSet selected = ranges == null ? RangeSet.all(size) : RangeSet.of(ranges, size);
    this.notSelected = RangeSet.all(size).minus(selected);
    List<MemoryRange> known = overlaid(List.of(), known(memory.states()), size);
    this.states = overlaid(notCaptured(notSelected), known, size);
    List<AddressRange> absent = new ArrayList<>();
    for (MemoryRange range : known) {
      if (range.state() != MemoryState.REDACTED) {
        absent.add(new AddressRange(range.start(), range.length()));
      }
    }
    this.scanned = selected.minus(RangeSet.of(absent, size));
    this.areas = scanned;
  }

  private MemoryCapture(MemoryCapture other, RangeSet areas) {
    this.memory = other.memory;
    this.size = other.size;
    this.notSelected = other.notSelected;
    this.states = other.states;
    this.scanned = other.scanned;
    this.areas = areas;
  }

  /**
   * @param limit how many areas there may be
   */
  MemoryCapture joined(int limit) {
    return new MemoryCapture(this, scanned.joined(limit));
  }

  /** Returns the memory as it is to be written. */
  Memory toWrite() {
    if (areas.ranges().size() == scanned.ranges().size()) {
      return memory;
    }
    return new Memory(
        memory.type(),
        new MaskedSource(memory.source(), scanned),
        memory.selected(),
        memory.reason(),
        memory.first(),
        memory.states());
  }

  /**
   * Returns what is to be said of ranges. That they were captured, or zero, the segments say. What
   * was cut off an earlier dump this one has not captured.
   */
  private static List<MemoryRange> known(List<MemoryRange> given) {
    List<MemoryRange> known = new ArrayList<>();
    for (MemoryRange range : given) {
      switch (range.state()) {
        case REDACTED, NOT_CAPTURED, UNSPECIFIED -> known.add(range);
        case TRUNCATED ->
            known.add(new MemoryRange(range.start(), range.length(), MemoryState.NOT_CAPTURED));
        case CAPTURED, KNOWN_ZERO, OUT_OF_BOUNDS -> {}
      }
    }
    return known;
  }

  private static List<MemoryRange> notCaptured(RangeSet set) {
    return set.ranges().stream()
        .map(r -> new MemoryRange(r.start(), r.length(), MemoryState.NOT_CAPTURED))
        .toList();
  }

  /** Returns the states of one list where the other has none; both in any order. */
  private static List<MemoryRange> overlaid(
      List<MemoryRange> below, List<MemoryRange> above, long size) {
    List<MemoryRange> all = new ArrayList<>();
    List<AddressRange> covered = new ArrayList<>();
    for (List<MemoryRange> layer : List.of(above, below)) {
      for (MemoryState state : MemoryState.values()) {
        RangeSet inState = of(state, layer, size);
        if (inState.ranges().isEmpty()) {
          continue;
        }
        RangeSet shown = inState.minus(RangeSet.of(covered, size));
        shown.ranges().forEach(r -> all.add(new MemoryRange(r.start(), r.length(), state)));
        covered.addAll(shown.ranges());
      }
    }
    all.sort(Comparator.comparing(MemoryRange::start));
    return joined(all);
  }

  /** Returns ranges of which no neighbours are in the same state. */
  private static List<MemoryRange> joined(List<MemoryRange> ascending) {
    List<MemoryRange> joined = new ArrayList<>();
    for (MemoryRange range : ascending) {
      int last = joined.size() - 1;
      MemoryRange before = last < 0 ? range : joined.get(last);
      if (last >= 0
          && before.state() == range.state()
          && before.start().plus(before.length()).equals(range.start())) {
        long length = before.length() + range.length();
        joined.set(last, new MemoryRange(before.start(), length, before.state()));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  private static RangeSet of(MemoryState state, List<MemoryRange> ranges, long size) {
    return RangeSet.of(
        ranges.stream()
            .filter(r -> r.state() == state)
            .map(r -> new AddressRange(r.start(), r.length()))
            .toList(),
        size);
  }

  /** Returns the size in bytes. */
  long size() {
    return size;
  }

  /** Returns why some of it was not selected. */
  String reason() {
    return memory.reason();
  }

  /** Returns how many bytes were not selected. */
  long notSelectedBytes() {
    return notSelected.bytes();
  }

  /** Returns how many areas there are. */
  int areaCount() {
    return areas.ranges().size();
  }

  /** Returns what is looked at: of each area the parts that may hold more than zeros. */
  List<List<AddressRange>> areas() {
    return scanned.and(RangeSet.of(memory.source().parts(), size)).in(areas.ranges());
  }

  /** Returns the ranges that are left out last. */
  List<AddressRange> first() {
    return RangeSet.of(memory.first(), size).ranges();
  }

  /** Returns the states of all that is neither captured nor known to be zero. */
  List<MemoryRange> states(List<MemoryRange> leftOut) {
    return leftOut.isEmpty() ? states : overlaid(states, leftOut, size);
  }
}
