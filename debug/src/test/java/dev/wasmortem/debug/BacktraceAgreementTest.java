package dev.wasmortem.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.testkit.CorpusDump;
import dev.wasmortem.testkit.PeerTool;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmtimeLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Backtraces of the corpus' dumps, frame by frame: functions as Wasmtime had them, their names and
 * lines as llvm-symbolizer gives them at the offsets that Wasmtime logged, or node where there is a
 * source map.
 */
class BacktraceAgreementTest {
  private static final Pattern CODE = Pattern.compile(" +Code start=0x([0-9a-f]+) .*");

  private static final String UNKNOWN = "??:0:0";
  private static final String SOURCE_MAP = "src/test/resources/dev/wasmortem/debug/source-map.js";

  /** What is compared of a function of the source; the name without its template arguments. */
  private record Place(String name, String position) {}

  /** Dumps of programs with DWARF, in the module or in the file that Emscripten puts beside it. */
  static List<CorpusDump> dumps() {
    List<CorpusDump> dumps =
        Shared.wasmtimeDumps().stream()
            .filter(dump -> dump.toString().matches(".*/(c|cpp|rust)/.*|.*-split\\.core"))
            .toList();
    assertTrue(dumps.size() >= 60, dumps::toString);
    return dumps;
  }

  /** Dumps of programs with a source map beside them, of AssemblyScript and Emscripten. */
  static List<CorpusDump> mappedDumps() {
    List<CorpusDump> dumps =
        Shared.wasmtimeDumps().stream().filter(dump -> map(dump).toFile().exists()).toList();
    assertTrue(dumps.size() >= 5, dumps::toString);
    return dumps;
  }

  private static Path map(CorpusDump dump) {
    return dump.module().resolveSibling(dump.module().getFileName() + ".map");
  }

  @ParameterizedTest
  @MethodSource("dumps")
  void namesAndLines(CorpusDump dump) throws IOException {
    assertNamesAndLines(dump.core(), dump.module(), dump.log().frames());
  }

  /**
   * A dump of xtuc's rewriter, whose offsets count from elsewhere: the same program, dead of the
   * same, was where Wasmtime was. Of the youngest frame Wasmtime has the branch before the {@code
   * unreachable}, which stands at 0x8ff by wasm-objdump.
   */
  @Test
  void namesAndLinesOfARewrittenProgram() throws IOException {
    String program = "c/crash-k3-dw5-O0-c22";
    WasmtimeLog log = WasmtimeLog.read(Shared.corpus("dumps/wasmtime48/" + program + ".log"));
    List<WasmtimeLog.Frame> frames = new ArrayList<>(log.frames());
    WasmtimeLog.Frame branch = frames.get(0);
    assertEquals(0x8fd, branch.moduleOffset());
    frames.set(
        0, new WasmtimeLog.Frame(branch.function(), branch.name(), branch.bodyOffset() + 2, 0x8ff));
    Path module = Shared.corpus(program + ".wasm");
    Path core = Shared.corpus("dumps/xtuc/c-k3-O0.core");
    for (Report.Frame frame : assertNamesAndLines(core, module, frames)) {
      WasmtimeLog.Frame logged = frames.get(frame.index());
      assertEquals(logged.moduleOffset(), frame.fileOffset());
      assertEquals(logged.bodyOffset(), frame.codeOffset());
      assertEquals(Report.Trust.RECOVERED, frame.trust());
    }
  }

  private static List<Report.Frame> assertNamesAndLines(
      Path core, Path module, List<WasmtimeLog.Frame> logged) throws IOException {
    List<List<Place>> expected = symbolized(module, logged);
    List<Report.Frame> frames = frames(core, module, logged);
    for (int i = 0; i < frames.size(); i++) {
      Report.Frame frame = frames.get(i);
      assertEquals(expected.get(i), places(frame, expected.get(i)), frame.toString());
    }
    return frames;
  }

  @ParameterizedTest
  @MethodSource("mappedDumps")
  void namesAndLinesOfSourceMaps(CorpusDump dump) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(SOURCE_MAP, map(dump).toString()));
    dump.log().frames().forEach(frame -> arguments.add(Long.toString(frame.moduleOffset())));
    List<String> expected = PeerTool.run("", "node", arguments.toArray(String[]::new));
    List<Report.Frame> frames = frames(dump.core(), dump.module(), dump.log().frames());
    for (int i = 0; i < frames.size(); i++) {
      Report.Source source = frames.get(i).sources().get(0);
      assertEquals(dump.log().frames().get(i).name(), source.name());
      assertEquals(expected.get(i), position(source), frames.get(i).toString());
    }
    assertTrue(expected.stream().anyMatch(line -> !line.equals(UNKNOWN)));
  }

  /** Returns the frames of the backtrace, the same functions as Wasmtime's. */
  private static List<Report.Frame> frames(Path core, Path module, List<WasmtimeLog.Frame> logged)
      throws IOException {
    SessionOptions options = SessionOptions.builder().modules(List.of(module)).build();
    try (PostMortem session = PostMortem.open(core, options)) {
      List<Report.Frame> frames = session.backtrace(ModuleHashes.OMIT).threads().get(0).frames();
      assertEquals(
          logged.stream().map(frame -> frame.function() + " " + frame.name()).toList(),
          frames.stream().map(frame -> frame.function() + " " + frame.name()).toList());
      return frames;
    }
  }

  /** Returns what the frame says, with LLVM's name where that is the last part of ours. */
  private static List<Place> places(Report.Frame frame, List<Place> expected) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < frame.sources().size(); i++) {
      Report.Source source = frame.sources().get(i);
      String theirs = i < expected.size() ? expected.get(i).name : "";
      String ours = source.name();
      boolean isLastPart = ours.matches("(.*::)?" + Pattern.quote(theirs) + "(\\W.*)?");
      places.add(
          new Place(isLastPart || isUnknown(theirs, frame) ? theirs : ours, position(source)));
    }
    return places;
  }

  /** Where LLVM knows no name, ours is the name section's. */
  private static boolean isUnknown(String theirs, Report.Frame frame) {
    return theirs.equals("??") && frame.sources().size() == 1;
  }

  private static String position(Report.Source source) {
    return source.file() == null
        ? UNKNOWN
        : source.file() + ":" + or0(source.line()) + ":" + or0(source.column());
  }

  private static int or0(Integer number) {
    return number == null ? 0 : number;
  }

  private static List<List<Place>> symbolized(Path module, List<WasmtimeLog.Frame> frames) {
    long code = codeStart(module);
    Path beside = module.resolveSibling(module.getFileName() + ".debug.wasm");
    Path debugged = beside.toFile().exists() ? beside : module;
    String in =
        frames.stream()
            .map(frame -> "0x" + Long.toHexString(frame.moduleOffset() - code) + "\n")
            .collect(Collectors.joining());
    List<List<Place>> all = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    String name = null;
    for (String line :
        PeerTool.run(in, "llvm-symbolizer", "--obj=" + debugged, "--functions=short")) {
      if (line.isEmpty()) {
        all.add(List.copyOf(places));
        places.clear();
      } else if (name == null) {
        name =
            line.replaceFirst("(?<=[\\w+}])<.*$", "")
                .replaceFirst("\\{closure#\\d+}", "{{closure}}");
      } else {
        places.add(new Place(name, line));
        name = null;
      }
    }
    return all;
  }

  /** Returns where the code section's payload begins. */
  private static long codeStart(Path module) {
    return PeerTool.run("", "wasm-objdump", "-h", module.toString()).stream()
        .map(CODE::matcher)
        .filter(Matcher::matches)
        .mapToLong(matcher -> Long.parseLong(matcher.group(1), 16))
        .findFirst()
        .orElseThrow();
  }
}
