package dev.wasmortem.capture;

/** How much of a guest goes into its dump. */
public enum Contents {
  /** Modules, instances, threads with locals and operands, globals: some kilobytes. */
  STACKS,

  /** These and the linear memories. */
  STACKS_AND_MEMORIES
}
