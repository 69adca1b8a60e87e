package dev.wasmortem.cli;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.AddressRange;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.Region;
import dev.wasmortem.coredump.edit.BytePattern;
import dev.wasmortem.coredump.edit.Redaction;
import dev.wasmortem.coredump.layout.StackRegions;
import dev.wasmortem.debug.PostMortem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code wasmortem redact CORE -o OUT}: the same dump without what nobody is to see. */
final class RedactVerb implements Verb {
  /** How many places are told where something remains. */
  private static final int TOLD = 10;

  private final DumpOptions dump = new DumpOptions();
  private final OutputFileOptions output = OutputFileOptions.required();

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
          String.class,
          "MEMORY:START:LENGTH",
          "Take out a range of a memory; numbers with 0x are hexadecimal.",
          "--range");

  private final OptionSpec stackOnly =
      Options.flag(
          "--keep-only-stack",
          "Keep of the memories the stack only: as the dump's regions tell it, else as the module's"
              + " linker left word of it (-m).");

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("redact");
    spec.usageMessage()
        .description(
            "Write a dump without what nobody is to see: at equal length, marked as redacted.",
            "Searched are memories, names, messages, arguments, values in frames and globals, and"
                + " modules in the dump. The exit status is 1 where a pattern remains.")
        .footer(
            "", "Example:", "  wasmortem redact crash.core -o safe.core --regex 'sk_[a-z0-9]{24}'");
    dump.addTo(spec);
    output.addTo(spec);
    List.of(texts, expressions, hexes, ranges, stackOnly).forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(Console console) throws IOException {
    Redaction redaction = new Redaction();
    int asked = patterns(redaction, texts, BytePattern::text);
    asked += patterns(redaction, expressions, BytePattern::regex);
    asked += patterns(redaction, hexes, BytePattern::hex);
    List<String> given = Options.all(String.class, ranges);
    given.forEach(range -> range(redaction, range));
    if (asked + given.size() == 0 && !Options.isSet(stackOnly)) {
      throw Unusable.usage(
          "redact wants to know what: --text, --regex, --hex, --range or --keep-only-stack");
    }
    try (PostMortem session = dump.open()) {
      if (Options.isSet(stackOnly)) {
        keepStack(redaction, session);
      }
      Path file = output.write(redaction.of(session.dump()), List.of(dump.core()));
      try (ByteSource copy = ByteSource.open(file)) {
        List<Long> remaining = redaction.remaining(copy, TOLD);
        for (long offset : remaining) {
          console
              .err()
              .println(
                  "wasmortem: a pattern is still found at "
                      + copy.at(offset, "")
                      + ", in what holds the dump together");
        }
        return remaining.isEmpty() ? ExitStatus.DONE : ExitStatus.FINDINGS;
      }
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

  private static void range(Redaction redaction, String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw Unusable.usage("--range wants MEMORY:START:LENGTH, not " + text);
    }
    AddressRange range =
        new AddressRange(
            new MemoryAddress(Quantities.address(parts[1])), Quantities.address(parts[2]));
    redaction.range(Math.toIntExact(Quantities.address(parts[0])), range);
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
