package dev.wasmortem.capture.endive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The other threads that run a dump's instances, held while it is written where they come to a
 * place at which they can be looked at in time.
 */
final class OtherThreads implements AutoCloseable {
  private final EndiveCapture session;
  private final Map<ThreadStack, Pause> pauses = new LinkedHashMap<>();
  private final List<Held> held = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();
  private boolean begun;

  /**
   * A thread that stands still.
   *
   * @param trace its Java stack
   */
  record Held(Thread thread, Snapshot snapshot, List<StackTraceElement> trace) {}

  private OtherThreads(EndiveCapture session) {
    this.session = session;
  }

  /**
   * Holds the threads that are inside one of some instances.
   *
   * @param wait for how long they may take to come to such a place, all together; if it is zero
   *     none is held
   */
  static OtherThreads pause(
      EndiveCapture session, List<CapturingMachine> instances, Duration wait) {
    OtherThreads others = new OtherThreads(session);
    Set<CapturingMachine> machines = new HashSet<>(instances);
    List<ThreadStack> running = new ArrayList<>();
    for (ThreadStack stack : session.stacks()) {
      if (stack != session.thread() && stack.isInside(machines)) {
        running.add(stack);
      }
    }
    if (wait.isZero()) {
      running.forEach(stack -> others.missed.add(stack.owner().getName()));
    } else if (!running.isEmpty()) {
      others.begun = true;
      session.requests().beginPause();
      for (ThreadStack stack : running) {
        Pause pause = new Pause();
        if (stack.ask(pause)) {
          others.pauses.put(stack, pause);
        } else {
          others.missed.add(stack.owner().getName());
        }
      }
      others.await(System.nanoTime() + wait.toNanos());
    }
    return others;
  }

  private void await(long deadline) {
    pauses.forEach(
        (stack, pause) -> {
          Snapshot snapshot = pause.await(deadline - System.nanoTime());
          if (snapshot != null) {
            held.add(new Held(stack.owner(), snapshot, List.of(stack.owner().getStackTrace())));
          } else if (stack.isInside()) {
            missed.add(stack.owner().getName());
          }
        });
  }

  /** Returns the threads that stand still. */
  List<Held> held() {
    return held;
  }

  /** Returns the names of those that do not. */
  List<String> missed() {
    return missed;
  }

  /** Lets them go on. */
  @Override
  public void close() {
    pauses.forEach(
        (stack, pause) -> {
          stack.forget(pause);
          pause.end();
        });
    if (begun) {
      session.requests().endPause();
    }
  }
}
