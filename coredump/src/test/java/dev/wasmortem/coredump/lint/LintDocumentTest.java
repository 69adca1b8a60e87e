package dev.wasmortem.coredump.lint;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.testkit.Goldens;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/lint.md is made from the table. */
final class LintDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("wasmortem.root", ".."), "docs", "lint.md");

  @Test
  void documentation() {
    StringBuilder text =
        new StringBuilder(
            """
            # What `wasmortem lint` finds

            Made from the table in
            [`LintRule`](../coredump/src/main/java/dev/wasmortem/coredump/lint/LintRule.java) by a test; `-Dwasmortem.goldens.refresh=true` makes it anew.
            An *error* is misread or refused by other readers, a *warning* deviates from the convention and is read all the same, a *note* is good
            to know. A dump with notes alone keeps the convention. The last column says whether `lint --fix` repairs it. JSON follows
            [lint.schema.json](lint.schema.json).

            | code | severity | meaning | seen in | repaired by |
            |---|---|---|---|---|
            """);
    for (LintRule rule : LintRule.values()) {
      text.append("| `")
          .append(rule.code())
          .append("` | ")
          .append(rule.severity())
          .append(" | ")
          .append(rule.meaning())
          .append(" | ")
          .append(rule.producers())
          .append(" | ")
          .append(rule.repair().words())
          .append(" |\n");
      assertTrue(rule.meaning().endsWith("."), rule::meaning);
    }
    Goldens.check(DOCUMENT, text.toString());
  }
}
