package dev.wasmortem.coredump.lint;

import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.SectionNames;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.SectionId;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Which sections there are, in which order, and how their headers are written. */
final class SectionChecks {
  private static final Set<SectionId> EXPECTED =
      EnumSet.of(
          SectionId.CUSTOM,
          SectionId.MEMORY,
          SectionId.GLOBAL,
          SectionId.DATA,
          SectionId.DATA_COUNT);

  private static final Set<String> SINGLE =
      Set.of(SectionNames.CORE, SectionNames.COREMODULES, SectionNames.COREINSTANCES);

  private final Coredump dump;
  private final Gathered gathered;
  private final Set<String> seen = new HashSet<>();
  private int place = -1;

  SectionChecks(Coredump dump, Gathered gathered) {
    this.dump = dump;
    this.gathered = gathered;
  }

  void check() {
    for (Section section : dump.binary().sections()) {
      header(section);
      repetition(section);
      order(section);
      if (!EXPECTED.contains(section.id())) {
        gathered.add(
            LintRule.SECTION_UNEXPECTED,
            section.bytes().at(0, "section"),
            "a section " + title(section));
      }
    }
    missing(SectionNames.CORE, LintRule.CORE_MISSING);
    missing(SectionNames.COREMODULES, LintRule.MODULES_MISSING);
    missing(SectionNames.CORESTACK, LintRule.STACK_MISSING);
  }

  private void header(Section section) {
    Reading header = new Reading(section.bytes(), "section", gathered);
    header.cursor().skip(1);
    header.u32("section.size");
    if (section.id() == SectionId.CUSTOM && section.payload().size() < header.remaining()) {
      header.name("customsec.name");
    }
  }

  private void repetition(Section section) {
    boolean single = section.id() != SectionId.CUSTOM || SINGLE.contains(section.name());
    if (single && !seen.add(section.id() + section.name())) {
      gathered.add(
          LintRule.DUPLICATE_SECTION,
          section.bytes().at(0, "section"),
          "another section " + title(section) + "; the first counts");
    }
  }

  private void order(Section section) {
    int own = section.id().place().orElse(-1);
    if (own < 0) {
      return;
    }
    if (own < place) {
      gathered.add(
          LintRule.SECTIONS_OUT_OF_ORDER,
          section.bytes().at(0, "section"),
          "the section " + title(section) + " stands behind one that it belongs before");
    }
    place = Math.max(place, own);
  }

  private void missing(String name, LintRule rule) {
    if (dump.binary().customSections(name).isEmpty()) {
      gathered.add(rule, dump.source().at(0, "coredump"), "there is no section " + name);
    }
  }

  private static String title(Section section) {
    return section.id() == SectionId.CUSTOM
        ? section.name()
        : section.id().name().toLowerCase(Locale.ROOT);
  }
}
