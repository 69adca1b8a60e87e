package dev.wasmortem.coredump;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.util.ArrayList;
import java.util.List;

/** What was noticed while a dump was read, and whether damage ends the reading. Thread-safe. */
final class Findings implements Diagnostic.Sink {
  /** What damage does. */
  enum Mode {
    /** It is thrown. */
    STRICT,
    /** It is reported, and what is whole is given. */
    SALVAGE
  }

  private final Mode mode;
  private final Diagnostic.Sink sink;
  private final List<Diagnostic> found = new ArrayList<>();

  Findings(Mode mode, Diagnostic.Sink sink) {
    this.mode = mode;
    this.sink = sink;
  }

  boolean strict() {
    return mode == Mode.STRICT;
  }

  /** Throws or reports {@code error}. */
  void damage(String code, FormatException error) {
    if (strict()) {
      throw error;
    }
    report(Diagnostic.of(code, error));
  }

  @Override
  public void report(Diagnostic diagnostic) {
    synchronized (this) {
      found.add(diagnostic);
    }
    sink.report(diagnostic);
  }

  synchronized List<Diagnostic> found() {
    return List.copyOf(found);
  }
}
