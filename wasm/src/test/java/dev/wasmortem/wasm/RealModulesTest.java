package dev.wasmortem.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.Opcode;
import dev.wasmortem.wasm.validation.ModuleValidator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Large modules of the npm registry; skipped unless {@code bench/modules.sh} has fetched them. */
class RealModulesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("wasmortem.modules", "../bench/modules"));

  private static final Pattern COUNT = Pattern.compile("^(\\S+): (\\d+)$");

  /** Modules that {@code wasm-opcodecnt} does not read, with what it says. */
  private static final Map<String, String> UNREADABLE_TO_OPCODECNT = Map.of();

  /** Instructions that {@code wasm-opcodecnt} does not count. */
  private static final Set<Opcode> UNCOUNTED = EnumSet.of(Opcode.REF_NULL, Opcode.SELECT_T);

  private static List<Path> modules() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(FOLDER), "bench/modules.sh was not run");
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".wasm")).sorted().toList();
      assertFalse(found.isEmpty());
      return found;
    }
  }

  @TestFactory
  Stream<DynamicTest> readAndValidate() throws IOException {
    return modules().stream()
        .map(path -> DynamicTest.dynamicTest(name(path), () -> validate(path)));
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static void validate(Path path) throws IOException {
    try (ByteSource file = ByteSource.open(path)) {
      WasmModule module = WasmModule.read(file);
      WellFormed.check(module);
      ModuleValidator.check(module);
      assertEquals(List.of(), module.names().diagnostics());
    }
  }

  @TestFactory
  Stream<DynamicTest> instructionCountsAreOpcodecnts() throws IOException {
    return modules().stream()
        .map(path -> DynamicTest.dynamicTest(name(path), () -> compareCounts(path)));
  }

  private static void compareCounts(Path path) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder("wasm-opcodecnt", "--enable-all", path.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      Assumptions.abort("no wasm-opcodecnt");
      return;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      String reason = UNREADABLE_TO_OPCODECNT.get(name(path));
      assertTrue(reason != null && output.contains(reason), output);
      return;
    }
    assertFalse(UNREADABLE_TO_OPCODECNT.containsKey(name(path)), "no longer an exception");
    Map<String, Long> differences = counts(path);
    theirCounts(output).forEach((name, count) -> differences.merge(name, -count, Long::sum));
    differences.values().removeIf(difference -> difference == 0);
    assertEquals(Map.of(), differences, "ours less theirs");
  }

  /** Returns the first of the lists; the second tells the same apart by immediates. */
  private static Map<String, Long> theirCounts(String output) {
    Map<String, Long> counts = new TreeMap<>();
    output
        .lines()
        .dropWhile(line -> !line.equals("Opcode counts:"))
        .takeWhile(line -> !line.isBlank())
        .map(COUNT::matcher)
        .filter(Matcher::matches)
        .forEach(line -> counts.merge(line.group(1), Long.parseLong(line.group(2)), Long::sum));
    return counts;
  }

  private static Map<String, Long> counts(Path path) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    try (ByteSource file = ByteSource.open(path)) {
      WasmModule module = WasmModule.read(file);
      for (int i = 0; i < module.bodyCount(); i++) {
        count(module.body(module.importedFunctionCount() + i).instructions(), counts);
      }
      module.globals().forEach(global -> count(global.initializer(), counts));
      module.tables().forEach(table -> table.initializer().ifPresent(e -> count(e, counts)));
      module.elements().forEach(segment -> segment.offset().ifPresent(e -> count(e, counts)));
      module
          .dataSegments()
          .forEachRemaining(segment -> segment.offset().ifPresent(e -> count(e, counts)));
    }
    return counts;
  }

  private static void count(ConstExpr expression, Map<String, Long> counts) {
    count(InstructionReader.ofExpression(expression.bytes().cursor()), counts);
  }

  private static void count(InstructionReader reader, Map<String, Long> counts) {
    while (reader.next()) {
      if (!UNCOUNTED.contains(reader.opcode())) {
        counts.merge(reader.opcode().mnemonic(), 1L, Long::sum);
      }
    }
  }
}
