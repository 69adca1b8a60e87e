package dev.wasmortem.coredump;

import java.util.List;

/**
 * How a dump is written. Producers contradict each other; a reader finds out by what consumes every
 * section exactly, with indices that can be.
 *
 * @param integers how {@code i32} and {@code i64} are written in frames
 * @param layout where the counts of locals and operands stand
 * @param instanceIndex whether a frame names its instance
 * @param moduleEntries what an entry of the list of modules holds
 * @param evidence what speaks for all that: one line each, for people
 * @param producer who seems to have written the dump
 * @param producerEvidence what speaks for the producer: one line each, for people
 */
public record Dialect(
    Integers integers,
    Layout layout,
    InstanceIndex instanceIndex,
    ModuleEntries moduleEntries,
    List<String> evidence,
    Producer producer,
    List<String> producerEvidence) {
  /** How {@code i32} and {@code i64} are written in frames. */
  public enum Integers {
    /** Signed LEB128, as in the Wasm binary format; wasm-tools, Wasmtime. */
    LEB,
    /** 4 or 8 bytes, little-endian; the convention's author and his tools, WasmEdge. */
    FIXED
  }

  /** Where a frame's counts stand. */
  public enum Layout {
    /** Each vector begins with its count: the convention. */
    SEPARATE,
    /** Both counts, then all locals and operands: xtuc's rewriter, WasmEdge. */
    COUNTS_FIRST,
    /**
     * Both counts, then the locals; the operands are counted and not written: WasmEdge with {@code
     * --coredump-for-wasmgdb}, which writes what wasmgdb reads.
     */
    LOCALS_ONLY
  }

  /** Whether a frame names its instance. */
  public enum InstanceIndex {
    /** It does: the convention. */
    PRESENT,
    /** It does not: dumps of early 2023, WasmEdge. */
    ABSENT
  }

  /** What an entry of {@code coremodules} holds. */
  public enum ModuleEntries {
    /** {@code 0x00} and a name: the convention. */
    NAMES,
    /** {@code 0x00} and the bytes of a name, whose length is not told: WasmEdge. */
    UNSIZED_NAMES,
    /** Some are {@code 0x01} and the module itself, as was once proposed. */
    INLINE
  }

  /** Makes a dialect; the lists are copied. */
  public Dialect {
    evidence = List.copyOf(evidence);
    producerEvidence = List.copyOf(producerEvidence);
  }

  /** Makes the dialect of frames in a dump of an unknown producer that names its modules. */
  public Dialect(
      Integers integers, Layout layout, InstanceIndex instanceIndex, List<String> evidence) {
    this(
        integers,
        layout,
        instanceIndex,
        ModuleEntries.NAMES,
        evidence,
        Producer.UNKNOWN,
        List.of());
  }

  /** Returns this dialect with modules listed as {@code entries}. */
  Dialect with(ModuleEntries entries) {
    return new Dialect(
        integers, layout, instanceIndex, entries, evidence, producer, producerEvidence);
  }

  /** Returns whether frames and modules are written as the convention has them. */
  public boolean isConvention() {
    return integers == Integers.LEB
        && layout == Layout.SEPARATE
        && instanceIndex == InstanceIndex.PRESENT
        && moduleEntries == ModuleEntries.NAMES;
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
    switch (layout) {
      case SEPARATE -> {}
      case COUNTS_FIRST -> name.append("+counts-first");
      case LOCALS_ONLY -> name.append("+counts-first+no-operands");
    }
    if (instanceIndex == InstanceIndex.ABSENT) {
      name.append("+no-instance-index");
    }
    switch (moduleEntries) {
      case NAMES -> {}
      case UNSIZED_NAMES -> name.append("+unsized-module-names");
      case INLINE -> name.append("+inline-modules");
    }
    return name.substring(1);
  }
}
