package dev.wasmortem.cli;

import org.jspecify.annotations.Nullable;

/** What cannot be used, told in one line: what, where, what to do. */
final class Unusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /** Input that cannot be used. */
  Unusable(String line) {
    this(line, ExitStatus.UNREADABLE, null);
  }

  /** Input that cannot be used, for a reason of its own. */
  Unusable(String line, Throwable cause) {
    this(line, ExitStatus.UNREADABLE, cause);
  }

  private Unusable(String line, int status, @Nullable Throwable cause) {
    super(line, cause);
    this.status = status;
  }

  /** Options or arguments that make no sense. */
  static Unusable usage(String line) {
    return new Unusable(line, ExitStatus.USAGE, null);
  }

  /** Returns the exit status that says the same. */
  int status() {
    return status;
  }
}
