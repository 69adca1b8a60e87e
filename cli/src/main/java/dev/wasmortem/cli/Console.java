package dev.wasmortem.cli;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.Printable;
import dev.wasmortem.debug.PostMortem;
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
  /** Tells in a line what was noticed in reading. */
  void tell(Diagnostic noticed) {
    err.println("wasmortem: " + Printable.escape(noticed.toString()));
  }

  /** Tells what was noticed in reading the modules of a dump, and not in the dump itself. */
  void tellOfModules(PostMortem session) {
    String core = session.dump().source().name();
    session.diagnostics().stream()
        .filter(noticed -> !noticed.location().source().equals(core))
        .forEach(this::tell);
  }

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
