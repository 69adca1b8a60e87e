package dev.wasmortem.capture.endive;

import dev.wasmortem.capture.CaptureAttempt;
import dev.wasmortem.capture.endive.DumpRequests.Request;
import dev.wasmortem.capture.endive.RawFrame.Moment;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.StackFrame;
import run.endive.runtime.WasmException;

/**
 * What a session knows of one thread while it is inside the session's instances; empty otherwise.
 *
 * <p>The first function that an exception leaves finds every frame still in place: there a {@link
 * Snapshot} is taken. The dump is written when the exception leaves the activation, before any code
 * of the host can react: nothing has run in between, and all the stack that the activation used is
 * free again. It is kept back until the same exception, or one that it caused, leaves the outermost
 * activation; if a host function catches it on the way, the dump is dropped.
 *
 * <p>After a stack overflow little may be done where it is seen: a class whose initialisation runs
 * out of stack is lost to the whole process.
 */
final class ThreadStack {
  /** How many functions a stack overflow must have left before there is room to work. */
  private static final int ROOM = 256;

  private final EndiveCapture session;

  private @Nullable Activation top;

  /** The exception that is under way: dealt with, or in {@link #pending}. */
  private @Nullable Throwable seen;

  /** Taken and not yet written. */
  private @Nullable Snapshot pending;

  /** What {@link #pending} was taken for: the exception itself, before anybody wrapped it. */
  private @Nullable Throwable first;

  private Urgency urgency = Urgency.AT_ONCE;

  /** How many functions the exception has left since the snapshot. */
  private int unwound;

  /** When {@link #pending} is to be written. */
  private enum Urgency {
    /** When the exception leaves an activation. */
    AT_ONCE,
    /** The same, if it has left enough functions to make room. */
    WITH_ROOM,
    /** When it leaves the outermost: another instance may yet catch it, as often as it likes. */
    AT_LAST
  }

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

  /** Whether a dump that was asked for is being written: file channels ask for interrupts too. */
  private boolean serving;

  private final Thread owner = Thread.currentThread();

  /** What another thread wants of this one. */
  private final AtomicReference<@Nullable Pause> pause = new AtomicReference<>();

  /** Made on the thread that it is of. */
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
      first = null;
      pending = null;
      thrown = null;
      catching.clear();
      retire();
      discardStale();
    }
  }

  /** An exception leaves an activation. */
  void escaping(Activation activation, Throwable t) {
    try {
      boolean outermost = activation.outer() == null;
      if (t != seen && !wraps(t, seen)) {
        if (outermost && Traps.isOverflow(t)) {
          // Not even a snapshot found room.
          session.abandon(activation.machine(), t, tooSmall());
        }
        return;
      }
      Snapshot snapshot = pending;
      if (snapshot != null && (outermost || isTime())) {
        write(snapshot, t);
      }
      if (outermost) {
        if (pending != null) {
          pending = null;
          session.abandon(activation.machine(), t, tooSmall());
        }
        if (attempt != null) {
          attempt.commit();
        }
      }
    } catch (Throwable ours) {
      // No room even here.
      return;
    }
  }

  private boolean isTime() {
    // No switch: it would come with a class to initialise.
    return urgency == Urgency.AT_ONCE || (urgency == Urgency.WITH_ROOM && unwound >= ROOM);
  }

  /** An exception leaves a function, which was at that depth of that machine's frames. */
  void failed(CapturingMachine machine, int depth, Throwable t) {
    unwound++;
    if (t != seen) {
      if (wraps(t, seen)) {
        seen = t;
      } else {
        beginOrAbandon(machine, depth, t);
      }
    }
  }

  private void beginOrAbandon(CapturingMachine machine, int depth, Throwable t) {
    try {
      begin(machine, depth, t);
    } catch (StackOverflowError tryAgainFurtherUp) {
      throw tryAgainFurtherUp;
    } catch (Throwable problem) {
      seen = t;
      pending = null;
      session.abandon(machine, t, problem);
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
    first = t;
    pending = snapshot;
    thrown = null;
    retire();
    unwound = 0;
    if (Traps.isOverflow(t)) {
      urgency = Urgency.WITH_ROOM;
    } else {
      urgency = t instanceof WasmException ? Urgency.AT_LAST : Urgency.AT_ONCE;
    }
  }

  private void write(Snapshot snapshot, Throwable t) {
    try {
      discardStale();
      attempt = session.write(snapshot, first == null ? t : first, t);
      pending = null;
      first = null;
    } catch (StackOverflowError e) {
      unwound = 0;
      urgency = Urgency.WITH_ROOM;
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

  private static Throwable tooSmall() {
    return new StackOverflowError("the thread's stack is too small to write a dump");
  }

  /** The instance on top is about to throw. */
  void onThrow() {
    Activation innermost = top;
    if (innermost != null) {
      thrown = Snapshot.atThrow(innermost, catching);
    }
  }

  // -- Dumps that were asked for

  /** Returns the innermost activation; null outside of the session's instances. */
  @Nullable Activation top() {
    return top;
  }

  /** A function was entered: its frame is there, and nothing of it has run. */
  void atEntry() {
    serve(Moment.BEFORE);
  }

  /** A branch or a call is about to be executed, or code of the host asks for interrupts. */
  void atBranch() {
    Activation innermost = top;
    // Code of the host may hold locks that others wait for. It will come back.
    if (innermost != null && !Snapshot.isInHost(innermost)) {
      serve(Moment.DURING);
    }
  }

  /** An instruction is about to be executed. */
  void atInstruction() {
    serve(Moment.BEFORE);
  }

  /** Serves the requests for instances on this thread. Whatever fails, the guest goes on. */
  private void serve(Moment moment) {
    Activation innermost = top;
    if (innermost == null || serving) {
      return;
    }
    serving = true;
    try {
      Pause wanted = pause.getAndSet(null);
      if (wanted != null) {
        wanted.hold(Snapshot.now(innermost, moment));
      }
      for (Request r = session.requests().next(innermost);
          r != null;
          r = session.requests().next(innermost)) {
        if (session.requests().take(r) && !session.serve(r, innermost, moment)) {
          return;
        }
      }
    } catch (StackOverflowError e) {
      // Not even room to look.
      return;
    } finally {
      serving = false;
    }
  }

  // -- Called by other threads

  Thread owner() {
    return owner;
  }

  /** Returns whether the thread is inside an instance, as far as this thread can see. */
  boolean isInside() {
    return top != null;
  }

  /** Returns whether the thread is inside one of these, as far as this thread can see. */
  boolean isInside(Set<CapturingMachine> machines) {
    for (Activation a = top; a != null; a = a.outer()) {
      if (machines.contains(a.machine())) {
        return true;
      }
    }
    return false;
  }

  /** Asks the thread to stand still where it can; false if somebody else has asked. */
  boolean ask(Pause wanted) {
    return pause.compareAndSet(null, wanted);
  }

  /** Takes the question back if the thread has not heard of it. */
  void forget(Pause wanted) {
    pause.compareAndSet(wanted, null);
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
