package dev.wasmortem.coredump;

import dev.wasmortem.wasm.types.MemoryType;
import java.util.List;

/**
 * A linear memory as the dump's data segments give it: a sparse view over the file. The Data
 * section is walked on the first call of {@link #read} or {@link #ranges} of any memory of the
 * dump; bytes are never copied but into the caller's array. Where segments overlap the later one
 * counts.
 */
public interface CoreMemory {
  /** Returns the index among the dump's memories. */
  int index();

  /** Returns the type; its minimum is the size at the time of the dump. */
  MemoryType type();

  /**
   * Returns the size in bytes, 2⁶³−1 where it is more: the type's minimum. Of a memory with a
   * minimum of zero, as xtuc's rewriter writes it, the pages that the segments reach; only then is
   * the Data section walked.
   */
  long size();

  /**
   * Copies {@code length} bytes from {@code address} on into {@code target} at {@code offset},
   * zeros where the dump has none. Where a segment lies over a range that is not in the dump as the
   * dump itself says, its bytes are given all the same.
   *
   * @return what the bytes are worth: ranges in order, without gaps, neighbours in different states
   * @throws dev.wasmortem.bytes.FormatException if the Data section is damaged and the dump is read
   *     strictly
   */
  List<MemoryRange> read(MemoryAddress address, byte[] target, int offset, int length);

  /**
   * Returns the states of all bytes of the memory, without reading any: ranges in order, without
   * gaps, neighbours in different states.
   *
   * @throws dev.wasmortem.bytes.FormatException if the Data section is damaged and the dump is read
   *     strictly
   */
  List<MemoryRange> ranges();

  /**
   * Returns where the dump has bytes, captured or redacted ones: ranges by ascending addresses that
   * do not touch. All others are zero or not known, however many they are.
   *
   * @throws dev.wasmortem.bytes.FormatException if the Data section is damaged and the dump is read
   *     strictly
   */
  List<AddressRange> stored();

  /**
   * Returns how many bytes of the memory are in a state, without listing the ranges.
   *
   * @throws dev.wasmortem.bytes.FormatException if the Data section is damaged and the dump is read
   *     strictly
   */
  long bytesIn(MemoryState state);

  /**
   * Returns why the byte at an address is in the state that {@link #read} gives: what in the dump
   * tells, one line for people.
   *
   * @throws dev.wasmortem.bytes.FormatException if the Data section is damaged and the dump is read
   *     strictly
   */
  String reason(MemoryAddress address);
}
