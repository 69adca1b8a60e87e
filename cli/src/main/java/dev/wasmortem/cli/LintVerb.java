package dev.wasmortem.cli;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.Printable;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.edit.DumpFix;
import dev.wasmortem.coredump.lint.Lint;
import dev.wasmortem.coredump.lint.LintResult;
import dev.wasmortem.coredump.lint.LintRule;
import dev.wasmortem.debug.LintReport;
import dev.wasmortem.debug.PostMortem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** {@code wasmortem lint CORE}: where a dump deviates from the convention. */
final class LintVerb implements Verb {
  private final DumpOptions dump = new DumpOptions();
  private final OutputOptions output = new OutputOptions("docs/lint.schema.json");
  private final OutputFileOptions fixed =
      OutputFileOptions.optional(
          "--fix",
          "Write a repaired dump, and tell what remains in it. Some repairs need the modules"
              + " (-m).");

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("lint");
    spec.usageMessage()
        .description(
            "Print where a dump deviates from the convention: the offset, the code, what it means.",
            "The exit status is 1 where there is more than notes; with --fix, where there still is in"
                + " the repaired dump. docs/lint.md lists the codes.")
        .footer("", "Example:", "  wasmortem lint crash.core -m build/inventory.wasm");
    dump.addTo(spec);
    output.addTo(spec);
    fixed.addTo(spec);
    return spec;
  }

  @Override
  public int run(Console console) throws IOException {
    try (PostMortem session = dump.open()) {
      LintReport report = session.lint();
      // What is wrong in the dump itself is among the findings.
      console.tellOfModules(session);
      if (output.json()) {
        JsonFace.print(report, console.out());
      } else {
        new LintText(console.out(), output.style(Console.Stream.OUT))
            .print(report, session.dump().modules().size(), session.modules().size());
      }
      boolean conformant = fixed.file() == null ? report.conformant() : fix(session, console);
      return conformant ? ExitStatus.DONE : ExitStatus.FINDINGS;
    }
  }

  /** Writes the repaired dump and returns whether it keeps the convention. */
  private boolean fix(PostMortem session, Console console) throws IOException {
    Path file =
        fixed.write(DumpFix.of(session.dump(), session.modules()), List.of(dump.core())).file();
    try (ByteSource copy = ByteSource.open(file)) {
      tellLosses(session.dump(), Coredump.salvage(copy, Diagnostic.Sink.IGNORE), console);
      LintResult left = Lint.check(copy, session.modules());
      String problems =
          left.counts().keySet().stream()
              .filter(rule -> rule.severity() != LintRule.Severity.NOTE)
              .map(LintRule::code)
              .collect(Collectors.joining(", "));
      int unknown = session.dump().modules().size() - session.modules().size();
      console
          .err()
          .println(
              "wasmortem: repaired dump in "
                  + Printable.escape(file.toString())
                  + (problems.isEmpty() ? "" : "; not repaired: " + problems)
                  + (unknown > 0 ? "; locals and code offsets need the modules (-m)" : ""));
      return left.isConformant();
    }
  }

  /** Tells what the repaired dump says is missing from it and the dump did not. */
  private static void tellLosses(Coredump dump, Coredump copy, Console console) {
    copy.notes().stream()
        .filter(note -> !dump.notes().contains(note))
        .forEach(note -> console.err().println("wasmortem: " + Printable.escape(note.message())));
  }
}
