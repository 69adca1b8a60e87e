package dev.wasmortem.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.symbols.MapLocation.State;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a module's source map is found, and what it answers. */
class ModuleSourceMapTest {
  /**
   * In {@link #module} the first body begins at 0x17, the second at 0x1c, both with their locals.
   * The map has the second instruction of the first at line 3, column 5, and nothing of the second.
   * In its digits 0x19 is yB, 2 and 4 are E and I.
   */
  private static final String MAP =
      "{\"version\":3,\"sources\":[\"a.ts\"],\"sourcesContent\":[\"one\\ntwo\\r\\nthree\"],"
          + "\"names\":[],\"mappings\":\"yBAEI\"}";

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  @TempDir Path folder;

  private static WasmBytes module() {
    return WasmBytes.module()
        .types(WasmBytes.funcType("", ""))
        .functions(0, 0)
        .code(WasmBytes.body("00", "01 01 0b"), WasmBytes.body("00", "01 0b"));
  }

  private static WasmBytes module(String url) {
    return module().custom("sourceMappingURL", WasmBytes.empty().name(url));
  }

  private Symbolizer beside(WasmBytes module) {
    DebugFileSearch search = DebugFileSearch.builder().build().beside(folder.resolve("test.wasm"));
    return Symbolizer.of(WasmModule.read(module.source("test.wasm")), search, diagnostics::add);
  }

  private static void assertLines(Symbolizer symbols) {
    long start = symbols.module().body(0).start().value();
    assertEquals(0x17, start);
    assertEquals("func[0]", symbols.sources(0, new BodyOffset(1)).get(0).toString());
    assertEquals("func[0] at a.ts:3:5", symbols.sources(0, new BodyOffset(2)).get(0).toString());
    assertEquals("func[0] at a.ts:3:5", symbols.sources(0, new BodyOffset(3)).get(0).toString());
    // what is mapped before a function is another's
    assertEquals("func[1]", symbols.sources(1, new BodyOffset(1)).get(0).toString());
    assertEquals(Optional.of("three"), symbols.line("a.ts", 3));
    assertEquals(Optional.of("two"), symbols.line("a.ts", 2));
    assertEquals(Optional.empty(), symbols.line("a.ts", 4));
    assertEquals(Optional.empty(), symbols.line("a.ts", 0));
    assertEquals(Optional.empty(), symbols.line("b.ts", 1));
  }

  @Test
  void inTheModule() {
    String base64 = Base64.getEncoder().encodeToString(MAP.getBytes(StandardCharsets.UTF_8));
    for (String url :
        List.of(
            "data:application/json;base64," + base64,
            "DATA:application/json;charset=utf-8;BASE64," + base64.replace("=", "%3D"),
            "data:application/json," + MAP,
            "data:," + MAP.replace("\"", "%22").replace("{", "%7b"))) {
      try (Symbolizer symbols =
          Symbolizer.of(WasmModule.read(module(url).source("test.wasm")), diagnostics::add)) {
        assertEquals(State.EMBEDDED, symbols.debugInfo().sourceMap().state());
        assertEquals("a source map in the module", symbols.debugInfo().explanation());
        assertTrue(symbols.debugInfo().external().length() < 60);
        assertLines(symbols);
      }
    }
    assertEquals(List.of(), diagnostics);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.map", "./a.map", "https://x.example/dir/a.map?v=1", "..\\a.map", "../a.map"})
  void besideTheModule(String url) throws IOException {
    Path file = Files.writeString(folder.resolve("a.map"), MAP);
    try (Symbolizer symbols = beside(module(url))) {
      assertEquals("a source map, " + file.toRealPath(), symbols.debugInfo().explanation());
      assertLines(symbols);
    }
    assertEquals(List.of(), diagnostics);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.map", "..", ".a.map", "", "x/", "a\0.map", "link.map", "dir.map"})
  void elsewhereIsNowhere(String url) throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.writeString(folder.resolve("a.map"), MAP);
    Files.writeString(inner.resolve(".a.map"), MAP);
    Files.createDirectory(inner.resolve("dir.map"));
    Files.createSymbolicLink(inner.resolve("link.map"), folder.resolve("a.map"));
    DebugFileSearch search = DebugFileSearch.builder().build().beside(inner.resolve("test.wasm"));
    WasmModule module = WasmModule.read(module(url).source("test.wasm"));
    try (Symbolizer symbols = Symbolizer.of(module, search, diagnostics::add)) {
      assertEquals(
          new MapLocation(State.NOT_FOUND, inner.toRealPath().toString()),
          symbols.debugInfo().sourceMap());
      assertTrue(symbols.debugInfo().explanation().contains("which was not found in"));
      assertEquals("func[0]", symbols.sources(0, new BodyOffset(2)).get(0).toString());
    }
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void withoutLeaveNoFileIsOpened() throws IOException {
    Files.writeString(folder.resolve("a.map"), MAP);
    WasmModule module = WasmModule.read(module("a.map").source(folder + "/test.wasm"));
    Symbolizer symbols = Symbolizer.of(module, diagnostics::add);
    assertEquals("a source map, a.map, which was not opened", symbols.debugInfo().explanation());
    assertEquals("func[0]", symbols.sources(0, new BodyOffset(2)).get(0).toString());
  }

  @Test
  void damage() throws IOException {
    Files.writeString(folder.resolve("a.map"), MAP.substring(0, 40));
    try (Symbolizer symbols = beside(module("a.map"))) {
      assertEquals("func[0]", symbols.sources(0, new BodyOffset(2)).get(0).toString());
      assertEquals(
          "a source map, a.map, which cannot be read: the JSON ends early",
          symbols.debugInfo().explanation());
      assertEquals(Optional.empty(), symbols.line("a.ts", 1));
    }
    Files.writeString(folder.resolve("a.map"), MAP.replace("yBAEI", "yBAEI,!"));
    try (Symbolizer symbols = beside(module("a.map"))) {
      assertLines(symbols);
    }
    try (Symbolizer symbols = beside(module("data:;base64,&"))) {
      assertEquals(State.DAMAGED, symbols.debugInfo().sourceMap().state());
    }
    assertEquals(
        List.of("source-map-damaged", "source-map-damaged", "source-map-damaged"),
        diagnostics.stream().map(Diagnostic::code).toList());
  }

  @Test
  void whereDwarfIsOfNoUse() {
    WasmBytes entry = WasmBytes.of(4, 0).le32(0).bytes(4).bytes(1).le32(0).le32(0x20);
    WasmBytes module =
        module("data:," + MAP)
            .custom(".debug_abbrev", WasmBytes.of(1, 0x11, 0, 0x11, 1, 0x12, 1, 0, 0, 0))
            .custom(".debug_info", WasmBytes.empty().le32(entry.size()).add(entry));
    try (Symbolizer symbols = beside(module)) {
      assertEquals(DebugInfo.Status.ADDRESSES_LOST, symbols.debugInfo().status());
      assertTrue(
          symbols
              .debugInfo()
              .explanation()
              .endsWith("; lines come from a source map in the module"));
      assertLines(symbols);
    }
  }
}
