package dev.wasmortem.cli;

/** The command's exit statuses. */
final class ExitStatus {
  static final int DONE = 0;
  static final int FINDINGS = 1;

  /** Wrong usage; also of a file to write that is there already. */
  static final int USAGE = 2;

  static final int UNREADABLE = 3;

  /** 128 + SIGABRT, as a shell shows a process that dumped core. */
  static final int TRAPPED = 134;

  private ExitStatus() {}
}
