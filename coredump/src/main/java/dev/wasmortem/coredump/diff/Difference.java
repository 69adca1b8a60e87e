package dev.wasmortem.coredump.diff;

import dev.wasmortem.coredump.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not the same in two dumps.
 *
 * @param part what kind of thing
 * @param path which, as {@code threads[0].frames[3].locals[1]}; of frames of stacks that differ in
 *     depth the index in the first dump
 * @param left what it is in the first dump as text, null where it is not there
 * @param right what it is in the second dump, null where it is not there
 * @param leftFrames the frame of the first dump that it is in; of stacks that differ in depth the
 *     frames that the second dump has not
 * @param rightFrames likewise the second dump's
 */
public record Difference(
    Part part,
    String path,
    @Nullable String left,
    @Nullable String right,
    Frames leftFrames,
    Frames rightFrames) {
  /**
   * Neighbouring frames of a thread.
   *
   * @param index the index of the first
   * @param frames from youngest to oldest
   */
  public record Frames(int index, List<Frame> frames) {
    /** No frame. */
    static final Frames NONE = new Frames(0, List.of());

    static Frames of(int index, Frame frame) {
      return new Frames(index, List.of(frame));
    }
  }

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
    SECTIONS,
    NOTES
  }
}
