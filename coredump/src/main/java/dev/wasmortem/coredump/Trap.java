package dev.wasmortem.coredump;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why the program stopped (our section {@code wasmortem.trap}; the convention has none).
 *
 * @param kind what happened
 * @param message the runtime's own words, verbatim; may be empty
 * @param thread index in {@link Coredump#threads}, or {@link #NO_THREAD}
 * @param frame index in the thread's {@link CoreThread#frames}, or {@link #NO_FRAME}; the youngest
 *     is 0
 * @param fault the access to a memory that trapped, null if it was none or is not known
 * @param operands of the instruction that trapped, bottom first; empty where not known
 * @param exceptions those of the host that ended the program: the outermost first, each followed by
 *     its cause
 */
public record Trap(
    TrapKind kind,
    String message,
    int thread,
    int frame,
    @Nullable MemoryFault fault,
    List<Value> operands,
    List<HostException> exceptions) {
  /** Stands for a thread that is not known: 2³²−1 in the file. */
  public static final int NO_THREAD = -1;

  /** Stands for a frame that is not known: 2³²−1 in the file. */
  public static final int NO_FRAME = -1;

  /** Makes a trap; the lists are copied. */
  public Trap {
    operands = List.copyOf(operands);
    exceptions = List.copyOf(exceptions);
  }

  /** Makes a trap of which no more is known. */
  public Trap(TrapKind kind, String message, int thread) {
    this(kind, message, thread, NO_FRAME, null, List.of(), List.of());
  }

  /** Returns the access to a memory that trapped, empty if it was none or is not known. */
  public Optional<MemoryFault> memoryFault() {
    return Optional.ofNullable(fault);
  }

  /** Returns this trap in that thread and frame. */
  public Trap in(int thread, int frame) {
    return new Trap(kind, message, thread, frame, fault, operands, exceptions);
  }

  /** Returns this trap at that access to a memory. */
  public Trap at(MemoryFault fault) {
    return new Trap(kind, message, thread, frame, fault, operands, exceptions);
  }

  /** Returns this trap with those operands. */
  public Trap withOperands(List<Value> operands) {
    return new Trap(kind, message, thread, frame, fault, operands, exceptions);
  }

  /** Returns this trap with those exceptions of the host. */
  public Trap withExceptions(List<HostException> exceptions) {
    return new Trap(kind, message, thread, frame, fault, operands, exceptions);
  }
}
