package dev.wasmortem.coredump;

/**
 * What a dump says of its own gaps (our section {@code wasmortem.notes}): something that is not in
 * it, and why.
 *
 * @param code a stable kebab-case name; the constants here are those that we write
 * @param message one line for a person
 */
public record Note(String code, String message) {
  /** The youngest frames are not in the dump. */
  public static final String INNERMOST_FRAMES_LOST = "innermost-frames-lost";

  /** The oldest frames are not in the dump. */
  public static final String OUTERMOST_FRAMES_LOST = "outermost-frames-lost";

  /** Frames between the youngest and the oldest are not in the dump. */
  public static final String FRAMES_OMITTED = "frames-omitted";

  /** Values in frames were written as missing. */
  public static final String FRAME_VALUES_LEFT_OUT = "frame-values-left-out";

  /** Memories, or parts of them, are not in the dump. */
  public static final String MEMORY_LEFT_OUT = "memory-left-out";

  /** Frames do not name their instance. */
  public static final String FRAME_INSTANCES_LEFT_OUT = "frame-instances-left-out";

  /** Modules' files are not in the dump although they were to be. */
  public static final String MODULE_BYTES_LEFT_OUT = "module-bytes-left-out";

  /** Threads that ran the dump's instances are not in the dump. */
  public static final String THREADS_LEFT_OUT = "threads-left-out";

  /** Operands of frames are not in the dump. */
  public static final String OPERANDS_LEFT_OUT = "operands-left-out";

  /** A module's file was not at hand, so that its frames tell less. */
  public static final String MODULE_BYTES_UNKNOWN = "module-bytes-unknown";

  /** Globals are not in the dump, or their values are not. */
  public static final String GLOBALS_LEFT_OUT = "globals-left-out";

  /** A name was cut because readers refuse longer ones. */
  public static final String NAME_SHORTENED = "name-shortened";

  /** Something was taken out on purpose after the dump had been written. */
  public static final String REDACTED = "redacted";
}
