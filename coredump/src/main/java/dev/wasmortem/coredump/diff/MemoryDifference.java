package dev.wasmortem.coredump.diff;

import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemoryState;
import java.util.List;

/**
 * What differs in a memory that both dumps have.
 *
 * @param memory its index in both
 * @param bytes how many bytes differ
 * @param stateBytes of how many bytes the dumps do not say the same: one has them and the other
 *     does not
 * @param ranges where, by ascending addresses; neighbours are joined
 * @param more how many ranges there are beyond those listed
 */
public record MemoryDifference(
    int memory, long bytes, long stateBytes, List<Range> ranges, long more) {
  /** Makes one; the list is copied. */
  public MemoryDifference {
    ranges = List.copyOf(ranges);
  }

  /** What differs in a range. */
  public enum Kind {
    /** The bytes. */
    BYTES,
    /** What the dumps say of them. */
    STATES
  }

  /**
   * A range that differs. One of bytes may hold a few that are the same, between others that are
   * not.
   *
   * @param kind what differs
   * @param start the first byte's address
   * @param length in bytes
   * @param bytes how many of its bytes differ; all of them where the states do
   * @param left the state in the first dump
   * @param right the state in the second
   */
  public record Range(
      Kind kind,
      MemoryAddress start,
      long length,
      long bytes,
      MemoryState left,
      MemoryState right) {}
}
