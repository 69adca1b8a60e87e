package dev.wasmortem.capture;

import java.nio.file.FileSystemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A crash, or a request, that left no dump.
 *
 * @param crash what happened
 * @param original the guest's exception, which goes its way unchanged; null for a request
 * @param problem why there is no dump
 */
public record CaptureFailure(Crash crash, @Nullable Throwable original, Throwable problem) {
  /** Returns the guest's exception; empty for a request. */
  public Optional<Throwable> guestException() {
    return Optional.ofNullable(original);
  }

  /**
   * Returns one line for people: {@code no dump could be written: /cores: 3.1 MiB are free, …}. It
   * may hold a file's name; not safe to print.
   */
  public String line() {
    String message = problem.getMessage();
    boolean speaks = message != null && problem instanceof FileSystemException file && says(file);
    return "no dump could be written: " + (speaks ? message : problem);
  }

  /** Those without a reason say all by their class: {@code AccessDeniedException: /cores}. */
  private static boolean says(FileSystemException e) {
    return e.getReason() != null;
  }
}
