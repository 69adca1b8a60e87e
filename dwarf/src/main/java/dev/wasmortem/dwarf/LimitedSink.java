package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.Diagnostic;
import java.util.HashMap;
import java.util.Map;

/**
 * Passes on the first diagnostics of each kind: a damaged file can have one for every few bytes.
 */
final class LimitedSink implements Diagnostic.Sink {
  /** How many of a kind are passed on. */
  static final int LIMIT = 20;

  private final Diagnostic.Sink target;
  private final Map<String, Integer> seen = new HashMap<>();

  LimitedSink(Diagnostic.Sink target) {
    this.target = target;
  }

  @Override
  public synchronized void report(Diagnostic diagnostic) {
    int count = seen.merge(diagnostic.code(), 1, Integer::sum);
    if (count < LIMIT) {
      target.report(diagnostic);
    } else if (count == LIMIT) {
      target.report(
          new Diagnostic(
              diagnostic.code(),
              diagnostic.location(),
              diagnostic.message() + "; more of the kind are not reported"));
    } else {
      // An overflow would begin to report anew.
      seen.put(diagnostic.code(), LIMIT + 1);
    }
  }
}
