package dev.wasmortem.capture;

/**
 * How much of a guest goes into its dump. Modules, instances, threads with locals and operands,
 * globals and tables always do: some kilobytes.
 */
public enum Contents {
  /** Nothing more. */
  STACKS("stacks"),

  /**
   * Of the linear memories the stack that compilers keep there, and what can be seen from the
   * frames: some kilobytes around each place that a local, an operand, a global or a word of that
   * stack points to, if it is a number that could be an address.
   */
  STACKS_AND_POINTED("pointed"),

  /** All of the linear memories. */
  STACKS_AND_MEMORIES("all");

  private final String id;

  Contents(String id) {
    this.id = id;
  }

  /** Returns a word for options and notes: {@code stacks}, {@code pointed}, {@code all}. */
  public String id() {
    return id;
  }
}
