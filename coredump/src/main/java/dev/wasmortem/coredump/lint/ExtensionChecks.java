package dev.wasmortem.coredump.lint;

import dev.wasmortem.bytes.Location;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.SectionNames;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.wasm.Section;
import java.util.List;
import java.util.Set;

/** The sections of ours: which there are, and whether they agree with the rest of the dump. */
final class ExtensionChecks {
  private static final Set<String> KNOWN = Set.of(SectionNames.TRAP, SectionNames.NOTES);

  private final Coredump dump;
  private final Gathered gathered;

  ExtensionChecks(Coredump dump, Gathered gathered) {
    this.dump = dump;
    this.gathered = gathered;
  }

  void check() {
    for (Section section : dump.binary().sections()) {
      if (section.name().startsWith(SectionNames.PREFIX) && !KNOWN.contains(section.name())) {
        gathered.add(
            LintRule.EXTENSION_UNKNOWN,
            section.bytes().at(0, "section"),
            "the section " + section.name() + " is not known here");
      }
    }
    dump.trap().ifPresent(this::trap);
  }

  private void trap(Trap trap) {
    int threads = dump.threads().size();
    if (trap.thread() >= threads) {
      gathered.add(
          LintRule.TRAP_OUT_OF_RANGE,
          at(SectionNames.TRAP),
          "the trap is of thread " + trap.thread() + " of " + threads);
    }
  }

  private Location at(String name) {
    List<Section> sections = dump.binary().customSections(name);
    return sections.get(0).payload().at(0, name);
  }
}
