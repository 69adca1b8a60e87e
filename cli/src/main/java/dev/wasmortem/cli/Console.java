package dev.wasmortem.cli;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Where a verb prints.
 *
 * @param out answers
 * @param err complaints and progress
 * @param guestOut the standard output of a guest: what it writes goes out at once, and a pipe that
 *     was closed is an error to it
 * @param guestErr likewise the standard error of a guest
 */
record Console(PrintStream out, PrintStream err, OutputStream guestOut, OutputStream guestErr) {
  /** The streams that may be terminals. */
  enum Stream {
    IN("in"),
    OUT("out"),
    ERR("err");

    private final String name;

    Stream(String name) {
      this.name = name;
    }

    /** Returns whether the launcher found a terminal behind it. */
    boolean isTerminal() {
      return System.getProperty("wasmortem.terminals", "").contains(name);
    }
  }
}
