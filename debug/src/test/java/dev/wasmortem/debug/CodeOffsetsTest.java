package dev.wasmortem.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.testkit.WasmtimeLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code offsets of producers that count them from elsewhere than the convention. */
final class CodeOffsetsTest {
  @TempDir Path folder;

  /**
   * Three functions, () -> (): the first traps, the second, which has locals, calls it, the third
   * calls the second. The code section's content begins at 8 + 6 + 6 + 2 = 22:
   *
   * <pre>
   *  0  03                       three bodies
   *  1  04  00 01 00 0b          nop, unreachable at 2, end
   *  6  06  01 02 7f 10 00 0b    call at 3, end
   * 13  05  00 01 10 01 0b       nop, call at 2, end
   * </pre>
   */
  private Path module() throws IOException {
    return Files.write(
        folder.resolve("three.wasm"),
        WasmBytes.module()
            .types(WasmBytes.funcType("", ""))
            .functions(0, 0, 0)
            .code(
                WasmBytes.body("", "01 00 0b"),
                WasmBytes.body("02 7f", "10 00 0b"),
                WasmBytes.body("", "01 10 01 0b"))
            .toByteArray());
  }

  private static ByteSource rewriters(int first, int second, int third) {
    List<WasmBytes> value = List.of(DumpBytes.i32Fixed(7));
    return WasmBytes.module()
        .add(
            DumpBytes.corestack(
                "main",
                DumpBytes.frameCountsFirst(0, 0, first, value, List.of()),
                DumpBytes.frameCountsFirst(0, 1, second, value, List.of()),
                DumpBytes.frameCountsFirst(0, 2, third, value, List.of())))
        .add(DumpBytes.core(""))
        .source("x.core");
  }

  private static Report report(ByteSource dump, Path... modules) throws IOException {
    try (PostMortem session =
        PostMortem.of(dump, SessionOptions.builder().modules(List.of(modules)).build())) {
      return session.backtrace(ModuleHashes.OMIT);
    }
  }

  private static String offsets(Report report) {
    List<String> offsets = new ArrayList<>();
    for (Report.Frame frame : report.threads().get(0).frames()) {
      offsets.add(frame.codeOffset() + " " + frame.trust());
    }
    return String.join(", ", offsets);
  }

  @Test
  void theOriginIsWhatPutsCallersAtCalls() throws IOException {
    Path module = module();
    String recovered = "2 recovered, 3 recovered, 2 recovered";
    for (ByteSource dump :
        List.of(rewriters(2, 3, 2), rewriters(1, 0, 1), rewriters(2 + 2, 7 + 3, 14 + 2))) {
      Report report = report(dump, module);
      assertEquals(recovered, offsets(report));
      assertEquals(22 + 2 + 2, report.threads().get(0).frames().get(0).fileOffset());
      assertTrue(
          report.diagnostics().stream().anyMatch(n -> n.code().equals("code-offsets-recovered")));
    }
  }

  @Test
  void whatFitsInNoWayIsGuessed() throws IOException {
    Path module = module();
    Report report = report(rewriters(2, 3, 1), module);
    assertEquals("2 guessed, 3 guessed, 1 guessed", offsets(report));
    assertEquals("code-offsets-uncertain", report.diagnostics().get(0).code());
    assertEquals("1 guessed, null guessed, 1 guessed", offsets(report(rewriters(1, 0, 1))));
  }

  /** A frame has the place of the call that made it, in the file. */
  @Test
  void wasmEdgesOffsetsAreTheCallers() throws IOException {
    List<WasmBytes> value = List.of(DumpBytes.i32Fixed(7));
    ByteSource dump =
        WasmBytes.module()
            .add(DumpBytes.core(""))
            .add(
                DumpBytes.corestack(
                    "main",
                    DumpBytes.frameWasmEdge(0, 22 + 7 + 3, value, List.of()),
                    DumpBytes.frameWasmEdge(1, 22 + 14 + 2, value, List.of()),
                    DumpBytes.frameWasmEdge(2, 0, value, List.of())))
            .add(DumpBytes.coremodulesUnsized("three"))
            .add(DumpBytes.coreinstances())
            .source("edge.core");
    Report report = report(dump, module());
    assertEquals("WasmEdge", report.core().producer());
    assertEquals("null guessed, 3 recovered, 2 recovered", offsets(report));
  }

  /** Wasmtime wrote down where the same program was when it died the same death. */
  @Test
  void aGenuineDumpAgainstWasmtimesLog() throws IOException {
    String module = "c/crash-k3-dw5-O0-c22";
    WasmtimeLog log = WasmtimeLog.read(Shared.corpus("dumps/wasmtime48/" + module + ".log"));
    try (ByteSource file = ByteSource.open(Shared.corpus("dumps/xtuc/c-k3-O0.core"))) {
      Report report = report(file, Shared.corpus(module + ".wasm"));
      List<Report.Frame> frames = report.threads().get(0).frames();
      assertEquals("xtuc's rewriter", report.core().producer());
      assertEquals(log.frames().size(), frames.size());
      for (int i = 0; i < frames.size(); i++) {
        assertEquals(log.frames().get(i).function(), frames.get(i).function());
        assertEquals(Report.Trust.RECOVERED, frames.get(i).trust());
        if (i > 0) {
          assertEquals(log.frames().get(i).moduleOffset(), frames.get(i).fileOffset());
        }
      }
      // Its parameters are there, those of its callers are not.
      assertEquals("i32", frames.get(0).locals().get(0).type());
      assertNull(frames.get(1).locals().get(0).value());
      assertEquals(Report.Trust.ABSENT, frames.get(1).locals().get(0).trust());
    }
  }
}
