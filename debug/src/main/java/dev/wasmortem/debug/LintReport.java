package dev.wasmortem.debug;

import dev.wasmortem.coredump.lint.Finding;
import dev.wasmortem.coredump.lint.Lint;
import dev.wasmortem.coredump.lint.LintResult;
import dev.wasmortem.coredump.lint.LintRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a dump deviates from the convention, as plain records; {@code docs/lint.schema.json} is the
 * schema. Text from files stands here verbatim.
 *
 * @param schema {@link #SCHEMA}
 * @param core the dump's path as given
 * @param dialect the dialect it is written in
 * @param producer who seems to have written it
 * @param conformant whether it keeps the convention: there are notes at most
 * @param findings in the order of the file; of each code a bounded number
 * @param counts how often each code was found, those included that are not listed
 */
public record LintReport(
    String schema,
    String core,
    String dialect,
    String producer,
    boolean conformant,
    List<Item> findings,
    Map<String, Long> counts) {
  /** The model's name and version. */
  public static final String SCHEMA = "wasmortem-lint-1";

  /** How many findings of one code are listed. */
  public static final int LISTED = Lint.LISTED;

  /**
   * A deviation; {@code docs/lint.md} lists the codes.
   *
   * @param code its kind, in kebab case
   * @param severity {@code error}, {@code warning} or {@code note}
   * @param offset the offset in the file
   * @param production what is being read there, as {@code frame.locals}
   * @param message one line
   * @param repair how it is repaired: {@code rewrite}, {@code module} or {@code cannot}
   */
  public record Item(
      String code,
      String severity,
      long offset,
      String production,
      String message,
      String repair) {}

  /** Makes a report of what was found in a dump. */
  public static LintReport of(String core, LintResult result) {
    Map<String, Long> counts = new TreeMap<>();
    result.counts().forEach((rule, count) -> counts.put(rule.code(), count));
    return new LintReport(
        SCHEMA,
        core,
        result.dialect().name(),
        result.dialect().producer().label(),
        result.isConformant(),
        result.findings().stream().map(LintReport::item).toList(),
        counts);
  }

  private static Item item(Finding finding) {
    LintRule rule = finding.rule();
    return new Item(
        rule.code(),
        rule.severity().toString(),
        finding.location().offset().value(),
        finding.location().production(),
        finding.message(),
        rule.repair().toString());
  }
}
