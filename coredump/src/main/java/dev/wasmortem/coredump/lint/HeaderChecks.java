package dev.wasmortem.coredump.lint;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.SectionNames;
import dev.wasmortem.wasm.Section;
import java.util.function.Consumer;

/** The sections {@code core}, {@code coremodules} and {@code coreinstances}. */
final class HeaderChecks {
  private static final long NOT_DUMPED = 0xffff_ffffL;

  private final Coredump dump;
  private final Damage damage;
  private final Gathered gathered;

  /** How many entries of the list of modules were walked. */
  private int modules;

  HeaderChecks(Coredump dump, Damage damage, Gathered gathered) {
    this.dump = dump;
    this.damage = damage;
    this.gathered = gathered;
  }

  void check() {
    first(
        SectionNames.CORE,
        reading -> {
          reading.zero("core");
          reading.name("core.executable-name");
        });
    switch (dump.dialect().moduleEntries()) {
      case NAMES, INLINE ->
          first(SectionNames.COREMODULES, reading -> elements(reading, "coremodule", this::module));
      case UNSIZED_NAMES ->
          gathered.add(
              LintRule.MODULE_NAMES_UNSIZED,
              dump.binary()
                  .customSections(SectionNames.COREMODULES)
                  .get(0)
                  .payload()
                  .at(1, "coremodule.module-name"),
              "the lengths of the names are missing");
    }
    first(SectionNames.COREINSTANCES, reading -> elements(reading, "coreinstance", this::instance));
  }

  private void first(String name, Consumer<Reading> content) {
    for (Section section : dump.binary().customSections(name)) {
      Reading reading = new Reading(section.payload(), name, gathered);
      try {
        content.accept(reading);
        reading.end(name);
      } catch (FormatException e) {
        damage.in(section, e);
      }
      return; // of several the first counts
    }
  }

  private static void elements(Reading reading, String production, Consumer<Reading> element) {
    long count = reading.u32(production);
    for (long i = 0; i < count; i++) {
      element.accept(reading);
    }
  }

  private void module(Reading reading) {
    if (reading.cursor().in("coremodule").peek() == 0x01) {
      gathered.add(
          LintRule.MODULE_INLINE, reading.cursor().here(), "a module given by its bytes (0x01)");
      skipModule(reading, modules++);
      return;
    }
    modules++;
    reading.zero("coremodule");
    reading.name("coremodule.module-name");
  }

  /** The reader knows where a module ends of which no size is told. */
  private void skipModule(Reading reading, int index) {
    ByteSource module =
        dump.moduleBytes(index)
            .orElseThrow(() -> reading.cursor().malformed("a module that cannot be read"));
    long end = module.origin().value() + module.size();
    reading.cursor().seek(end - reading.cursor().source().origin().value());
  }

  private void instance(Reading reading) {
    reading.zero("coreinstance");
    long start = reading.position();
    long module = reading.u32("coreinstance.moduleidx");
    if (module >= dump.modules().size()) {
      gathered.add(
          LintRule.INSTANCE_MODULE_OUT_OF_RANGE,
          reading.cursor().at(start),
          "an instance of module " + module + " of " + dump.modules().size());
    }
    indices(
        reading,
        "coreinstance.memories",
        dump.memories().size(),
        LintRule.INSTANCE_MEMORY_OUT_OF_RANGE);
    indices(
        reading,
        "coreinstance.globals",
        dump.globals().size(),
        LintRule.INSTANCE_GLOBAL_OUT_OF_RANGE);
  }

  /** Returns an entry of a list, as {@code memory 0}. */
  private static String entry(String list, long index) {
    return (list.equals("memories") ? "memory " : "global ") + index;
  }

  private void indices(Reading reading, String production, int size, LintRule rule) {
    String what = production.substring(production.indexOf('.') + 1);
    long count = reading.u32(production);
    for (long i = 0; i < count; i++) {
      long start = reading.position();
      long index = reading.u32(production);
      if (index == NOT_DUMPED) {
        gathered.add(
            LintRule.INDEX_NOT_DUMPED,
            reading.cursor().at(start),
            entry(what, i) + " of an instance is not in the dump");
      } else if (index >= size) {
        gathered.add(
            rule, reading.cursor().at(start), index + " of the dump's " + size + " " + what);
      }
    }
  }
}
