package dev.wasmortem.coredump.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.testkit.CorpusDump;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.wasm.WasmModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The genuine dumps deviate as their producers are known to. */
final class LintCorpusTest {
  static List<CorpusDump> wasmtimeDumps() {
    return Shared.wasmtimeDumps();
  }

  /** Wasmtime keeps {@code mut} and writes no locals; of host frames it knows no offset. */
  @ParameterizedTest
  @MethodSource("wasmtimeDumps")
  void wasmtime(CorpusDump corpus) throws IOException {
    try (ByteSource file = ByteSource.open(corpus.core())) {
      Set<LintRule> found = Lint.check(file, modules(corpus.modules())).counts().keySet();
      Set<LintRule> expected = EnumSet.of(LintRule.GLOBAL_MUTABLE, LintRule.LOCALS_MISSING);
      if (corpus.toString().endsWith("-mode5.core")) {
        expected.add(LintRule.CODE_OFFSET_UNKNOWN);
      }
      assertEquals(expected, found);
      assertFalse(Lint.check(file, Map.of()).counts().containsKey(LintRule.LOCALS_MISSING));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dumps/xtuc/c-k3-O0.core, c/crash-k3-dw5-O0-c22.wasm",
    "dumps/xtuc/cpp-k6-O0.core, ''"
  })
  void xtuc(String core, String module) throws IOException {
    try (ByteSource file = ByteSource.open(Shared.corpus(core))) {
      List<Path> modules = module.isEmpty() ? List.of() : List.of(Shared.corpus(module));
      Set<LintRule> expected =
          EnumSet.of(
              LintRule.MODULES_MISSING,
              LintRule.INSTANCES_MISSING,
              LintRule.INTEGERS_FIXED,
              LintRule.COUNTS_FIRST,
              LintRule.PARAMETERS_MADE_UP,
              LintRule.MEMORY_SIZE_ZERO,
              LintRule.CODE_OFFSET_UNKNOWN);
      if (!modules.isEmpty()) {
        expected.add(LintRule.CODE_OFFSETS_FROM_ELSEWHERE);
      }
      assertEquals(expected, Lint.check(file, modules(modules)).counts().keySet());
    }
  }

  /** The offset of the first deviation is read off the bytes of the file by hand. */
  @Test
  void offsets() throws IOException {
    try (ByteSource file = ByteSource.open(Shared.corpus("dumps/wasmtime48/wat/refs.core"))) {
      List<Finding> findings = Lint.check(file, Map.of()).findings();
      assertEquals(1, findings.size());
      assertEquals("0x35", findings.get(0).location().offset().toString());
    }
  }

  private static Map<Integer, WasmModule> modules(List<Path> files) throws IOException {
    Map<Integer, WasmModule> modules = new HashMap<>();
    for (Path file : files) {
      modules.put(modules.size(), WasmModule.read(ByteSource.open(file)));
    }
    return modules;
  }
}
