package dev.wasmortem.capture.endive;

import dev.wasmortem.capture.CaptureAttempt;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.StackFrame;
import run.endive.runtime.WasmException;

/**
 * What a session knows of one thread while it is inside the session's instances; empty otherwise.
 *
 * <p>The first function that an exception leaves finds every frame still in place. There the dump
 * is taken, and kept back until the same exception, or one that it caused, leaves the outermost
 * activation; if a host function catches it on the way, the dump is dropped.
 */
final class ThreadStack {
  /** How many functions a stack overflow must have left before there is room to work. */
  private static final int ROOM = 64;

  private final EndiveCapture session;

  private @Nullable Activation top;

  /** The exception that is under way: dealt with, or in {@link #pending}. */
  private @Nullable Throwable seen;

  /** Taken and not yet written. */
  private @Nullable Snapshot pending;

  /** How many more functions must be left until {@link #pending} is written. */
  private int wait;

  /** The dump of {@link #seen}: written and not yet visible. */
  private @Nullable CaptureAttempt attempt;

  /**
   * The dump of an exception before, which a host function caught; null while there is an attempt.
   */
  private @Nullable CaptureAttempt stale;

  /** The stack as the last {@code throw} found it. */
  private @Nullable Snapshot thrown;

  /** Of frames, whether their function has a {@code try_table}; filled at throws only. */
  private final IdentityHashMap<StackFrame, Boolean> catching = new IdentityHashMap<>();

  ThreadStack(EndiveCapture session) {
    this.session = session;
  }

  Activation enter(CapturingMachine machine) {
    Activation activation = new Activation(machine, machine.depth(), top);
    top = activation;
    return activation;
  }

  void leave(Activation activation) {
    top = activation.outer();
    if (top == null && (seen != null || thrown != null)) {
      seen = null;
      pending = null;
      thrown = null;
      catching.clear();
      retire();
      discardStale();
    }
  }

  /** An exception leaves an activation. */
  void escaping(Activation activation, Throwable t) {
    if (activation.outer() != null) {
      return;
    }
    try {
      if (t != seen && !wraps(t, seen)) {
        return;
      }
      if (pending != null) {
        writeAtLast(pending, t);
      }
      if (attempt != null) {
        attempt.commit();
      }
    } catch (Throwable ours) {
      // No room even here.
      return;
    }
  }

  /** An exception leaves a function, which was at that depth of that machine's frames. */
  void failed(CapturingMachine machine, int depth, Throwable t) {
    if (t != seen) {
      if (!wraps(t, seen)) {
        begin(machine, depth, t);
        return;
      }
      seen = t;
    }
    if (pending != null && wait != Integer.MAX_VALUE && --wait <= 0) {
      write(pending, t);
    }
  }

  /** Nothing is changed before the snapshot is complete: it may overflow, and be tried again. */
  private void begin(CapturingMachine machine, int depth, Throwable t) {
    if (Traps.isExit(t)) {
      seen = t;
      pending = null;
      retire();
      return;
    }
    Activation innermost = top;
    if (innermost == null) {
      return;
    }
    Snapshot atThrow = t instanceof WasmException ? thrown : null;
    Snapshot snapshot =
        atThrow != null ? atThrow.frozen() : Snapshot.take(innermost, machine, depth);
    seen = t;
    pending = snapshot;
    thrown = null;
    retire();
    if (Traps.isOverflow(t)) {
      wait = ROOM;
    } else if (t instanceof WasmException) {
      // Another instance may yet catch it, as often as it likes: write when nobody did.
      wait = Integer.MAX_VALUE;
    } else {
      write(snapshot, t);
    }
  }

  private void write(Snapshot snapshot, Throwable t) {
    try {
      discardStale();
      attempt = session.write(snapshot, t);
      pending = null;
    } catch (StackOverflowError e) {
      wait = ROOM;
    }
  }

  /** Not discarded here and now: that takes more room than there may be. */
  private void retire() {
    if (attempt != null) {
      stale = attempt;
      attempt = null;
    }
  }

  private void discardStale() {
    CaptureAttempt unwanted = stale;
    if (unwanted != null) {
      unwanted.discard();
      stale = null;
    }
  }

  private void writeAtLast(Snapshot snapshot, Throwable t) {
    write(snapshot, t);
    if (pending != null) {
      pending = null;
      session.abandon(snapshot, t, new StackOverflowError("the thread's stack is too small"));
    }
  }

  /** The instance on top is about to throw. */
  void onThrow() {
    Activation innermost = top;
    if (innermost != null) {
      thrown = Snapshot.atThrow(innermost, catching);
    }
  }

  private static boolean wraps(Throwable t, @Nullable Throwable seen) {
    if (seen == null) {
      return false;
    }
    Throwable cause = t.getCause();
    for (int i = 0; cause != null && i < 100; i++) {
      if (cause == seen) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
