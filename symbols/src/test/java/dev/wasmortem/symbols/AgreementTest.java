package dev.wasmortem.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.testkit.PeerTool;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every module of the corpus that has DWARF, at 2,000 addresses spread over its code and at both
 * ends of all that its entries and line tables describe, as LLVM's tools and Chrome's see it.
 */
class AgreementTest {
  private static final int SPREAD = 2_000;
  private static final String LLVM = "llvm-symbolizer";
  private static final String CHROME = "dwarf-debugging";

  /** What both tests need of a module is read once. */
  private static final Map<Path, Sample> SAMPLES = new HashMap<>();

  /** The addresses of a module at which we ask, in order. */
  private record Sample(DumpedFunctions dumped, List<Long> addresses) {
    static Sample of(Path path, WasmModule module) {
      DumpedFunctions dumped = DumpedFunctions.of(path);
      long size = module.section(SectionId.CODE).orElseThrow().payload().size();
      TreeSet<Long> addresses = new TreeSet<>(dumped.edges());
      LongStream.range(0, SPREAD).map(i -> 1 + i * (size - 1) / SPREAD).forEach(addresses::add);
      return new Sample(dumped, List.copyOf(addresses));
    }
  }

  private static @Nullable ChromeBackend chrome;

  @AfterAll
  static void end() throws IOException, InterruptedException {
    SAMPLES.clear();
    if (chrome != null) {
      chrome.stop();
      chrome = null;
    }
  }

  /** The modules with DWARF: all but the hand-written ones and those that keep it elsewhere. */
  static List<Path> modules() {
    List<Path> modules =
        Shared.modules().stream()
            .filter(path -> path.toString().matches(".*/(c|cpp|rust)/.*|.*\\.debug\\.wasm"))
            .toList();
    assertTrue(modules.size() >= 58, modules::toString);
    return modules;
  }

  /** Files, lines and columns of all frames, and their names as they are declared. */
  @ParameterizedTest
  @MethodSource("modules")
  void framesAgreeWithLlvm(Path path) throws IOException {
    try (ByteSource file = ByteSource.open(path)) {
      List<Diagnostic> diagnostics = new ArrayList<>();
      Symbolizer symbols = Symbolizer.of(WasmModule.read(file), diagnostics::add);
      List<Long> addresses = sample(path, symbols).addresses;
      List<String> theirs = ask(path, addresses);
      Differences differences = new Differences(LLVM, path);
      for (int i = 0; i < addresses.size(); i++) {
        List<SourceFrame> frames = symbols.sources(new CodeOffset(addresses.get(i)));
        String ours = frames.stream().map(AgreementTest::shown).collect(Collectors.joining(" < "));
        differences.compare(
            addresses.get(i), ours.isEmpty() ? "?? at ??:0:0" : ours, theirs.get(i));
      }
      differences.check(addresses.size());
      assertEquals(List.of(), diagnostics);
    }
  }

  private static String shown(SourceFrame frame) {
    return frame.shortName().orElse("??") + " at " + place(frame, "??:0:0");
  }

  private static String place(SourceFrame frame, String unknown) {
    return frame
        .position()
        .map(at -> at.file() + ":" + at.line() + ":" + at.column())
        .orElse(unknown);
  }

  /**
   * Linkage names, as the entries that {@code llvm-dwarfdump} prints have them; where DWARF has
   * none, names as {@code wasm-objdump} prints the name section. (What llvm-symbolizer calls
   * linkage names are names of other functions: it takes offsets in the code for offsets in the
   * file.)
   */
  @ParameterizedTest
  @MethodSource("modules")
  void linkageNamesAgreeWithTheDumpers(Path path) throws IOException {
    Map<Integer, String> section = nameSection(path);
    try (ByteSource file = ByteSource.open(path)) {
      Symbolizer symbols = Symbolizer.of(WasmModule.read(file), Diagnostic.Sink.IGNORE);
      Sample sample = sample(path, symbols);
      List<List<List<String>>> theirs = sample.dumped.namesAt(sample.addresses);
      List<String> differences = new ArrayList<>();
      for (int i = 0; i < sample.addresses.size(); i++) {
        CodeOffset at = new CodeOffset(sample.addresses.get(i));
        Optional<FunctionBody> body = symbols.module().bodyAt(at);
        if (body.isPresent()) {
          String own = section.get(body.get().functionIndex());
          List<SourceFrame> frames = symbols.sources(at);
          if (!agree(frames, theirs.get(i), own)) {
            differences.add(at + ": " + frames + ", not " + theirs.get(i) + " or " + own);
          }
        }
      }
      assertEquals(List.of(), differences);
    }
  }

  /** Whether the frames are those of one of the units that claim the address. */
  private static boolean agree(List<SourceFrame> frames, List<List<String>> theirs, String own) {
    SourceFrame function = frames.get(frames.size() - 1);
    List<String> ours = new ArrayList<>();
    frames.forEach(frame -> ours.add(frame.linkageName().or(frame::shortName).orElse("??")));
    if (theirs.isEmpty()) {
      return frames.size() == 1 && function.linkageName().orElse(function.name()).equals(own);
    }
    if (theirs.contains(ours)) {
      return true;
    }
    // DWARF has no more than the short name, and the name section a mangled one.
    boolean completed = own.startsWith("_Z") && own.equals(ours.get(ours.size() - 1));
    ours.set(ours.size() - 1, function.shortName().orElse("??"));
    return completed && theirs.contains(ours);
  }

  private static Map<Integer, String> nameSection(Path module) {
    Pattern function = Pattern.compile(" - func\\[(\\d+)\\] <(.*)>");
    Map<Integer, String> names = new HashMap<>();
    for (String line : PeerTool.run("", "wasm-objdump", "-x", "-j", "name", module.toString())) {
      Matcher matcher = function.matcher(line);
      if (matcher.matches()) {
        names.put(Integer.valueOf(matcher.group(1)), matcher.group(2));
      }
    }
    return names;
  }

  /**
   * Lines and columns of the innermost frame. Of the file the last part counts, since Chrome makes
   * a URL of it; where the line is 0, which means none, Chrome says nothing.
   */
  @ParameterizedTest
  @MethodSource("modules")
  void linesAgreeWithChrome(Path path) throws IOException {
    try (ByteSource file = ByteSource.open(path)) {
      Symbolizer symbols = Symbolizer.of(WasmModule.read(file), Diagnostic.Sink.IGNORE);
      List<Long> addresses = sample(path, symbols).addresses;
      List<String> theirs = chrome().lines(path, addresses);
      Differences differences = new Differences(CHROME, path);
      for (int i = 0; i < addresses.size(); i++) {
        String ours =
            symbols.sources(new CodeOffset(addresses.get(i))).stream()
                .limit(1)
                .filter(frame -> frame.position().filter(at -> at.line() > 0).isPresent())
                .map(frame -> place(frame, ""))
                .collect(Collectors.joining());
        differences.compare(addresses.get(i), inFolder(ours), inFolder(theirs.get(i)));
      }
      differences.check(addresses.size());
    }
  }

  private static String inFolder(String place) {
    return place.isEmpty() ? "nothing" : place.substring(place.lastIndexOf('/') + 1);
  }

  private static ChromeBackend chrome() throws IOException {
    if (chrome == null) {
      chrome = ChromeBackend.start();
    }
    return chrome;
  }

  /** A difference that is listed for no module of ours would never be looked for. */
  @ParameterizedTest
  @ValueSource(strings = {LLVM, CHROME})
  void differencesAreOfModules(String peer) throws IOException {
    for (String module : Differences.modules(peer)) {
      assertTrue(modules().contains(Shared.corpus(module)), module);
    }
  }

  private static Sample sample(Path path, Symbolizer symbols) throws IOException {
    Sample sample = SAMPLES.get(path);
    if (sample == null) {
      sample = Sample.of(path, symbols.module());
      SAMPLES.put(path, sample);
    }
    return sample;
  }

  private static List<String> ask(Path module, List<Long> addresses) {
    String in =
        addresses.stream()
            .map(address -> new CodeOffset(address) + "\n")
            .collect(Collectors.joining());
    List<String> answers = new ArrayList<>();
    StringBuilder frames = new StringBuilder();
    for (String line :
        PeerTool.run(in, LLVM, "--obj=" + module, "--inlines", "--functions=short")) {
      if (line.isEmpty()) {
        answers.add(frames.toString().replaceAll(" < $", ""));
        frames.setLength(0);
      } else {
        boolean isPlace = frames.toString().endsWith(" at ");
        frames.append(line).append(isPlace ? " < " : " at ");
      }
    }
    assertEquals(addresses.size(), answers.size());
    return answers;
  }
}
