package dev.wasmortem.cli;

import dev.wasmortem.bytes.Printable;
import dev.wasmortem.capture.CapturedDump;
import dev.wasmortem.debug.ModuleHashes;
import dev.wasmortem.debug.PostMortem;
import dev.wasmortem.debug.Report;
import dev.wasmortem.debug.SessionOptions;
import dev.wasmortem.symbols.DebugFileSearch.Match;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code wasmortem run MODULE}: runs a WASI program; on a trap writes a dump and prints the
 * backtrace.
 */
final class RunVerb implements Verb {
  /** Frames printed right after a trap; {@code bt} shows more. */
  private static final int FRAMES = 40;

  private final PositionalParamSpec module = Options.file("MODULE", "The module to run.");

  private final PositionalParamSpec arguments =
      PositionalParamSpec.builder()
          .index("1..*")
          .arity("0..*")
          .paramLabel("ARGS")
          .description("The program's arguments, or those of the function that --invoke names.")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .build();

  private final OptionSpec environment =
      Options.list(String.class, "NAME=VALUE", "A variable of the program's environment.", "--env");

  private final OptionSpec folders =
      Options.list(
          String.class,
          "HOST::GUEST",
          "Give the program the host's folder HOST as GUEST (HOST alone: by the same name).",
          "--dir");

  private final OptionSpec invoke =
      Options.value(String.class, "NAME", "--invoke")
          .description(
              "Call the exported function NAME with ARGS instead of _start, and print its results.")
          .build();

  private final OptionSpec preloads =
      Options.list(
          String.class,
          "NAME=FILE",
          "Instantiate the module FILE first and link it as NAME.",
          "--preload");

  private final OptionSpec timeout =
      Options.value(Duration.class, "TIME", "--timeout")
          .description(
              "Stop the program after TIME (as 500ms, 10s, 2m) and dump what it was doing.")
          .converters(Quantities::duration)
          .build();

  private final OptionSpec stackSize =
      Options.value(Long.class, "SIZE", "--stack-size")
          .description(
              "The size of the stack the program runs on (as 512k, 64m). Default: ${DEFAULT-VALUE}")
          .converters(Quantities::stackSize)
          .defaultValue("64m")
          .build();

  private final CoreOptions core = new CoreOptions();
  private final SourceOptions sources = new SourceOptions();
  private final DebugFileOptions debugFiles = new DebugFileOptions();
  private final OutputOptions output = new OutputOptions();

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create().name("run").addPositional(module).addPositional(arguments);
    List.of(environment, folders, invoke, preloads, timeout, stackSize).forEach(spec::addOption);
    core.addTo(spec);
    sources.addTo(spec);
    debugFiles.addTo(spec);
    output.addTo(spec);
    spec.parser().stopAtPositional(true); // what follows MODULE is the program's
    spec.usageMessage()
        .description(
            "Run a WASI program on Endive. When it traps, write a core dump and print the"
                + " backtrace.",
            "The exit status is the program's own, 134 after a trap. The backtrace, or with --json"
                + " the report, goes to standard error.")
        .footer(
            "",
            "Example:",
            "  wasmortem run --dir data::/data --core 'cores/%%e.%%p.core' inventory.wasm BOLT-M8");
    return spec;
  }

  @Override
  public int run(Console console) throws IOException, InterruptedException {
    Path file = Options.get(Path.class, module);
    Map<String, String> variables = pairs(environment);
    List<String> argv = new ArrayList<>(List.of(String.valueOf(file.getFileName())));
    argv.addAll(Options.all(String.class, arguments));
    GuestProgram program =
        new GuestProgram(
            file,
            Options.all(String.class, arguments),
            variables,
            folders(),
            files(preloads),
            Options.getOrNull(String.class, invoke),
            core.of(argv, variables),
            console);
    GuestOutcome outcome =
        program.run(Options.get(Long.class, stackSize), Options.getOrNull(Duration.class, timeout));
    for (String result : outcome.results()) {
      console.out().println(result);
    }
    console.out().flush(); // before the backtrace, which goes elsewhere
    for (String line : outcome.complaints()) {
      console.err().println("wasmortem: " + Printable.escape(line));
    }
    if (outcome.trap() == null) {
      return outcome.status();
    }
    if (outcome.dump() == null) {
      console.err().println("wasmortem: the program trapped: " + Printable.escape(outcome.trap()));
    } else {
      postMortem(outcome.dump(), console);
    }
    return ExitStatus.TRAPPED;
  }

  private void postMortem(CapturedDump dump, Console console) throws IOException {
    Path file = dump.file().orElseThrow();
    List<Path> modules = new ArrayList<>(List.of(Options.get(Path.class, module)));
    modules.addAll(files(preloads).values());
    SessionOptions options =
        SessionOptions.builder()
            .modules(modules)
            .sources(sources.paths(modules))
            .debugFiles(debugFiles.search(modules, Match.CHECKED))
            .build();
    try (PostMortem session = PostMortem.open(file, options)) {
      Report report = session.backtrace(output.json() ? ModuleHashes.INCLUDE : ModuleHashes.OMIT);
      if (output.json()) {
        JsonFace.print(report, console.err());
        return;
      }
      new BacktraceText(console.err(), output.style(Console.Stream.ERR), session)
          .frames(FRAMES)
          .print(report);
    }
    String named = modules.stream().map(m -> " -m " + quoted(m)).collect(Collectors.joining());
    console.err().println();
    console
        .err()
        .println("Core dumped to " + Printable.escape(file.toString()) + ". To look closer:");
    String command = System.getProperty("wasmortem.command", "wasmortem");
    console.err().println("  " + command + " bt --full " + quoted(file) + named);
    console.err().println("  " + command + " info " + quoted(file) + named);
  }

  /** Returns a path as a shell wants it. */
  private static String quoted(Path path) {
    String text = Printable.escape(path.toString());
    return text.matches("[A-Za-z0-9_./+:@%=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** Returns what {@code --dir} names: the host's folders by the guest's names. */
  private Map<String, Path> folders() {
    Map<String, Path> byGuestName = new LinkedHashMap<>();
    for (String folder : Options.all(String.class, folders)) {
      int colons = folder.indexOf("::");
      String host = colons < 0 ? folder : folder.substring(0, colons);
      byGuestName.put(colons < 0 ? folder : folder.substring(colons + 2), Path.of(host));
    }
    return byGuestName;
  }

  private static Map<String, Path> files(OptionSpec option) {
    Map<String, Path> files = new LinkedHashMap<>();
    pairs(option).forEach((name, file) -> files.put(name, Path.of(file)));
    return files;
  }

  private static Map<String, String> pairs(OptionSpec option) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : Options.all(String.class, option)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw Unusable.usage(
            option.longestName() + " wants " + option.paramLabel() + ", not " + pair);
      }
      pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return pairs;
  }
}
