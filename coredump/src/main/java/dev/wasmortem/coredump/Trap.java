package dev.wasmortem.coredump;

/**
 * Why the program stopped (our section {@code wasmortem.trap}; the convention has none).
 *
 * @param kind what happened
 * @param message the runtime's own words, verbatim; may be empty
 * @param thread index in {@link Coredump#threads}, or {@link #NO_THREAD}
 */
public record Trap(TrapKind kind, String message, int thread) {
  /** Stands for a thread that is not known: 2³²−1 in the file. */
  public static final int NO_THREAD = -1;
}
