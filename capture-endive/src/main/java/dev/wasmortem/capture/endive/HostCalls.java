package dev.wasmortem.capture.endive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which Java methods the calls of imported functions went to, the youngest call first, as far as a
 * stack trace tells. Endive calls an import from {@code InterpreterMachine.call}; what that called
 * is the import's body, or for another instance's function Endive's own way there.
 */
final class HostCalls {
  private static final String MACHINE = "run.endive.runtime.InterpreterMachine";
  private static final String OURS = CapturingMachine.class.getName();
  private static final HostCalls UNKNOWN = new HostCalls(List.of());

  private final List<StackTraceElement> callees;

  private HostCalls(List<StackTraceElement> callees) {
    this.callees = callees;
  }

  /**
   * Looks into a stack trace.
   *
   * @param count how many calls of imported functions there are; if the trace has another number,
   *     it is of another time or place, or was cut, and tells nothing
   */
  static HostCalls of(StackTraceElement[] trace, int count) {
    List<StackTraceElement> callees = new ArrayList<>();
    for (int i = 1; i < trace.length; i++) {
      if (isCall(trace[i]) && !isMachine(trace[i - 1])) {
        callees.add(trace[i - 1]);
      }
    }
    return callees.size() == count ? new HostCalls(callees) : UNKNOWN;
  }

  private static boolean isCall(StackTraceElement element) {
    return element.getClassName().equals(MACHINE) && element.getMethodName().equals("call");
  }

  private static boolean isMachine(StackTraceElement element) {
    return element.getClassName().equals(MACHINE) || element.getClassName().equals(OURS);
  }

  /** Returns the method that a call went to, and where in it the program was. */
  Optional<StackTraceElement> callee(int call) {
    return call < callees.size() ? Optional.of(callees.get(call)) : Optional.empty();
  }
}
