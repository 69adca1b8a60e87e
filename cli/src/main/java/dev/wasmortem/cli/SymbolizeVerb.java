package dev.wasmortem.cli;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.symbols.DebugFileSearch;
import dev.wasmortem.symbols.FrameLookup;
import dev.wasmortem.symbols.Symbolizer;
import dev.wasmortem.symbols.answer.Answers;
import dev.wasmortem.symbols.index.CachedSymbols;
import dev.wasmortem.symbols.trace.TraceRewriter;
import dev.wasmortem.wasm.WasmModule;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
                  + " any, or for -, lines of standard input.")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .build();

  private final OptionSpec module =
      Options.value(Path.class, "FILE", "-e", "--exe", "--obj")
          .description("The module; then all operands are addresses.")
          .build();

  private final SymbolizeOptions options = new SymbolizeOptions();
  private final SourceOptions sources = new SourceOptions();
  private final DebugFileOptions debugFiles = new DebugFileOptions();
  private final CacheOption cache = new CacheOption();
  private final OptionSpec json =
      Options.flag(
          "--json", "Print JSON (docs/symbolize.schema.json), one object a line, instead of text.");

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
            "  node app.mjs 2>&1 | wasmortem symbolize --trace build/inventory.wasm");
    options.addTo(spec);
    sources.addTo(spec);
    debugFiles.addTo(spec);
    cache.addTo(spec);
    spec.addOption(json).addOption(trace);
    return spec;
  }

  @Override
  public int run(Console console) throws IOException {
    List<String> given = Options.all(String.class, operands);
    Path named = Options.getOrNull(Path.class, module);
    if (named == null && given.isEmpty()) {
      throw Unusable.usage("symbolize wants a module; see `wasmortem symbolize --help`");
    }
    Path path = named == null ? Path.of(given.get(0)) : named;
    List<String> addresses = named == null ? given.subList(1, given.size()) : given;
    Diagnostic.Sink notes = diagnostic -> console.err().println("wasmortem: " + diagnostic);
    try (ByteSource file = ByteSource.open(path);
        Symbolizer symbols = symbolizer(WasmModule.read(file), notes);
        CachedSymbols cached = cache.open(symbols, path, notes)) {
      FrameLookup lookup = cached == null ? symbols : cached;
      Answers answers =
          Answers.of(
              lookup,
              path.toString(),
              options.space(symbols.module()),
              options.answers(Options.isSet(json)),
              sources.paths(List.of(path)));
      boolean stream = addresses.isEmpty() || addresses.equals(List.of("-"));
      Answers.Found found =
          stream
              ? answer(TraceRewriter.of(symbols, lookup), answers, console.out())
              : answers.answer(addresses, console.out());
      return found == Answers.Found.SOMETHING ? ExitStatus.DONE : ExitStatus.FINDINGS;
    }
  }

  private Symbolizer symbolizer(WasmModule read, Diagnostic.Sink notes) {
    return Symbolizer.of(read, debugFiles.search(List.of(), DebugFileSearch.Match.CHECKED), notes);
  }

  private Answers.Found answer(TraceRewriter traces, Answers answers, PrintStream out)
      throws IOException {
    BufferedInputStream in = new BufferedInputStream(System.in, HEAD);
    if (!Options.isSet(trace) && !TraceRewriter.isTrace(head(in))) {
      return answers.answer(in, out);
    }
    TraceRewriter.Found found = traces.rewrite(in, out);
    return found == TraceRewriter.Found.SOMETHING ? Answers.Found.SOMETHING : Answers.Found.NOTHING;
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
