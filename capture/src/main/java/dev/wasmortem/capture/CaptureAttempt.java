package dev.wasmortem.capture;

import dev.wasmortem.coredump.Note;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One crash on its way to a dump: written at once, made visible or forgotten later. For those who
 * write captures. Used by the thread that trapped.
 *
 * <p>Whatever fails, an {@link OutOfMemoryError} too, is told to the {@link CaptureListener} and
 * goes no further: the guest's exception must not be masked. The thread's interrupt flag is cleared
 * during the work, since file channels close on interrupted threads, and set again afterwards.
 */
public final class CaptureAttempt {
  private final CaptureOptions options;
  private final Crash crash;
  private final @Nullable Throwable original;

  /** Null once it has ended, and for an attempt that failed. */
  private DumpSink.@Nullable Draft draft;

  private List<Note> notes = List.of();

  private @Nullable Throwable problem;

  private CaptureAttempt(CaptureOptions options, Crash crash, @Nullable Throwable original) {
    this.options = options;
    this.crash = crash;
    this.original = original;
  }

  /**
   * Writes a dump and keeps it back.
   *
   * @param original the guest's exception; null if a dump was asked for
   * @throws StackOverflowError if the rest of the stack is too small to write here, and nothing
   *     else: try again when more has unwound
   */
  public static CaptureAttempt write(
      CaptureOptions options, Crash crash, @Nullable Throwable original, DumpContent content) {
    CaptureAttempt attempt = new CaptureAttempt(options, crash, original);
    boolean interrupted = Thread.interrupted();
    try {
      DumpSink.Draft draft = options.sink().begin(crash);
      attempt.draft = draft;
      long maxBytes = Math.min(options.maxBytes(), draft.room());
      attempt.notes = content.writeTo(draft.channel(), maxBytes);
    } catch (StackOverflowError e) {
      attempt.drop(attempt.draft);
      throw e;
    } catch (Throwable problem) {
      attempt.drop(attempt.draft);
      attempt.fail(problem);
    } finally {
      restore(interrupted);
    }
    return attempt;
  }

  /** Tells the listener that a crash leaves no dump. */
  public static void abandon(
      CaptureOptions options, Crash crash, @Nullable Throwable original, Throwable problem) {
    new CaptureAttempt(options, crash, original).fail(problem);
  }

  /** Returns why there is no dump, and will be none; empty if there is, or may be. */
  public Optional<Throwable> problem() {
    return Optional.ofNullable(problem);
  }

  /**
   * Makes the dump visible and tells the listener; for an attempt that has ended, nothing.
   *
   * @return the dump; empty if there is none
   */
  public Optional<CapturedDump> commit() {
    DumpSink.Draft whole = draft;
    if (whole == null) {
      return Optional.empty();
    }
    draft = null;
    boolean interrupted = Thread.interrupted();
    try {
      Path file = whole.commit().orElse(null);
      CapturedDump dump = new CapturedDump(crash, file, notes);
      tell(() -> options.listener().captured(dump));
      return Optional.of(dump);
    } catch (Throwable problem) {
      drop(whole);
      fail(problem);
      return Optional.empty();
    } finally {
      restore(interrupted);
    }
  }

  /** Forgets the dump; for an attempt that has ended, nothing. */
  public void discard() {
    boolean interrupted = Thread.interrupted();
    try {
      drop(draft);
    } finally {
      restore(interrupted);
    }
  }

  private void drop(DumpSink.@Nullable Draft unwanted) {
    draft = null;
    if (unwanted != null) {
      try {
        unwanted.discard();
      } catch (Throwable e) {
        // There is no dump either way, and nobody left to tell.
        return;
      }
    }
  }

  private void fail(Throwable why) {
    problem = why;
    tell(() -> options.listener().failed(new CaptureFailure(crash, original, why)));
  }

  private static void tell(Runnable message) {
    try {
      message.run();
    } catch (Throwable e) {
      // A listener's trouble must not mask the guest's exception.
      return;
    }
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
