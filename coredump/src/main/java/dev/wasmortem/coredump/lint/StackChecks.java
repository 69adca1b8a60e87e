package dev.wasmortem.coredump.lint;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Location;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.Dialect;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.Placeholders;
import dev.wasmortem.coredump.SectionNames;
import dev.wasmortem.coredump.lint.StackWalk.WalkedFrame;
import dev.wasmortem.wasm.Section;
import java.util.List;

/** The sections {@code corestack}: how they are written, and what frames name. */
final class StackChecks {
  /** Functions that an engine takes at most. */
  private static final int SANE_FUNCTIONS = 1_000_000;

  private final Coredump dump;
  private final Damage damage;
  private final Gathered gathered;

  StackChecks(Coredump dump, Damage damage, Gathered gathered) {
    this.dump = dump;
    this.damage = damage;
    this.gathered = gathered;
  }

  void check() {
    List<Section> stacks = dump.binary().customSections(SectionNames.CORESTACK);
    if (stacks.isEmpty()) {
      return;
    }
    Dialect dialect = dump.dialect();
    dialect(dialect, stacks.get(0));
    for (int i = 0; i < stacks.size(); i++) {
      Section stack = stacks.get(i);
      int thread = i;
      try {
        new StackWalk(stack, dialect, gathered).walk(frame -> frame(frame, thread));
      } catch (FormatException e) {
        damaged(stack, e);
      }
    }
  }

  /** The reader tells what is wrong in all dialects. */
  private void damaged(Section stack, FormatException error) {
    List<Diagnostic> told =
        dump.diagnostics().stream().filter(d -> d.code().equals("stack-damaged")).toList();
    if (told.isEmpty()) {
      damage.in(stack, LintRule.STACK_DAMAGED, error);
    } else if (!gathered.has(LintRule.STACK_DAMAGED)) {
      told.forEach(diagnostic -> gathered.add(LintRule.STACK_DAMAGED, diagnostic));
    }
  }

  private void dialect(Dialect dialect, Section first) {
    Location at = first.payload().at(0, "corestack");
    if (dialect.integers() == Dialect.Integers.FIXED) {
      gathered.add(LintRule.INTEGERS_FIXED, at, "integers are 4 or 8 bytes, little-endian");
    }
    switch (dialect.layout()) {
      case SEPARATE -> {}
      case COUNTS_FIRST ->
          gathered.add(
              LintRule.COUNTS_FIRST,
              at,
              "the counts of locals and operands stand before all values");
      case LOCALS_ONLY ->
          gathered.add(LintRule.OPERANDS_MISSING, at, "operands are counted and not written");
    }
    if (dialect.instanceIndex() == Dialect.InstanceIndex.ABSENT) {
      gathered.add(LintRule.INSTANCE_INDEX_MISSING, at, "frames do not name their instance");
    }
  }

  private void frame(WalkedFrame frame, int thread) {
    int instances = dump.instances().size();
    if (frame.instance() >= instances) {
      gathered.add(
          LintRule.FRAME_INSTANCE_OUT_OF_RANGE,
          frame.section().payload().at(frame.instanceAt(), "frame.instanceidx"),
          "frame " + frame.index() + " is of instance " + frame.instance() + " of " + instances);
    }
    if (frame.function() >= SANE_FUNCTIONS) {
      gathered.add(
          LintRule.FUNCTION_OUT_OF_RANGE,
          frame.section().payload().at(frame.functionAt(), "frame.funcidx"),
          "frame " + frame.index() + " is of function " + frame.function());
    }
    placeholders(frame, thread);
    if (frame.codeOffset() == 0) {
      gathered.add(
          LintRule.CODE_OFFSET_UNKNOWN,
          frame.section().payload().at(frame.codeOffsetAt(), "frame.codeoffset"),
          "frame " + frame.index() + " does not tell where it stood");
    }
  }

  private void placeholders(WalkedFrame walked, int thread) {
    if (thread < dump.threads().size()
        && walked.index() < dump.threads().get(thread).frames().size()) {
      Frame frame = dump.threads().get(thread).frames().get(walked.index());
      int count = Placeholders.count(dump.dialect(), frame, walked.index());
      if (count > 0) {
        gathered.add(
            LintRule.PARAMETERS_MADE_UP,
            walked.section().payload().at(walked.locals().get(0).at(), "frame.locals"),
            count + " of the parameters of frame " + walked.index() + " are not captured");
      }
    }
  }
}
