package dev.wasmortem.cli;

/** Input that cannot be used, told in one line: what, where, what to do. */
final class Unusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unusable(String line) {
    super(line);
  }

  Unusable(String line, Throwable cause) {
    super(line, cause);
  }
}
