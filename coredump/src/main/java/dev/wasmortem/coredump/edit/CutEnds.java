package dev.wasmortem.coredump.edit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.CoreMemory;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemoryRange;
import dev.wasmortem.coredump.MemoryState;
import java.util.ArrayList;
import java.util.List;

/** Looks for literals that a dump cuts: their beginnings, where bytes end. */
final class CutEnds {
  private final List<BytePattern> patterns;
  private final int reach;

  CutEnds(List<BytePattern> patterns) {
    this.patterns = patterns;
    this.reach = patterns.stream().mapToInt(BytePattern::cutReach).max().orElse(0);
  }

  /** Returns how many bytes at the end of others may be the beginning of a literal. */
  int length(MemorySearch.Bytes bytes, long start, long end) {
    byte[] tail = new byte[(int) Math.min(reach, end - start)];
    if (tail.length == 0) {
      return 0;
    }
    bytes.read(end - tail.length, tail, tail.length);
    String text = new String(tail, ISO_8859_1);
    return patterns.stream().mapToInt(pattern -> pattern.cutAtEnd(text)).max().orElse(0);
  }

  /** Returns the beginnings of literals that lie before what is not in the dump. */
  List<AddressRange> find(CoreMemory memory) {
    List<AddressRange> found = new ArrayList<>();
    long start = 0;
    long end = 0;
    for (MemoryRange range : reach == 0 ? List.<MemoryRange>of() : memory.ranges()) {
      if (range.state() == MemoryState.CAPTURED || range.state() == MemoryState.KNOWN_ZERO) {
        end = range.start().value() + range.length();
      } else {
        add(found, memory, start, end);
        start = range.start().value() + range.length();
        end = start;
      }
    }
    add(found, memory, start, end);
    return found;
  }

  private void add(List<AddressRange> found, CoreMemory memory, long start, long end) {
    int length =
        length(
            (at, target, count) -> memory.read(new MemoryAddress(at), target, 0, count),
            start,
            end);
    if (length > 0) {
      found.add(new AddressRange(new MemoryAddress(end - length), length));
    }
  }
}
