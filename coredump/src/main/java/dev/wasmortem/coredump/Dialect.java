package dev.wasmortem.coredump;

import java.util.List;

/**
 * How the frames of a dump are written. Producers contradict each other; a reader finds out by what
 * consumes every stack exactly.
 *
 * @param integers how {@code i32} and {@code i64} are written
 * @param layout where the counts of locals and operands stand
 * @param instanceIndex whether a frame names its instance
 * @param evidence what speaks for it: one line each, for people
 */
public record Dialect(
    Integers integers, Layout layout, InstanceIndex instanceIndex, List<String> evidence) {
  /** How {@code i32} and {@code i64} are written in frames. */
  public enum Integers {
    /** Signed LEB128, as in the Wasm binary format; wasm-tools, Wasmtime. */
    LEB,
    /** 4 or 8 bytes, little-endian; the convention's author and his tools. */
    FIXED
  }

  /** Where a frame's counts stand. */
  public enum Layout {
    /** Each vector begins with its count: the convention. */
    SEPARATE,
    /** Both counts, then all locals and operands: xtuc's rewriter, wasmgdb. */
    COUNTS_FIRST
  }

  /** Whether a frame names its instance. */
  public enum InstanceIndex {
    /** It does: the convention. */
    PRESENT,
    /** It does not: dumps of early 2023. */
    ABSENT
  }

  /** Makes a dialect; the list is copied. */
  public Dialect {
    evidence = List.copyOf(evidence);
  }

  /** Returns whether frames are written as the convention has them. */
  public boolean isConvention() {
    return integers == Integers.LEB
        && layout == Layout.SEPARATE
        && instanceIndex == InstanceIndex.PRESENT;
  }

  /**
   * Returns a short name: {@code convention}, or its deviations joined by {@code +}, as {@code
   * fixed-integers+counts-first}.
   */
  public String name() {
    if (isConvention()) {
      return "convention";
    }
    StringBuilder name = new StringBuilder();
    if (integers == Integers.FIXED) {
      name.append("+fixed-integers");
    }
    if (layout == Layout.COUNTS_FIRST) {
      name.append("+counts-first");
    }
    if (instanceIndex == InstanceIndex.ABSENT) {
      name.append("+no-instance-index");
    }
    return name.substring(1);
  }
}
