package dev.wasmortem.coredump.lint;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.SectionNames;
import dev.wasmortem.coredump.extension.Extension;
import dev.wasmortem.wasm.Section;

/** What the reader said while it read the dump, as findings. */
final class ReaderFindings {
  private final Coredump dump;
  private final Gathered gathered;

  ReaderFindings(Coredump dump, Gathered gathered) {
    this.dump = dump;
    this.gathered = gathered;
  }

  void take() {
    for (Diagnostic diagnostic : dump.diagnostics()) {
      take(diagnostic);
    }
    if (dump.isTruncated() && !gathered.has(LintRule.TRUNCATED)) {
      gathered.add(
          LintRule.TRUNCATED,
          dump.source().at(dump.source().size(), "coredump"),
          "the file ends before its last section does");
    }
  }

  private void take(Diagnostic diagnostic) {
    switch (diagnostic.code()) {
      case "section-truncated" -> gathered.add(LintRule.TRUNCATED, diagnostic);
      case "implied-instance" -> gathered.add(LintRule.INSTANCES_MISSING, diagnostic);
      case "implied-module" -> {
        // A section that is missing is found missing.
        if (!dump.binary().customSections(SectionNames.COREMODULES).isEmpty()) {
          gathered.add(LintRule.MODULES_MISSING, diagnostic);
        }
      }
      case "dialect-ambiguous" -> gathered.add(LintRule.DIALECT_AMBIGUOUS, diagnostic);
      case "unknown-extension-version" -> gathered.add(LintRule.EXTENSION_UNKNOWN, diagnostic);
      case "module-bytes-ignored" -> gathered.add(LintRule.MODULES_EXPAND_TOO_FAR, diagnostic);
      case "module-bytes-damaged" -> gathered.add(LintRule.EXTENSION_DAMAGED, diagnostic);
      case "extension-contradicts" -> gathered.add(LintRule.EXTENSION_CONTRADICTS, diagnostic);
      case "data-section-damaged" -> gathered.add(LintRule.SECTION_DAMAGED, diagnostic);
      case "data-segment-truncated" -> {
        if (!dump.isTruncated()) {
          gathered.add(LintRule.SECTION_DAMAGED, diagnostic);
        }
      }
      case "section-damaged" -> sectionDamaged(diagnostic);
      // The checks of our own find these, with their exact places.
      case "duplicate-section",
          "index-insane",
          "frames-missing",
          "stack-damaged",
          "segment-out-of-bounds",
          "segment-damaged",
          "segment-index-ignored",
          "stack-truncated" -> {}
      default -> gathered.add(LintRule.SECTION_DAMAGED, diagnostic);
    }
  }

  /** Damage of sections that are walked here anyway is told there. */
  private void sectionDamaged(Diagnostic diagnostic) {
    if (diagnostic.location().production().equals("section")) {
      boolean id = diagnostic.message().startsWith("malformed section id");
      gathered.add(id ? LintRule.SECTION_ID_UNKNOWN : LintRule.SECTION_DAMAGED, diagnostic);
      return;
    }
    long at = diagnostic.location().offset().value();
    for (Section section : dump.binary().sections()) {
      long start = section.start().value();
      if (at >= start && at <= start + section.bytes().size()) {
        if (section.name().startsWith(Extension.PREFIX)) {
          gathered.add(LintRule.EXTENSION_DAMAGED, diagnostic);
        }
        return;
      }
    }
    gathered.add(LintRule.SECTION_DAMAGED, diagnostic);
  }
}
