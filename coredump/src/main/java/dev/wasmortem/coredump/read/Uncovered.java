package dev.wasmortem.coredump.read;

import dev.wasmortem.coredump.MemoryState;

/**
 * What a dump says of the bytes of a memory that no segment covers: one thing below an address,
 * another from there on.
 *
 * @param boundary the address, as an unsigned number
 * @param below the state below it
 * @param whyBelow the reason, one line for people
 * @param above the state from the boundary on
 * @param whyAbove the reason, one line for people
 */
record Uncovered(
    long boundary, MemoryState below, String whyBelow, MemoryState above, String whyAbove) {

  /** Returns one state for all addresses. */
  static Uncovered all(MemoryState state, String why) {
    return new Uncovered(Long.MAX_VALUE, state, why, state, why);
  }

  /** Returns this below an address, and another state from there on. */
  Uncovered until(long address, MemoryState then, String why) {
    return new Uncovered(address, below, whyBelow, then, why);
  }
}
