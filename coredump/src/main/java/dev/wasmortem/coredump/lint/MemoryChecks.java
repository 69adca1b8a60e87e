package dev.wasmortem.coredump.lint;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.wasm.ConstExpr;
import dev.wasmortem.wasm.ConstValue;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.Mutability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Memory, Global and Data sections. */
final class MemoryChecks {
  /** What wasm-tools reads at most. */
  private static final int MEMORIES = 100;

  private static final int GLOBALS = 1_000_000;

  private final Coredump dump;
  private final Damage damage;
  private final Gathered gathered;

  /** Where each memory's type stands, from the section's payload. */
  private final List<Long> typePositions = new ArrayList<>();

  MemoryChecks(Coredump dump, Damage damage, Gathered gathered) {
    this.dump = dump;
    this.damage = damage;
    this.gathered = gathered;
  }

  void check() {
    section(SectionId.MEMORY, this::memories);
    section(SectionId.GLOBAL, this::globals);
    List<SegmentChecks.Bounds> bounds = new ArrayList<>();
    for (MemoryType type : dump.binary().memoryTypes()) {
      bounds.add(SegmentChecks.Bounds.of(type));
    }
    new SegmentChecks(dump, bounds, gathered).check();
    for (int i = 0; i < bounds.size() && i < typePositions.size(); i++) {
      if (bounds.get(i).isSizeUntold() && bounds.get(i).hasBytes()) {
        gathered.add(
            LintRule.MEMORY_SIZE_ZERO,
            dump.binary()
                .section(SectionId.MEMORY)
                .orElseThrow()
                .payload()
                .at(typePositions.get(i), "memtype"),
            "memory " + i + " has a minimum of 0 and bytes in it");
      }
    }
  }

  private interface Content {
    void read(Reading reading);
  }

  private void section(SectionId id, Content content) {
    Optional<Section> section = dump.binary().section(id);
    if (section.isEmpty()) {
      return;
    }
    Reading reading = new Reading(section.get().payload(), "section", gathered);
    try {
      content.read(reading);
      reading.end("section");
    } catch (FormatException e) {
      damage.in(section.get(), e);
    }
  }

  private void memories(Reading reading) {
    limited(reading, "memsec", MEMORIES, LintRule.TOO_MANY_MEMORIES, this::memory);
  }

  private void memory(Reading reading) {
    long start = reading.position();
    MemoryType type = MemoryType.read(reading.cursor().in("memtype"));
    typePositions.add(start);
    ByteWriter shortest = new ByteWriter();
    type.writeTo(shortest);
    reading.padding(start, shortest.size());
  }

  private void globals(Reading reading) {
    limited(reading, "globalsec", GLOBALS, LintRule.TOO_MANY_GLOBALS, this::global);
  }

  private void global(Reading reading) {
    long start = reading.position();
    GlobalType type = GlobalType.read(reading.cursor().in("globaltype"));
    long expression = reading.position();
    if (type.mutability() == Mutability.VAR) {
      gathered.add(
          LintRule.GLOBAL_MUTABLE, reading.cursor().at(expression - 1), "a global of type " + type);
    }
    ConstExpr initializer = ConstExpr.read(reading.cursor().in("global.init"));
    ConstValue value = initializer.value().orElse(null);
    boolean constant =
        value != null
            && value.kind() != ConstValue.Kind.GLOBAL_GET
            && value.kind() != ConstValue.Kind.REF_FUNC;
    if (!constant) {
      gathered.add(
          LintRule.GLOBAL_NOT_CONSTANT,
          reading.cursor().in("global.init").at(expression),
          "the initialiser is no constant");
    }
    if (value != null) {
      ByteWriter shortest = new ByteWriter();
      type.writeTo(shortest);
      value.writeTo(shortest);
      reading.padding(start, shortest.size());
    }
  }

  private void limited(
      Reading reading, String production, int limit, LintRule rule, Content element) {
    long start = reading.position();
    long count = reading.u32(production);
    for (long i = 0; i < count; i++) {
      element.read(reading);
    }
    if (count > limit) {
      gathered.add(rule, reading.cursor().in(production).at(start), count + " of them");
    }
  }
}
