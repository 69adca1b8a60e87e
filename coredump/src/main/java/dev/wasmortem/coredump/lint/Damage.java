package dev.wasmortem.coredump.lint;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.wasm.Section;
import java.util.List;

/** Says of sections that cannot be read to their ends why; once where the file ends too early. */
final class Damage {
  private final Coredump dump;
  private final Gathered gathered;

  Damage(Coredump dump, Gathered gathered) {
    this.dump = dump;
    this.gathered = gathered;
  }

  /** Returns whether a section ends with the file, which ends too early. */
  boolean isClipped(Section section) {
    List<Section> all = dump.binary().sections();
    return dump.isTruncated() && section.equals(all.get(all.size() - 1));
  }

  void in(Section section, FormatException error) {
    in(section, LintRule.SECTION_DAMAGED, error);
  }

  void in(Section section, LintRule rule, FormatException error) {
    if (!(isClipped(section) && error instanceof FormatException.Truncated)) {
      gathered.add(rule, error);
    }
  }
}
