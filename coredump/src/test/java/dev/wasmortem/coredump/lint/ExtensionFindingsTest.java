package dev.wasmortem.coredump.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of sections of ours: of one that is of later days, and of one that is damaged. */
class ExtensionFindingsTest {
  private static LintResult lint(String section, WasmBytes content) {
    WasmBytes dump =
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .add(DumpBytes.coremodules("app"))
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(0L), List.of())))
            .add(DumpBytes.corestack("main", DumpBytes.frame(0, 0, 1)))
            .custom("wasmortem." + section, content)
            .memories(WasmBytes.memory(1))
            .data(WasmBytes.segment(1, new byte[] {5}));
    return Lint.check(dump.source("t.core"), Map.of());
  }

  @ParameterizedTest
  @MethodSource("dev.wasmortem.coredump.EverySection#sections")
  void aVersionOfLaterDaysIsNoDamage(String section) {
    LintResult result = lint(section, WasmBytes.of(7, 0xff, 0xff));
    assertEquals(
        Set.of(LintRule.EXTENSION_UNKNOWN), result.counts().keySet(), result.findings()::toString);
    assertTrue(result.isConformant());
  }

  @ParameterizedTest
  @ValueSource(strings = {"trap", "notes", "memory", "segments", "data"})
  void oneDamageIsToldOnce(String section) {
    LintResult result = lint(section, WasmBytes.of(0).fill(4, 0xff).bytes(0x0f));
    LintRule rule =
        section.equals("segments") ? LintRule.SEGMENT_INDEX_MISMATCH : LintRule.EXTENSION_DAMAGED;
    assertEquals(Map.of(rule, 1L), result.counts(), result.findings()::toString);
  }
}
