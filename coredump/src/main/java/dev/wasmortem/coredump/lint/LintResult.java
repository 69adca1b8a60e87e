package dev.wasmortem.coredump.lint;

import dev.wasmortem.coredump.Dialect;
import java.util.List;
import java.util.Map;

/**
 * What was found in a dump.
 *
 * @param dialect how its frames are written
 * @param findings in the order of the file; of each rule at most {@link Lint#LISTED}
 * @param counts how often each rule was broken, those that were not listed included
 */
public record LintResult(Dialect dialect, List<Finding> findings, Map<LintRule, Long> counts) {
  /** Makes a result; list and map are copied. */
  public LintResult {
    findings = List.copyOf(findings);
    counts = Map.copyOf(counts);
  }

  /** Returns whether the dump keeps the convention: there may be notes, and nothing else. */
  public boolean isConformant() {
    return counts.keySet().stream().allMatch(rule -> rule.severity() == LintRule.Severity.NOTE);
  }
}
