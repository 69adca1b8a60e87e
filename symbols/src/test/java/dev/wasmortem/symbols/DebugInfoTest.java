package dev.wasmortem.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.symbols.DebugInfo.Status;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.WasmModule;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DebugInfoTest {
  private static DebugInfo of(WasmModule module) {
    return Symbolizer.of(module, Diagnostic.Sink.IGNORE).debugInfo();
  }

  private static DebugInfo of(WasmBytes module) {
    return of(WasmModule.read(module.source("test.wasm")));
  }

  private static DebugInfo corpus(String name) throws IOException {
    try (ByteSource file = ByteSource.open(Shared.corpus(name))) {
      return of(WasmModule.read(file));
    }
  }

  /** A unit of version 4 with {@code low_pc} and {@code high_pc}. */
  private static WasmBytes unit(long low, long high) {
    WasmBytes entry = WasmBytes.of(4, 0).le32(0).bytes(4).bytes(1).le32(low).le32(high);
    return WasmBytes.module()
        .custom(".debug_abbrev", WasmBytes.of(1, 0x11, 0, 0x11, 1, 0x12, 1, 0, 0, 0))
        .custom(".debug_info", WasmBytes.empty().le32(entry.size()).add(entry));
  }

  @Test
  void dwarf() {
    DebugInfo four = of(Fixtures.module("tiny/tiny-dw4.wasm"));
    assertEquals(Status.PRESENT, four.status());
    assertEquals(List.of(4), four.versions());
    assertEquals(1, four.units());
    assertEquals(List.of("Debian clang version 22.1.8 (1~deb12u1)"), four.producers());
    assertEquals("DWARF 4, 1 unit by Debian clang version 22.1.8 (1~deb12u1)", four.toString());
    assertEquals(List.of(5), of(Fixtures.module("tiny/tiny-dw5.wasm")).versions());
  }

  @Test
  void unitsThatSayNothingUseful() {
    assertEquals(Status.PRESENT, of(unit(0x10, 0x20)).status());
    assertEquals(Status.ADDRESSES_LOST, of(unit(0, 0x20)).status());
    assertEquals(Status.ADDRESSES_LOST, of(unit(0, 0)).status());
    assertEquals(Status.CODE_LEFT_OUT, of(unit(0xffff_ffffL, 0xffff_ffffL)).status());
    assertTrue(of(unit(0, 0x20)).explanation().contains("wasm-opt"));
    WasmBytes empty =
        WasmBytes.module()
            .custom(".debug_abbrev", WasmBytes.of(1, 0x11, 0, 0, 0, 0))
            .custom(".debug_info", WasmBytes.empty().le32(8).bytes(4, 0).le32(0).bytes(4, 1));
    assertEquals(Status.NO_CODE, of(empty).status());
    WasmBytes damaged = WasmBytes.module().custom(".debug_info", WasmBytes.of(1, 2, 3));
    assertEquals(Status.DAMAGED, of(damaged).status());
  }

  @Test
  void noDwarf() {
    assertEquals(Status.NAMES_ONLY, of(Fixtures.module("tiny/tiny-names.wasm")).status());
    assertEquals(Status.NONE, of(Fixtures.module("tiny/tiny-stripped.wasm")).status());
    assertEquals(Status.NONE, of(WasmBytes.module()).status());
  }

  @Test
  void referencesAreNamedAndNotOpened() {
    String url = "https://x.example/a\u001b[2J.wasm";
    DebugInfo external =
        of(WasmBytes.module().custom("external_debug_info", WasmBytes.empty().name(url)));
    assertEquals(Status.EXTERNAL, external.status());
    assertEquals(url, external.external());
    assertEquals(
        "in a separate file, https://x.example/a\\x1b[2J.wasm, which was not opened",
        external.explanation());
    DebugInfo map =
        of(WasmBytes.module().custom("sourceMappingURL", WasmBytes.empty().name("a.map")));
    assertEquals(Status.SOURCE_MAP, map.status());
    assertEquals("a.map", map.external());
    DebugInfo cut = of(WasmBytes.module().custom("external_debug_info", WasmBytes.of(9, 'a')));
    assertEquals(Status.EXTERNAL, cut.status());
    assertEquals("", cut.external());
  }

  @Test
  void theCorpus() throws IOException {
    assertEquals(List.of(4), corpus("rust/crash-div-O2-r1.63.wasm").versions());
    assertEquals(125, corpus("rust/crash-unwrap-O0-r1.63.wasm").units());
    assertEquals(Status.PRESENT, corpus("cpp/crash-k1-dw5-O2-c22.wasm").status());
    DebugInfo split = corpus("emcc/c-k5-split.wasm");
    assertEquals(Status.EXTERNAL, split.status());
    assertEquals("c-k5-split.wasm.debug.wasm", split.external());
    assertEquals(Status.PRESENT, corpus("emcc/c-k5-split.wasm.debug.wasm").status());
    assertEquals(Status.SOURCE_MAP, corpus("emcc/c-k5-srcmap.wasm").status());
    assertEquals(Status.SOURCE_MAP, corpus("as/crash-O0-debug.wasm").status());
  }
}
