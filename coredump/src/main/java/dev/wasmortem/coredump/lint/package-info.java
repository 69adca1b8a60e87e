/**
 * Where a dump deviates from the convention: which rule, at which byte, how much it matters, who is
 * known to write it so and how it is repaired.
 *
 * <p>{@link dev.wasmortem.coredump.lint.LintRule} is the table of what is known, of which {@code
 * docs/lint.md} is made; {@link dev.wasmortem.coredump.lint.Lint} goes through a dump.
 *
 * <pre>{@code
 * LintResult result = Lint.check(source, Map.of());
 * for (Finding finding : result.findings()) {
 *   System.out.println(finding.location() + ": " + finding.rule().code());
 * }
 * }</pre>
 *
 * <p>Damage is a finding, never an error: only of what is no dump at all nothing can be said. Time
 * is linear in the file but for data segments that are out of order, which are sorted.
 */
package dev.wasmortem.coredump.lint;
