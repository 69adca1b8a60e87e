package dev.wasmortem.cli;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Printable;
import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.Region;
import dev.wasmortem.coredump.edit.BytePattern;
import dev.wasmortem.coredump.edit.Redacted;
import dev.wasmortem.coredump.edit.Redaction;
import dev.wasmortem.coredump.layout.StackRegions;
import dev.wasmortem.debug.CopyReport;
import dev.wasmortem.debug.PostMortem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** {@code wasmortem redact CORE -o OUT}: the same dump without what nobody is to see. */
final class RedactVerb implements Verb {
  /** How many places are told where something remains. */
  private static final int TOLD = 10;

  private final DumpOptions dump = new DumpOptions();
  private final OutputFileOptions written = OutputFileOptions.required();
  private final OutputOptions output = new OutputOptions("docs/copy.schema.json");

  private final OptionSpec texts =
      Options.list(String.class, "TEXT", "Take out the bytes of TEXT in UTF-8.", "--text");

  private final OptionSpec expressions =
      Options.list(
          String.class,
          "REGEX",
          "Take out what a regular expression (java.util.regex, a byte is a character) matches.",
          "--regex");

  private final OptionSpec hexes =
      Options.list(String.class, "HEX", "Take out bytes given in hexadecimal.", "--hex");

  private final OptionSpec ranges =
      Options.list(
          Part.class,
          Part::read,
          "MEMORY:START:LENGTH",
          "Take out a range of a memory; numbers with 0x are hexadecimal.",
          "--range");

  private final OptionSpec stackOnly =
      Options.flag(
          "--keep-only-stack",
          "Keep of the memories the stack only: as the dump's regions tell it, else as the module's"
              + " linker left word of it (-m).");

  /**
   * A range of a memory.
   *
   * @param text as the user wrote it
   */
  private record Part(String text, int memory, AddressRange range) {
    static Part read(String text) {
      String[] numbers = text.split(":", -1);
      if (numbers.length != 3) {
        throw new TypeConversionException("'" + text + "' is no MEMORY:START:LENGTH");
      }
      MemoryAddress start = new MemoryAddress(Quantities.address(numbers[1]));
      return new Part(
          text,
          (int) Math.min(Quantities.address(numbers[0]), Integer.MAX_VALUE),
          new AddressRange(start, Quantities.address(numbers[2])));
    }

    /** Complains if the dump does not have it: a typing error must not leave a secret in. */
    void requireIn(Coredump dump) {
      String option = "--range " + text;
      DumpedMemory.requireInside(DumpedMemory.of(dump, memory, option), range.start(), option);
    }
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("redact");
    spec.usageMessage()
        .description(
            "Write a dump without what nobody is to see: at equal length, marked as redacted.",
            "Searched are memories, names, messages, arguments, the environment, values in frames"
                + " and globals, and modules in the dump. The exit status is 1 where a pattern"
                + " remains.",
            "Of TEXT and HEX that the dump cuts, the beginning is taken out, too, from four bytes"
                + " on; of what an expression would match it is not.")
        .footer(
            "", "Example:", "  wasmortem redact crash.core -o safe.core --regex 'sk_[a-z0-9]{24}'");
    dump.addTo(spec);
    written.addTo(spec);
    List.of(texts, expressions, hexes, ranges, stackOnly).forEach(spec::addOption);
    output.addTo(spec);
    return spec;
  }

  @Override
  public int run(Console console) throws IOException {
    Redaction redaction = new Redaction();
    int asked = patterns(redaction, texts, BytePattern::text);
    asked += patterns(redaction, expressions, BytePattern::regex);
    asked += patterns(redaction, hexes, BytePattern::hex);
    List<Part> given = Options.all(Part.class, ranges);
    given.forEach(part -> redaction.range(part.memory(), part.range()));
    if (asked + given.size() == 0 && !Options.isSet(stackOnly)) {
      throw Unusable.usage(
          "redact wants to know what: --text, --regex, --hex, --range or --keep-only-stack");
    }
    try (PostMortem session = dump.open()) {
      given.forEach(part -> part.requireIn(session.dump()));
      if (Options.isSet(stackOnly)) {
        keepStack(redaction, session);
      }
      return write(session, redaction, console);
    } catch (BytePattern.TooDeep e) {
      throw Unusable.usage("--regex " + Printable.escape(String.valueOf(e.getMessage())));
    }
  }

  private int write(PostMortem session, Redaction redaction, Console console) throws IOException {
    Redacted redacted = redaction.of(session.dump());
    OutputFileOptions.Written file = written.write(redacted.copy(), List.of(dump.core()));
    try (ByteSource copy = ByteSource.open(file.file())) {
      List<Long> remaining = redaction.remaining(copy, CopyReport.REMAINING);
      if (output.json()) {
        JsonFace.print(
            CopyReport.of(session, copy, file.notes()).with(redacted, remaining), console.out());
      } else {
        session.diagnostics().forEach(console::tell);
        tell(remaining, copy, console);
      }
      return remaining.isEmpty() ? ExitStatus.DONE : ExitStatus.FINDINGS;
    } catch (BytePattern.TooDeep e) {
      // What nobody has looked at a last time is not to be passed on.
      Files.delete(file.file());
      throw e;
    }
  }

  private void tell(List<Long> remaining, ByteSource copy, Console console) {
    Style style = output.style(Console.Stream.ERR);
    for (long offset : remaining.subList(0, Math.min(TOLD, remaining.size()))) {
      console
          .err()
          .println(
              "wasmortem: "
                  + style.alarm("a pattern is still found")
                  + " at "
                  + copy.at(offset, "")
                  + ", in what holds the dump together");
    }
  }

  private static int patterns(
      Redaction redaction, OptionSpec option, Function<String, BytePattern> reader) {
    List<String> all = Options.all(String.class, option);
    for (String text : all) {
      try {
        redaction.pattern(reader.apply(text));
      } catch (IllegalArgumentException e) {
        throw Unusable.usage(option.longestName() + " '" + text + "': " + e.getMessage());
      }
    }
    return all.size();
  }

  private static void keepStack(Redaction redaction, PostMortem session) {
    List<Region> stacks = StackRegions.of(session.dump(), session.modules());
    if (stacks.isEmpty()) {
      throw Unusable.usage(
          "--keep-only-stack: the dump has no region of a stack, and no module that tells where it"
              + " is; name one that has a global __stack_pointer with -m");
    }
    for (Region stack : stacks) {
      redaction.keepOnly(stack.memory(), new AddressRange(stack.start(), stack.length()));
    }
  }
}
