package dev.wasmortem.coredump.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.diff.DiffResult;
import dev.wasmortem.coredump.diff.DumpDiff;
import dev.wasmortem.coredump.edit.DumpFix;
import dev.wasmortem.testkit.CorpusDump;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.wasm.WasmModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every dump of the corpus is clean when it is repaired, and says the same. */
final class FixCorpusTest {
  static List<Path> dumps() {
    return Shared.dumps();
  }

  static List<CorpusDump> wasmtimeDumps() {
    return Shared.wasmtimeDumps();
  }

  private static ByteSource fixed(Coredump dump, Map<Integer, WasmModule> modules)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DumpFix.of(dump, modules).writeTo(Channels.newChannel(out));
    return ByteSource.of("fixed.core", out.toByteArray());
  }

  private static DiffResult diff(Coredump dump, ByteSource fixed) {
    return DumpDiff.of(dump, Coredump.read(fixed));
  }

  @ParameterizedTest
  @MethodSource("dumps")
  void withoutModulesTheContentIsTheSame(Path core) throws IOException {
    try (ByteSource file = ByteSource.open(core)) {
      Coredump dump = Coredump.salvage(file, Diagnostic.Sink.IGNORE);
      ByteSource fixed = fixed(dump, Map.of());
      LintResult result = Lint.check(fixed, Map.of());
      assertTrue(result.isConformant(), result.findings()::toString);
      DiffResult diff = diff(dump, fixed);
      assertEquals(List.of(), diff.memories());
      // Numbers that xtuc's rewriter makes up are repaired.
      assertTrue(
          diff.differences().stream()
              .allMatch(
                  d ->
                      "missing".equals(d.right())
                          && d.left() != null
                          && d.left().matches("i32 6(69|7\\d)")),
          diff.differences()::toString);
    }
  }

  /** With the modules locals are made, all of them missing: the content is the same. */
  @ParameterizedTest
  @MethodSource("wasmtimeDumps")
  void withModulesLocalsAreMissing(CorpusDump corpus) throws IOException {
    Map<Integer, WasmModule> modules = new HashMap<>();
    for (Path module : corpus.modules()) {
      modules.put(modules.size(), WasmModule.read(ByteSource.open(module)));
    }
    try (ByteSource file = ByteSource.open(corpus.core())) {
      Coredump dump = Coredump.read(file);
      ByteSource fixed = fixed(dump, modules);
      LintResult result = Lint.check(fixed, modules);
      assertTrue(result.isConformant(), result.findings()::toString);
      DiffResult diff = diff(dump, fixed);
      assertEquals(List.of(), diff.memories());
      assertEquals(List.of(), diff.differences());
    }
  }
}
