package dev.wasmortem.coredump.read;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was noticed while a dump was read, and whether damage ends the reading. Thread-safe. */
public final class Findings implements Diagnostic.Sink {
  /** What damage does. */
  public enum Mode {
    /** It is thrown. */
    STRICT,
    /** It is reported, and what is whole is given. */
    SALVAGE
  }

  private static final int KEPT_PER_CODE = 100;

  private final Mode mode;
  private final Diagnostic.Sink sink;
  private final List<Diagnostic> found = new ArrayList<>();
  private final Map<String, Integer> perCode = new HashMap<>();

  /**
   * @param sink takes what is found, too
   */
  public Findings(Mode mode, Diagnostic.Sink sink) {
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

  /** Takes a finding; of each kind so many only, so that no file decides how many there are. */
  @Override
  public void report(Diagnostic diagnostic) {
    Diagnostic kept = diagnostic;
    synchronized (this) {
      int seen = perCode.merge(diagnostic.code(), 1, Integer::sum);
      if (seen > KEPT_PER_CODE) {
        return;
      }
      if (seen == KEPT_PER_CODE) {
        kept =
            new Diagnostic(
                diagnostic.code(),
                diagnostic.location(),
                diagnostic.message() + " (more of this kind are not listed)");
      }
      found.add(kept);
    }
    sink.report(kept);
  }

  /** Returns what was found so far, in order. */
  public synchronized List<Diagnostic> found() {
    return List.copyOf(found);
  }
}
