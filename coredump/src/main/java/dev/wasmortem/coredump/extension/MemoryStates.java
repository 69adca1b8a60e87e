package dev.wasmortem.coredump.extension;

import dev.wasmortem.coredump.MemoryRange;
import dev.wasmortem.coredump.MemoryState;
import java.util.List;

/**
 * What a dump says of a memory beyond its segments. What stands in a range is in that range's
 * state, whatever segments cover it; of the rest what segments cover is captured, what they do not
 * is in the state {@code rest}.
 *
 * @param rest the state of what neither a range nor a segment covers
 * @param ranges ascending, without overlaps
 */
public record MemoryStates(MemoryState rest, List<MemoryRange> ranges) {
  /** Makes a statement; the list is copied. */
  public MemoryStates {
    ranges = List.copyOf(ranges);
  }
}
