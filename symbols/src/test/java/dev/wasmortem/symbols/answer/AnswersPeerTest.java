package dev.wasmortem.symbols.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.dwarf.DwarfFrame;
import dev.wasmortem.symbols.CorpusModule;
import dev.wasmortem.symbols.SourcePaths;
import dev.wasmortem.symbols.Symbolizer;
import dev.wasmortem.symbols.answer.AnswerOptions.Feature;
import dev.wasmortem.symbols.answer.AnswerOptions.Functions;
import dev.wasmortem.symbols.answer.AnswerOptions.Paths;
import dev.wasmortem.symbols.answer.AnswerOptions.Style;
import dev.wasmortem.testkit.PeerTool;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every byte of the answers is llvm-symbolizer's, where that names the right function. */
class AnswersPeerTest {
  private static final int ADDRESSES = 300;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c/crash-k3-dw4-O0-c22.wasm",
        "c/crash-k5-dw5-O2-c22.wasm",
        "cpp/crash-k3-dw5-O2-c22.wasm",
        "cpp/crash-k1-dw4-O2-c22.wasm",
        "rust/crash-div-O2-r1.63.wasm"
      })
  void answersAreThoseOfTheSymbolizer(String name) throws IOException {
    try (CorpusModule module = CorpusModule.open(name)) {
      Symbolizer symbols = module.symbols();
      // Where DWARF has no name, ours is the linker's.
      List<String> known = addresses(module, at -> isNamed(symbols.dwarfFrames(at)));
      int styles = 0;
      for (Style style : List.of(Style.LLVM, Style.GNU, Style.LLVM_JSON)) {
        for (AnswerOptions options : variants(style)) {
          Answers answers = answers(module, options);
          assertEquals(
              llvm(module.path(), known, options), ours(answers, known), options.toString());
          styles++;
        }
      }
      assertEquals(42, styles);
    }
  }

  private static boolean isNamed(List<DwarfFrame> frames) {
    return !frames.isEmpty() && frames.stream().allMatch(frame -> frame.name().isPresent());
  }

  /** Returns ways to print that do not depend on linkage names. */
  private static List<AnswerOptions> variants(Style style) {
    List<AnswerOptions> all = new ArrayList<>();
    for (Set<Feature> features :
        List.of(
            EnumSet.of(Feature.INLINES),
            EnumSet.noneOf(Feature.class),
            EnumSet.of(Feature.INLINES, Feature.ADDRESSES),
            EnumSet.of(Feature.INLINES, Feature.PRETTY),
            EnumSet.of(Feature.INLINES, Feature.PRETTY, Feature.ADDRESSES),
            EnumSet.of(Feature.INLINES, Feature.VERBOSE),
            EnumSet.of(Feature.VERBOSE, Feature.PRETTY))) {
      all.add(new AnswerOptions(style, Functions.SHORT, Paths.ABSOLUTE, features, 0));
      all.add(new AnswerOptions(style, Functions.NONE, Paths.ABSOLUTE, features, 0));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"c/crash-k5-dw5-O2-c22.wasm", "cpp/crash-k3-dw5-O2-c22.wasm"})
  void pathsAreThoseOfTheSymbolizer(String name) throws IOException {
    try (CorpusModule module = CorpusModule.open(name)) {
      Symbolizer symbols = module.symbols();
      List<String> known = addresses(module, at -> !symbols.sources(at).isEmpty());
      for (Paths paths : Paths.values()) {
        AnswerOptions options =
            new AnswerOptions(Style.LLVM, Functions.NONE, paths, EnumSet.of(Feature.INLINES), 0);
        assertEquals(
            llvm(module.path(), known, options), ours(answers(module, options), known), name);
      }
    }
  }

  /** Linkage names: the outermost is LLVM's mistake, so of each address it is left out. */
  @ParameterizedTest
  @ValueSource(strings = {"c/crash-k5-dw5-O2-c22.wasm", "cpp/crash-k3-dw5-O2-c22.wasm"})
  void linkageNamesAreThoseOfTheSymbolizer(String name) throws IOException {
    try (CorpusModule module = CorpusModule.open(name)) {
      Symbolizer symbols = module.symbols();
      List<String> known = addresses(module, at -> symbols.sources(at).size() > 1);
      assertTrue(known.size() > 20, known.size() + " addresses");
      for (Set<Feature> features :
          List.of(EnumSet.of(Feature.INLINES, Feature.DEMANGLE), EnumSet.of(Feature.INLINES))) {
        AnswerOptions options =
            new AnswerOptions(Style.LLVM, Functions.LINKAGE, Paths.ABSOLUTE, features, 0);
        Answers answers = answers(module, options);
        assertEquals(
            withoutOutermost(llvm(module.path(), known, options)),
            withoutOutermost(ours(answers, known)),
            options.toString());
      }
    }
  }

  private static List<String> withoutOutermost(String answers) {
    List<String> kept = new ArrayList<>();
    for (String answer : answers.strip().split("\n\n", -1)) {
      List<String> lines = answer.lines().toList();
      kept.addAll(lines.subList(0, lines.size() - 2));
      kept.add(lines.get(lines.size() - 1));
    }
    return kept;
  }

  private static List<String> addresses(CorpusModule module, Predicate<CodeOffset> wanted) {
    List<String> chosen = new ArrayList<>();
    boolean hexadecimal = false;
    for (CodeOffset at : module.offsets(ADDRESSES, 7)) {
      hexadecimal = !hexadecimal;
      if (wanted.test(at)) {
        chosen.add(hexadecimal ? at.toString() : Long.toString(at.value()));
      }
    }
    // No function is there.
    chosen.addAll(List.of("0x1", "0x10000000", "CODE 0xffffffffffffffff", "0xfffffffffffffffff"));
    return chosen;
  }

  /** Answers for a module of the corpus, of addresses that are offsets in its code section. */
  static Answers answers(CorpusModule module, AnswerOptions options) {
    return Answers.of(
        module.symbols(),
        module.path().toString(),
        AddressSpace.codeSection(AddressSpace.Radix.BY_PREFIX),
        options,
        SourcePaths.none());
  }

  private static String ours(Answers answers, List<String> addresses) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] in = String.join("\n", addresses).getBytes(StandardCharsets.UTF_8);
    answers.answer(new ByteArrayInputStream(in), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String llvm(Path module, List<String> addresses, AnswerOptions options) {
    List<String> arguments = new ArrayList<>(List.of("--obj=" + module));
    String style = options.style() == Style.LLVM_JSON ? "JSON" : options.style().name();
    arguments.add("--output-style=" + style);
    arguments.add("--functions=" + options.functions().name().toLowerCase(Locale.ROOT));
    arguments.add(options.has(Feature.INLINES) ? "--inlines" : "--no-inlines");
    arguments.add(options.has(Feature.DEMANGLE) ? "--demangle" : "--no-demangle");
    if (options.has(Feature.PRETTY)) {
      arguments.add("--pretty-print");
    }
    if (options.has(Feature.ADDRESSES)) {
      arguments.add("--addresses");
    }
    if (options.has(Feature.VERBOSE)) {
      arguments.add("--verbose");
    }
    if (options.paths() == Paths.RELATIVE) {
      arguments.add("--relativenames");
    } else if (options.paths() == Paths.BASENAME) {
      arguments.add("--basenames");
    }
    String in = addresses.stream().map(address -> address + "\n").collect(Collectors.joining());
    return PeerTool.run(in, "llvm-symbolizer", arguments.toArray(new String[0])).stream()
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
