package dev.wasmortem.coredump.lint;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The findings so far; of each rule a bounded number is kept. */
final class Gathered {
  private final List<Finding> findings = new ArrayList<>();
  private final Map<LintRule, Long> counts = new EnumMap<>(LintRule.class);

  void add(LintRule rule, Location location, String message) {
    if (counts.merge(rule, 1L, Long::sum) <= Lint.LISTED) {
      findings.add(new Finding(rule, location, message));
    }
  }

  void add(LintRule rule, FormatException error) {
    add(rule, error.location(), error.problem());
  }

  void add(LintRule rule, Diagnostic diagnostic) {
    add(rule, diagnostic.location(), diagnostic.message());
  }

  boolean has(LintRule rule) {
    return counts.containsKey(rule);
  }

  /** Returns the findings in the order of the file. */
  List<Finding> inOrder() {
    findings.sort(
        Comparator.comparing((Finding finding) -> finding.location().offset())
            .thenComparing(Finding::rule));
    return findings;
  }

  Map<LintRule, Long> counts() {
    return counts;
  }
}
