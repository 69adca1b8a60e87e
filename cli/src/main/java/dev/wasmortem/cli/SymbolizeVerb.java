package dev.wasmortem.cli;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.symbols.DebugFileSearch;
import dev.wasmortem.symbols.DebugFileSearch.Match;
import dev.wasmortem.symbols.Symbolizer;
import dev.wasmortem.symbols.answer.AddressSpace;
import dev.wasmortem.symbols.answer.AnswerOptions;
import dev.wasmortem.symbols.answer.Answers;
import dev.wasmortem.symbols.answer.NamedAnswers;
import dev.wasmortem.symbols.index.CachedSymbols;
import dev.wasmortem.symbols.trace.TraceRewriter;
import dev.wasmortem.wasm.WasmModule;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code wasmortem symbolize MODULE ADDR…}: addresses to functions and lines. */
final class SymbolizeVerb implements Verb {
  /** How much of standard input tells what it is. */
  private static final int HEAD = 1 << 16;

  private final PositionalParamSpec operands =
      PositionalParamSpec.builder()
          .index("0..*")
          .paramLabel("MODULE|ADDR")
          .description(
              "The module, unless -e names it, and addresses: offsets in the code section. Without"
                  + " any, or for -, lines of standard input. Without a module, each line names"
                  + " one: FILE ADDR.")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .build();

  private final OptionSpec module =
      Options.value(String.class, "FILE", "-e", "--exe", "--obj")
          .description("The module; then all operands are addresses.")
          .build();

  private final SymbolizeOptions options = new SymbolizeOptions();
  private final SourceOptions sources = new SourceOptions();
  private final DebugFileOptions debugFiles = new DebugFileOptions();
  private final OptionSpec force =
      Options.flag(
          "--force-module", "Use a debug file even where it is another build's than the module.");

  private final CacheOption cache = new CacheOption();
  private final OutputOptions output =
      OutputOptions.plain("docs/symbolize.schema.json, one object a line");

  private final OptionSpec trace =
      Options.flag(
          "--trace",
          "Standard input is a stack trace of a JavaScript engine or a runtime: copy it and add"
              + " functions and lines to its frames. Unasked where the first lines hold a frame.");

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create().name("symbolize").addPositional(operands).addOption(module);
    spec.usageMessage()
        .description(
            "Print which function and line each address belongs to, with all inlined frames, as"
                + " llvm-symbolizer and addr2line do (docs/symbolize.md).",
            "The exit status is 1 where no address is known.")
        .footer(
            "",
            "Examples:",
            "  wasmortem symbolize build/inventory.wasm 0x1d5 0x2e0",
            "  wasmortem symbolize -e build/inventory.wasm -f -i -C -p < addresses",
            "  echo build/inventory.wasm 0x1d5 | wasmortem symbolize",
            "  node app.mjs 2>&1 | wasmortem symbolize --trace build/inventory.wasm");
    options.addTo(spec);
    sources.addTo(spec);
    debugFiles.addTo(spec);
    spec.addOption(force);
    cache.addTo(spec);
    output.addTo(spec);
    spec.addOption(trace);
    return spec;
  }

  @Override
  public int run(Console console) throws IOException {
    List<String> given = Options.all(String.class, operands);
    String named = Options.getOrNull(String.class, module);
    try {
      if (named == null && nameModules(given)) {
        return status(ofNamedModules(console, given));
      }
      return status(
          named == null
              ? ofModule(console, given.get(0), given.subList(1, given.size()))
              : ofModule(console, named, given));
    } catch (UntilClosed.Closed e) {
      return ExitStatus.DONE;
    }
  }

  private static int status(Answers.Found found) {
    return found == Answers.Found.SOMETHING ? ExitStatus.DONE : ExitStatus.FINDINGS;
  }

  private static boolean isStream(List<String> given) {
    return given.isEmpty() || given.equals(List.of("-"));
  }

  /** Returns whether each line, or operand, names the module that its address is of. */
  private boolean nameModules(List<String> given) {
    if (isStream(given)) {
      return true;
    }
    String first = given.get(0);
    return NamedAnswers.isQuestion(first, options.radix()) && !Files.exists(Path.of(first));
  }

  private Answers.Found ofModule(Console console, String name, List<String> addresses)
      throws IOException {
    try (SymbolizedModule opened = opener(console).open(name)) {
      if (!isStream(addresses)) {
        return opened.answers().answer(addresses, console.out());
      }
      BufferedInputStream in = new BufferedInputStream(System.in, HEAD);
      if (!Options.isSet(trace) && !TraceRewriter.isTrace(head(in))) {
        return opened.answers().answer(in, new UntilClosed(console.out()));
      }
      TraceRewriter.Found found =
          TraceRewriter.of(opened.symbols(), opened.lookup())
              .rewrite(in, new UntilClosed(console.out()));
      return found == TraceRewriter.Found.SOMETHING
          ? Answers.Found.SOMETHING
          : Answers.Found.NOTHING;
    }
  }

  private Answers.Found ofNamedModules(Console console, List<String> questions) throws IOException {
    boolean stream = isStream(questions);
    if (Options.isSet(trace) || (stream && Console.Stream.IN.isTerminal())) {
      throw withoutModule();
    }
    AnswerOptions how = options.answers(output.json());
    try (NamedModules modules = new NamedModules(opener(console), how, console.err())) {
      NamedAnswers answers = NamedAnswers.of(modules, options.radix(), how);
      if (!stream) {
        return answers.answer(questions, console.out());
      }
      BufferedInputStream in = new BufferedInputStream(System.in, HEAD);
      if (TraceRewriter.isTrace(head(in))) {
        throw withoutModule();
      }
      return answers.answer(in, new UntilClosed(console.out()));
    }
  }

  private static Unusable withoutModule() {
    return Unusable.usage("symbolize wants a module; see `wasmortem symbolize --help`");
  }

  private NamedModules.Opener opener(Console console) {
    Diagnostic.Sink notes = console::tell;
    Match match = Options.isSet(force) ? Match.FORCED : Match.CHECKED;
    DebugFileSearch search = debugFiles.search(List.of(), match);
    AnswerOptions how = options.answers(output.json());
    return name -> {
      Path path = Path.of(name);
      ByteSource file = ByteSource.open(path);
      try {
        Symbolizer symbols = Symbolizer.of(WasmModule.read(file), search.beside(path), notes);
        AddressSpace space = options.space(symbols.module());
        CachedSymbols index = cache.open(symbols, path, notes);
        Answers answers =
            Answers.of(
                index == null ? symbols : index, name, space, how, sources.paths(List.of(path)));
        return new SymbolizedModule(file, symbols, index, answers);
      } catch (RuntimeException e) {
        file.close();
        throw e;
      }
    };
  }

  /** Returns what is there to be read, and leaves it there. */
  private static String head(BufferedInputStream in) throws IOException {
    in.mark(HEAD);
    byte[] head = new byte[HEAD];
    int length = Math.max(0, in.read(head));
    in.reset();
    return new String(head, 0, length, StandardCharsets.ISO_8859_1);
  }
}
