package dev.wasmortem.cli;

import dev.wasmortem.bytes.Printable;
import dev.wasmortem.capture.CapturedDump;
import dev.wasmortem.capture.CorePattern;
import dev.wasmortem.debug.PostMortem;
import dev.wasmortem.debug.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code wasmortem run MODULE}: runs a WASI program; on a trap writes a dump and prints the backtrace. */
@Command(
    name = "run",
    description = {
      "Run a WASI program on Endive. When it traps, write a core dump and print the backtrace.",
      "The exit status is the program's own, 134 after a trap."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  wasmortem run --dir data::/data --core 'cores/%%e.%%p.core' inventory.wasm BOLT-M8"
    })
final class RunCommand implements Callable<Integer> {
  /** Frames printed right after a trap; {@code bt} shows more. */
  private static final int FRAMES = 40;

  private final Console console;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(index = "0", paramLabel = "MODULE", description = "The module to run.")
  private Path module = Path.of("module");

  @Parameters(
      index = "1..*",
      paramLabel = "ARGS",
      description = "The program's arguments, or those of the function that --invoke names.")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "A variable of the program's environment. Repeatable.")
  private Map<String, String> environment = new LinkedHashMap<>();

  @Option(
      names = "--dir",
      paramLabel = "HOST::GUEST",
      description = "Give the program the host's folder HOST as GUEST (HOST alone: by the same name). Repeatable.")
  private List<String> folders = new ArrayList<>();

  @Option(
      names = "--invoke",
      paramLabel = "NAME",
      description = "Call the exported function NAME with ARGS instead of _start, and print its results.")
  private @Nullable String invoke;

  @Option(
      names = "--preload",
      paramLabel = "NAME=FILE",
      description = "Instantiate the module FILE first and link it as NAME. Repeatable.")
  private Map<String, Path> preloads = new LinkedHashMap<>();

  @Option(
      names = "--core",
      paramLabel = "PATTERN",
      description =
          "Where a dump is written: %%e executable, %%p process id, %%t seconds since 1970, %%h host, %%u a number that"
              + " makes it new, %%%% a percent sign. Default: ${DEFAULT-VALUE}",
      defaultValue = CorePattern.DEFAULT)
  private String core = CorePattern.DEFAULT;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Stop the program after TIME (as 500ms, 10s, 2m) and dump what it was doing.")
  private @Nullable Duration timeout;

  @Option(
      names = "--stack-size",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "The size of the stack the program runs on (as 512k, 64m). Default: ${DEFAULT-VALUE}",
      defaultValue = "64m")
  private long stackSize;

  @Option(
      names = "--source-map",
      paramLabel = "OLD=NEW",
      description = "Look for sources below NEW whose paths begin with OLD. Repeatable.")
  private List<String> sourceMaps = new ArrayList<>();

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    console.out().flush();
    GuestProgram program =
        new GuestProgram(
            module, arguments, environment, folders(), preloads, invoke, corePattern(), console);
    GuestOutcome outcome = program.run(stackSize, timeout);
    for (String result : outcome.results()) {
      console.out().println(result);
    }
    if (outcome.trap() == null) {
      return outcome.status();
    }
    for (String line : outcome.complaints()) {
      console.err().println("wasmortem: " + Printable.escape(line));
    }
    if (outcome.dump() == null) {
      console.err().println("wasmortem: the program trapped: " + Printable.escape(outcome.trap()));
    } else {
      postMortem(outcome.dump());
    }
    return ExitStatus.TRAPPED;
  }

  private void postMortem(CapturedDump dump) throws IOException {
    Path file = dump.file().orElseThrow();
    List<Path> modules = new ArrayList<>(List.of(module));
    modules.addAll(preloads.values());
    try (PostMortem session =
        PostMortem.open(file, modules, DumpOptions.sourcePaths(sourceMaps, modules))) {
      Report report =
          session.backtrace(
              output.json ? PostMortem.ModuleHashes.INCLUDE : PostMortem.ModuleHashes.OMIT);
      if (output.json) {
        JsonFace.print(report, console.err());
        return;
      }
      new BacktraceText(console.err(), output.style(), session.sources()).frames(FRAMES).print(report);
    }
    String named = modules.stream().map(m -> " -m " + quoted(m)).collect(Collectors.joining());
    console.err().println();
    console.err().println("Core dumped to " + Printable.escape(file.toString()) + ". To look closer:");
    console.err().println("  wasmortem bt --full " + quoted(file) + named);
    console.err().println("  wasmortem info " + quoted(file) + named);
  }

  /** Returns a path as a shell wants it. */
  private static String quoted(Path path) {
    String text = Printable.escape(path.toString());
    return text.matches("[A-Za-z0-9_./+:@%=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private Map<String, Path> folders() {
    Map<String, Path> byGuestName = new LinkedHashMap<>();
    for (String folder : folders) {
      int colons = folder.indexOf("::");
      String host = colons < 0 ? folder : folder.substring(0, colons);
      byGuestName.put(colons < 0 ? folder : folder.substring(colons + 2), Path.of(host));
    }
    return byGuestName;
  }

  private CorePattern corePattern() {
    try {
      return CorePattern.parse(core);
    } catch (IllegalArgumentException e) {
      throw new Unusable(String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads {@code 500ms}, {@code 10s}, {@code 2m}; a number alone is seconds. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        if (text.endsWith("ms")) {
          return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
        }
        if (text.endsWith("m")) {
          return Duration.ofMinutes(Long.parseLong(text.substring(0, text.length() - 1)));
        }
        String seconds = text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
        return Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is no time; write 500ms, 10s or 2m");
      }
    }
  }

  /** Reads {@code 65536}, {@code 512k}, {@code 64m}, {@code 1g}. */
  static final class SizeConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        String units = "kmg";
        int unit = text.isEmpty() ? -1 : units.indexOf(Character.toLowerCase(text.charAt(text.length() - 1)));
        String number = unit < 0 ? text : text.substring(0, text.length() - 1);
        long size = Math.multiplyExact(Long.parseLong(number), 1L << (10 * (unit + 1)));
        if (size < 64 << 10 || size > 16L << 30) {
          throw new TypeConversionException("a stack of '" + text + "'; it must be 64k to 16g");
        }
        return size;
      } catch (NumberFormatException | ArithmeticException e) {
        throw new TypeConversionException("'" + text + "' is no size; write 512k, 64m or 1g");
      }
    }
  }
}
