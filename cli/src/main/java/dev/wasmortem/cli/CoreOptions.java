package dev.wasmortem.cli;

import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.capture.Contents;
import dev.wasmortem.capture.CorePattern;
import dev.wasmortem.capture.DumpSink;
import dev.wasmortem.capture.MemoryCandidate;
import dev.wasmortem.coredump.WriterOptions.ModuleBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Where a dump of a guest goes, and what goes into it. */
final class CoreOptions {
  private final OptionSpec core =
      Options.value(CorePattern.class, "PATTERN", "--core")
          .description(
              "Where a dump is written: %%e executable, %%p process id, %%t seconds since 1970,"
                  + " %%h host, %%u a number that makes it new, %%%% a percent sign.",
              "Default: ${DEFAULT-VALUE}")
          .converters(CoreOptions::corePattern)
          .defaultValue(CorePattern.DEFAULT)
          .build();

  private final OptionSpec contents =
      Options.value(Contents.class, "WHAT", "--core-contents")
          .description(
              "What of the memories is dumped: all, pointed (the stack in memory and what the"
                  + " frames point to), stacks (nothing). Default: ${DEFAULT-VALUE}")
          .converters(CoreOptions::contents)
          .defaultValue(Contents.STACKS_AND_MEMORIES.id())
          .build();

  private final OptionSpec memories =
      Options.list(
          String.class,
          "NAME",
          "Dump only memories that are exported as NAME, or have that index in their module.",
          "--core-memory");

  private final OptionSpec limit =
      Options.value(Long.class, "SIZE", "--core-limit")
          .description(
              "The size of a dump (as 512k, 64m). A larger one keeps the stacks and their memory"
                  + " and says what it left out.")
          .converters(Quantities::size)
          .build();

  private final OptionSpec keepFree =
      Options.value(Long.class, "SIZE", "--core-keep-free")
          .description(
              "How much of the disk a dump leaves free (as 512k, 64m). Default: ${DEFAULT-VALUE}")
          .converters(Quantities::sizeOrNothing)
          .defaultValue((DumpSink.DEFAULT_FLOOR >> 20) + "m")
          .build();

  private final OptionSpec moduleBytes =
      Options.value(ModuleBytes.class, "WHERE", "--module-bytes")
          .description(
              "Put the modules' files into the dump: extension (compressed, where other readers"
                  + " skip them), inline (where other readers refuse them), none."
                  + " Default: ${DEFAULT-VALUE}")
          .converters(CoreOptions::moduleBytes)
          .defaultValue("none")
          .build();

  private final OptionSpec arguments =
      Options.flag("--args-in-core", "Put the program's arguments into the dump.");

  private final OptionSpec environment =
      Options.flag("--env-in-core", "Put the program's environment into the dump.");

  void addTo(CommandSpec spec) {
    List.of(core, contents, memories, limit, keepFree, moduleBytes, arguments, environment)
        .forEach(spec::addOption);
  }

  /**
   * Returns the options for a program.
   *
   * @param argv its arguments, its own name first
   */
  CaptureOptions.Builder of(List<String> argv, Map<String, String> variables) {
    CaptureOptions.Builder options =
        CaptureOptions.builder()
            .sink(
                DumpSink.files(
                    Options.get(CorePattern.class, core), Options.get(Long.class, keepFree)))
            .executable(argv.get(0))
            .contents(Options.get(Contents.class, contents))
            .moduleBytes(Options.get(ModuleBytes.class, moduleBytes));
    Long most = Options.getOrNull(Long.class, limit);
    if (most != null) {
      options.maxBytes(most);
    }
    List<String> named = Options.all(String.class, memories);
    if (!named.isEmpty()) {
      options.memories(candidate -> isNamed(candidate, named));
    }
    if (Options.isSet(arguments)) {
      options.arguments(argv);
    }
    if (Options.isSet(environment)) {
      options.environment(
          variables.entrySet().stream().map(v -> v.getKey() + "=" + v.getValue()).toList());
    }
    return options;
  }

  private static boolean isNamed(MemoryCandidate candidate, List<String> names) {
    return names.contains(Integer.toString(candidate.index()))
        || candidate.exports().stream().anyMatch(names::contains);
  }

  /** A dump that cannot be written is told before the program runs, as far as can be seen then. */
  private static CorePattern corePattern(String text) {
    if (Files.isDirectory(Path.of(text))) {
      throw new TypeConversionException(
          "'" + text + "' is a directory; write " + Path.of(text).resolve(CorePattern.DEFAULT));
    }
    try {
      return CorePattern.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  private static Contents contents(String text) {
    for (Contents each : Contents.values()) {
      if (each.id().equals(text)) {
        return each;
      }
    }
    throw new TypeConversionException("'" + text + "' is none of all, pointed, stacks");
  }

  private static ModuleBytes moduleBytes(String text) {
    for (ModuleBytes each : ModuleBytes.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
        return each;
      }
    }
    String known =
        Arrays.stream(ModuleBytes.values())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    throw new TypeConversionException("'" + text + "' is none of " + known);
  }
}
