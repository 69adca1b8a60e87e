package dev.wasmortem.coredump.read;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.FormatException.Truncated;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.Dialect;
import dev.wasmortem.coredump.Dialect.InstanceIndex;
import dev.wasmortem.coredump.Dialect.Integers;
import dev.wasmortem.coredump.Dialect.Layout;
import dev.wasmortem.coredump.read.StackReader.Attempt;
import dev.wasmortem.coredump.read.StackReader.End;
import dev.wasmortem.wasm.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how the stacks of a dump are written: reads all of them in every dialect and keeps the
 * one that consumes each section exactly, with indices that can be. The convention is tried first,
 * then what genuine producers write, then the other combinations.
 *
 * <p>Where values are absent dialects coincide: without integers {@code LEB} and {@code FIXED},
 * without any values the layouts. Such twins are not read, and the evidence says so.
 */
public final class DialectDetector {
  private final List<Section> stacks;
  private final int saneInstances;
  private final boolean listsInstances;
  private final @Nullable Section clipped;
  private final Findings findings;
  private final List<Candidate> tried = new ArrayList<>();
  private final Candidate best;
  private @Nullable Candidate rival;

  /**
   * Reads the stacks.
   *
   * @param saneInstances a frame that names this instance or a higher one shows that the dialect is
   *     the wrong one
   * @param listsInstances whether the dump has a list of instances; frames without an instance are
   *     older than that, so reading them that way is no rival to the convention
   * @param clipped the section that the file ends in, null if the file is whole
   */
  public DialectDetector(
      List<Section> stacks,
      int saneInstances,
      boolean listsInstances,
      @Nullable Section clipped,
      Findings findings) {
    this.stacks = stacks;
    this.saneInstances = saneInstances;
    this.listsInstances = listsInstances;
    this.clipped = clipped;
    this.findings = findings;
    this.best = choose();
  }

  /** How the stacks are written, and what they say. */
  public record Outcome(Dialect dialect, List<CoreThread> threads) {}

  /** How well a dialect reads the stacks; better ones last. */
  private enum Fit {
    /** Something in a section breaks the grammar. */
    BROKEN,
    /** The grammar is kept; an index is of an instance or a function that cannot be. */
    INSANE,
    /** A section ends after a whole frame with fewer frames than it announces. */
    SHORT,
    /** Everything up to the end of the file does not. */
    CUT_OFF,
    EXACT
  }

  /** A dialect and what came of each section that was read in it. */
  private record Candidate(StackReader reader, List<Attempt> attempts, Fit fit) {
    String name() {
      return reader.dialect(List.of()).name();
    }

    long progress() {
      return attempts.stream().mapToLong(Attempt::position).sum();
    }

    List<CoreThread> threads() {
      List<CoreThread> threads = new ArrayList<>();
      for (Attempt attempt : attempts) {
        if (attempt.thread() != null) {
          threads.add(attempt.thread());
        }
      }
      return List.copyOf(threads);
    }

    List<FormatException> errors() {
      List<FormatException> errors = new ArrayList<>();
      for (Attempt attempt : attempts) {
        if (attempt.insane() != null) {
          errors.add(attempt.insane());
        }
        if (attempt.error() != null) {
          errors.add(attempt.error());
        }
      }
      return errors;
    }

    /** Returns where and how the first section failed that did. */
    String failure() {
      FormatException error = errors().get(0);
      return name() + " fails at " + error.location() + ": " + error.problem();
    }

    /** Damage in one stack must not speak against the dialect in which the others are whole. */
    long wholeStacks() {
      return attempts.stream().filter(a -> a.error() == null && a.insane() == null).count();
    }

    boolean betterThan(Candidate other) {
      int better = fit.compareTo(other.fit);
      if (better == 0) {
        better = Long.compare(wholeStacks(), other.wholeStacks());
      }
      return better > 0 || (better == 0 && progress() > other.progress());
    }
  }

  /**
   * Returns the best reading, having reported what is wrong with it.
   *
   * @throws FormatException if the reading is strict and no dialect fits
   */
  public Outcome outcome() {
    if (best.fit != Fit.EXACT) {
      reportDamage();
    } else if (rival != null) {
      findings.report(
          new Diagnostic(
              "dialect-ambiguous",
              stacks.get(0).payload().at(0, "corestack"),
              "the stacks can be read as "
                  + best.name()
                  + " and, with another result, as "
                  + rival.name()));
    }
    return new Outcome(best.reader.dialect(evidence()), best.threads());
  }

  private Candidate choose() {
    Candidate chosen = null;
    for (StackReader reader : inOrderOfTrust()) {
      if (chosen != null
          && chosen.fit == Fit.EXACT
          && (isLastResort(reader) || isTwin(reader, chosen.reader))) {
        continue;
      }
      Candidate candidate = read(reader);
      tried.add(candidate);
      if (chosen == null || candidate.betterThan(chosen)) {
        chosen = candidate;
      } else if (candidate.fit == Fit.EXACT
          && !(listsInstances && isOlder(reader, chosen.reader))
          && !candidate.threads().equals(chosen.threads())) {
        rival = candidate;
      }
    }
    return Objects.requireNonNull(chosen);
  }

  private List<StackReader> inOrderOfTrust() {
    List<StackReader> readers = new ArrayList<>();
    for (InstanceIndex instanceIndex : InstanceIndex.values()) {
      readers.add(reader(Integers.LEB, Layout.SEPARATE, instanceIndex));
      readers.add(reader(Integers.FIXED, Layout.COUNTS_FIRST, instanceIndex));
      readers.add(reader(Integers.FIXED, Layout.SEPARATE, instanceIndex));
      readers.add(reader(Integers.LEB, Layout.COUNTS_FIRST, instanceIndex));
    }
    for (InstanceIndex instanceIndex : InstanceIndex.values()) {
      readers.add(reader(Integers.FIXED, Layout.LOCALS_ONLY, instanceIndex));
      readers.add(reader(Integers.LEB, Layout.LOCALS_ONLY, instanceIndex));
    }
    return readers;
  }

  /** A count of what is not there contradicts itself: tried only when nothing else fits. */
  private static boolean isLastResort(StackReader reader) {
    return reader.dialect(List.of()).layout() == Layout.LOCALS_ONLY;
  }

  private StackReader reader(Integers integers, Layout layout, InstanceIndex instanceIndex) {
    return new StackReader(integers, layout, instanceIndex, saneInstances);
  }

  private static boolean isOlder(StackReader reader, StackReader chosen) {
    return reader.dialect(List.of()).instanceIndex() == InstanceIndex.ABSENT
        && chosen.dialect(List.of()).isConvention();
  }

  /** Returns whether the dialects differ only in what the stacks that were read do not hold. */
  private static boolean isTwin(StackReader reader, StackReader read) {
    Dialect one = reader.dialect(List.of());
    Dialect other = read.dialect(List.of());
    return one.instanceIndex() == other.instanceIndex()
        && (one.integers() == other.integers() || read.integerValues() == 0)
        && (one.layout() == other.layout() || read.values() == 0);
  }

  private Candidate read(StackReader reader) {
    List<Attempt> attempts = new ArrayList<>();
    Fit fit = Fit.EXACT;
    for (Section stack : stacks) {
      boolean clips = stack.equals(clipped);
      Attempt attempt = reader.read(stack, clips ? End.CLIPPED : End.WHOLE);
      attempts.add(attempt);
      Fit one = fit(attempt, clips);
      fit = one.compareTo(fit) < 0 ? one : fit;
    }
    return new Candidate(reader, List.copyOf(attempts), fit);
  }

  private static Fit fit(Attempt attempt, boolean clips) {
    boolean isShort = attempt.missing() > 0;
    if (attempt.error() != null && !isShort && !(clips && attempt.error() instanceof Truncated)) {
      return Fit.BROKEN;
    }
    if (attempt.insane() != null) {
      return Fit.INSANE;
    }
    if (isShort) {
      return Fit.SHORT;
    }
    return attempt.error() == null ? Fit.EXACT : Fit.CUT_OFF;
  }

  private void reportDamage() {
    List<FormatException> errors = best.errors();
    FormatException first = errors.get(0);
    if (best.fit.compareTo(Fit.SHORT) < 0 && !allFailAs(first)) {
      String problem =
          "no dialect reads the stacks: "
              + tried.stream().map(Candidate::failure).collect(Collectors.joining("; "));
      findings.damage("stack-damaged", new FormatException.Malformed(problem, first.location()));
      return;
    }
    String code =
        switch (best.fit) {
          case SHORT -> "frames-missing";
          case CUT_OFF -> "stack-truncated";
          case BROKEN, INSANE, EXACT -> "stack-damaged";
        };
    errors.forEach(error -> findings.damage(code, error));
  }

  /** Returns whether what is wrong does not depend on the dialect. */
  private boolean allFailAs(FormatException error) {
    return tried.stream()
        .allMatch(
            candidate -> {
              FormatException other = candidate.errors().get(0);
              return other.location().equals(error.location())
                  && other.problem().equals(error.problem());
            });
  }

  private List<String> evidence() {
    List<String> evidence = new ArrayList<>();
    StackReader reader = best.reader;
    String size =
        count(stacks.size(), "stack")
            + ", "
            + count(reader.frames(), "frame")
            + ", "
            + count(reader.values(), "value")
            + ", "
            + count(reader.integerValues(), "integer");
    evidence.add(
        size
            + switch (best.fit) {
              case EXACT -> ": every section is consumed exactly";
              case SHORT ->
                  ": every section is consumed exactly, with fewer frames than it announces";
              case CUT_OFF -> ": the file ends inside, nothing before contradicts";
              case INSANE, BROKEN -> ": no dialect fits, this one reads most";
            });
    if (reader.values() == 0) {
      evidence.add("no frame has values: integer encoding and layout make no difference");
    } else if (reader.integerValues() == 0) {
      evidence.add("no value is an integer: their encoding makes no difference");
    }
    for (Candidate candidate : tried) {
      if (candidate.reader != best.reader) {
        evidence.add(
            candidate.fit == Fit.EXACT
                ? candidate.name() + " consumes every section exactly, too"
                : candidate.failure());
      }
    }
    return evidence;
  }

  private static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
