package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.coredump.edit.DumpFix;
import dev.wasmortem.coredump.lint.Lint;
import dev.wasmortem.coredump.lint.LintResult;
import dev.wasmortem.coredump.lint.LintRule;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A dump that was cut off keeps the convention when it is repaired. */
class FixCutDumpsTest {
  /** Where the section {@code core} ends; before it nothing tells a dump. */
  private static final int CORE_ENDS = 8 + 2 + 5 + 1 + 7;

  private static Coredump fixed(byte[] dump) {
    Coredump read = Coredump.salvage(ByteSource.of("cut.core", dump), Diagnostic.Sink.IGNORE);
    return Dumps.read(Dumps.written(DumpFix.of(read, Map.of())));
  }

  private static LintResult lint(byte[] dump) {
    return Lint.check(ByteSource.of("t.core", dump), Map.of());
  }

  private static LintResult lint(Coredump dump) {
    return Lint.check(dump.source(), Map.of());
  }

  @Test
  void atEveryByte() {
    byte[] whole = EverySection.bytes().toByteArray();
    for (int i = CORE_ENDS; i <= whole.length; i++) {
      int end = i;
      LintResult left = lint(fixed(Arrays.copyOf(whole, i)));
      assertTrue(left.isConformant(), () -> "cut at " + end + ": " + left.findings());
    }
  }

  /** An instance is assumed, so its module is, too. */
  @Test
  void beforeTheFirstModule() {
    byte[] cut =
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .bytes(0x00, 0x20)
            .name("coremodules")
            .bytes(0x01)
            .toByteArray();
    assertTrue(lint(cut).counts().containsKey(LintRule.MODULES_MISSING), lint(cut)::toString);
    Coredump fixed = fixed(cut);
    assertEquals(List.of(new CoreModule("app")), fixed.modules());
    assertEquals(0, fixed.instances().get(0).module());
    assertTrue(lint(fixed).isConformant(), lint(fixed).findings()::toString);
  }

  /** Kind and message are kept; a thread that was cut off is not known. */
  @Test
  void behindTheTrap() {
    WasmBytes start =
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .add(DumpBytes.coremodules("app"))
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(), List.of())));
    WasmBytes trap =
        WasmBytes.of(0x00).name("unreachable").name("boom").u(0).vec(WasmBytes.of(1, 1, 2));
    Coredump fixed = fixed(start.custom("wasmortem.trap", trap).toByteArray());
    Trap kept = fixed.trap().orElseThrow();
    assertEquals(TrapKind.UNREACHABLE, kept.kind());
    assertEquals("boom", kept.message());
    assertEquals(Trap.NO_THREAD, kept.thread());
    assertEquals(Trap.NO_FRAME, kept.frame());
    Coredump threaded =
        fixed(start.add(DumpBytes.corestack("main", DumpBytes.frame(0, 3, 4))).toByteArray());
    assertEquals(0, threaded.trap().orElseThrow().thread());
    assertEquals(Trap.NO_FRAME, threaded.trap().orElseThrow().frame());
  }
}
