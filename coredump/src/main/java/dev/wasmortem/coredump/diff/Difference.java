package dev.wasmortem.coredump.diff;

import org.jspecify.annotations.Nullable;

/**
 * Something that is not the same in two dumps.
 *
 * @param part what kind of thing
 * @param path which, as {@code threads[0].frames[3].locals[1]}; of frames of stacks that differ in
 *     depth the index in the first dump
 * @param left what it is in the first dump as text, null where it is not there
 * @param right what it is in the second dump, null where it is not there
 */
public record Difference(Part part, String path, @Nullable String left, @Nullable String right) {
  /** What can differ. */
  public enum Part {
    PROCESS,
    TRAP,
    MODULES,
    INSTANCES,
    FRAMES,
    GLOBALS,
    TABLES,
    MEMORIES,
    REGIONS,
    NOTES
  }
}
