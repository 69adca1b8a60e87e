package dev.wasmortem.symbols.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.symbols.DebugFileSearch;
import dev.wasmortem.symbols.Fixtures;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.Symbolizer;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SymbolCacheTest {
  private static final CodeOffset HALF = new CodeOffset(0x12);

  @TempDir private Path folder;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private Path module;
  private Path kept;

  @BeforeEach
  void aModule() throws IOException {
    module = folder.resolve("tiny.wasm");
    kept = folder.resolve("tiny.wasm.wmsym");
    Files.write(module, Fixtures.bytes("tiny/tiny-dw5.wasm"));
  }

  private List<SourceFrame> ask(SymbolCache cache) throws IOException {
    try (ByteSource file = ByteSource.open(module);
        CachedSymbols symbols = cache.open(symbolizer(file), diagnostics::add)) {
      return symbols.sources(HALF);
    }
  }

  private Symbolizer symbolizer(ByteSource file) {
    return Symbolizer.of(WasmModule.read(file), diagnostics::add);
  }

  private List<SourceFrame> expected() throws IOException {
    try (ByteSource file = ByteSource.open(module)) {
      return symbolizer(file).sources(HALF);
    }
  }

  private List<String> codes() {
    return diagnostics.stream().map(Diagnostic::code).toList();
  }

  private Fingerprint fingerprint() throws IOException {
    try (ByteSource file = ByteSource.open(module)) {
      return Fingerprint.of(List.of(file));
    }
  }

  /** An index that says something that no module does. */
  private byte[] telltale(Fingerprint fingerprint) {
    return IndexBytes.index(
        fingerprint,
        WasmBytes.empty().le32(0).le32(0),
        WasmBytes.of(1, 1),
        WasmBytes.of(0, 0),
        WasmBytes.of(1, 0, 0),
        WasmBytes.empty().name("from the index"));
  }

  @Test
  void anIndexIsMadeAndKept() throws IOException {
    assertEquals(expected(), ask(SymbolCache.beside(module)));
    assertEquals(List.of(), diagnostics);
    byte[] first = Files.readAllBytes(kept);
    SymbolIndex index = IndexBytes.open(first);
    assertEquals(fingerprint(), index.module());
    assertEquals(expected(), index.sources(HALF));
    assertEquals(expected(), ask(SymbolCache.beside(module)));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void aFreshIndexIsUsed() throws IOException {
    Files.write(kept, telltale(fingerprint()));
    assertEquals("from the index", ask(SymbolCache.beside(module)).get(0).name());
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void anIndexOfAnotherModuleIsReplaced() throws IOException {
    Files.write(kept, telltale(IndexBytes.DIGITS));
    assertEquals(expected(), ask(SymbolCache.beside(module)));
    assertEquals(List.of("symbol-index-stale"), codes());
    assertEquals(fingerprint(), IndexBytes.open(Files.readAllBytes(kept)).module());
  }

  @Test
  void aModuleOfTheSameLengthThatChanged() throws IOException {
    ask(SymbolCache.beside(module));
    byte[] bytes = Fixtures.bytes("tiny/tiny-dw5.wasm");
    int name = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("half");
    bytes[name] = 'c';
    Files.write(module, bytes);
    assertEquals("calf", ask(SymbolCache.beside(module)).get(0).name());
    assertEquals(List.of("symbol-index-stale"), codes());
  }

  @Test
  void aDamagedIndexIsReplaced() throws IOException {
    byte[] bytes = telltale(fingerprint());
    bytes[bytes.length - 1] ^= 1;
    for (byte[] damaged : List.of(bytes, new byte[0], new byte[100])) {
      Files.write(kept, damaged);
      diagnostics.clear();
      assertEquals(expected(), ask(SymbolCache.beside(module)));
      assertEquals(List.of("symbol-index-damaged"), codes());
      IndexBytes.open(Files.readAllBytes(kept)).verify();
    }
  }

  /** Its checksum is right, so the damage shows when it is asked only. */
  @Test
  void anIndexThatLies() throws IOException {
    byte[] lie =
        IndexBytes.index(
            fingerprint(),
            WasmBytes.empty().le32(0).le32(0),
            WasmBytes.of(1, 9),
            WasmBytes.of(0, 0),
            WasmBytes.of(1, 0, 0),
            WasmBytes.empty().name("f"));
    Files.write(kept, lie);
    assertEquals(expected(), ask(SymbolCache.beside(module)));
    assertEquals(List.of("symbol-index-damaged"), codes());
  }

  @Test
  void aDirectoryForTheIndexesOfManyModules() throws IOException {
    Path directory = folder.resolve("a/b");
    assertEquals(expected(), ask(SymbolCache.in(directory, module)));
    assertEquals(List.of(), diagnostics);
    assertFalse(Files.exists(kept));
    Path file = directory.resolve("tiny.wasm-" + fingerprint() + ".wmsym");
    Files.write(file, telltale(fingerprint()));
    assertEquals("from the index", ask(SymbolCache.in(directory, module)).get(0).name());
  }

  @Test
  void linksAreNeitherFollowedNorReplaced() throws IOException {
    Path elsewhere = folder.resolve("elsewhere");
    Files.write(elsewhere, telltale(fingerprint()));
    Files.createSymbolicLink(kept, elsewhere);
    assertEquals(expected(), ask(SymbolCache.beside(module)));
    assertEquals(List.of("symbol-index-not-kept"), codes());
    assertTrue(Files.isSymbolicLink(kept));
    assertEquals(telltale(fingerprint()).length, Files.size(elsewhere));
  }

  @Test
  void whatNoIndexHolds() throws IOException {
    Files.write(module, SymbolIndexTest.nested(2000).toByteArray());
    try (ByteSource file = ByteSource.open(module);
        CachedSymbols symbols =
            SymbolCache.beside(module).open(symbolizer(file), diagnostics::add)) {
      assertEquals(2001, symbols.sources(new CodeOffset(3)).size());
    }
    assertEquals(List.of("symbol-index-not-made"), codes());
    assertFalse(Files.exists(kept));
  }

  @Test
  void whereNothingCanBeWritten() throws IOException {
    Path file = folder.resolve("file");
    Files.write(file, new byte[1]);
    assertEquals(expected(), ask(SymbolCache.in(file, module)));
    assertEquals(List.of("symbol-index-not-kept"), codes());
  }

  private void copy(String fixture, String name) throws IOException {
    Files.write(folder.resolve(name), Fixtures.bytes("apart/" + fixture));
  }

  /** Asks at the beginning of the first body of a module with debug information beside it. */
  private List<SourceFrame> askApart() throws IOException {
    try (ByteSource file = ByteSource.open(module)) {
      return askBeside(WasmModule.read(file).body(0).codeOffset(new BodyOffset(0)));
    }
  }

  private List<SourceFrame> askBeside(CodeOffset at) throws IOException {
    DebugFileSearch search = DebugFileSearch.builder().build().beside(module);
    try (ByteSource file = ByteSource.open(module);
        Symbolizer all = Symbolizer.of(WasmModule.read(file), search, diagnostics::add);
        CachedSymbols symbols = SymbolCache.beside(module).open(all, diagnostics::add)) {
      return symbols.sources(at);
    }
  }

  @Test
  void debugInformationInAnotherFile() throws IOException {
    copy("apart.wasm", "tiny.wasm");
    assertTrue(askApart().get(0).position().isEmpty());
    diagnostics.clear();
    copy("apart.debug.wasm", "tiny.debug.wasm");
    assertTrue(askApart().get(0).position().isPresent());
    assertEquals(List.of("symbol-index-stale"), codes());
    assertTrue(askApart().get(0).position().isPresent());
    assertEquals(1, diagnostics.size());
  }

  /** The second body byte, at 0x18 in the file, is line 3 of the map (wB is 0x18, E 2 and I 4). */
  @Test
  void aSourceMapThatComesAndChanges() throws IOException {
    Files.write(
        module,
        WasmBytes.module()
            .types(WasmBytes.funcType("", ""))
            .functions(0, 0)
            .code(WasmBytes.body("", "01 01 0b"), WasmBytes.body("", "01 0b"))
            .custom("sourceMappingURL", WasmBytes.empty().name("a.map"))
            .toByteArray());
    String map = "{\"version\":3,\"sources\":[\"a.ts\"],\"names\":[],\"mappings\":\"wBAEI\"}";
    assertEquals("func[0]", askBeside(new CodeOffset(3)).get(0).toString());
    Files.writeString(folder.resolve("a.map"), map);
    assertEquals("func[0] at a.ts:3:5", askBeside(new CodeOffset(3)).get(0).toString());
    Files.writeString(folder.resolve("a.map"), map.replace("a.ts", "b.ts"));
    assertEquals("func[0] at b.ts:3:5", askBeside(new CodeOffset(3)).get(0).toString());
    Files.writeString(folder.resolve("a.map"), "{}");
    assertEquals("func[0]", askBeside(new CodeOffset(3)).get(0).toString());
    assertEquals(
        List.of(
            "symbol-index-stale", "symbol-index-stale", "symbol-index-stale", "source-map-damaged"),
        codes());
    // Now there is an index, and it is used: the map is not read again.
    assertEquals("func[0]", askBeside(new CodeOffset(3)).get(0).toString());
    assertEquals(4, diagnostics.size());
  }

  /** Once they are there, an index without them would be wrong. */
  @Test
  void splitUnitsAreNotKept() throws IOException {
    copy("split5.wasm", "tiny.wasm");
    askApart();
    assertTrue(codes().contains("symbol-index-not-kept"), diagnostics.toString());
    assertFalse(Files.exists(kept));
  }

  /** The function's name is the fourth byte of a file that may come later (DW_FORM_strp_sup). */
  @Test
  void namesInASupplementaryFileAreNotKept() throws IOException {
    WasmBytes abbreviations =
        WasmBytes.empty()
            .bytes(1, 0x11, 1, 0x11, 0x01, 0x12, 0x06, 0, 0) // a unit: low_pc addr, high_pc data4
            .bytes(2, 0x2e, 0, 0x03, 0x1d, 0x11, 0x01, 0x12, 0x06, 0, 0, 0); // name strp_sup
    WasmBytes unit =
        WasmBytes.of(5, 0, 1, 4)
            .le32(0)
            .bytes(1)
            .le32(2)
            .le32(2)
            .bytes(2)
            .le32(3)
            .le32(2)
            .le32(2)
            .bytes(0);
    WasmBytes name = WasmBytes.empty().raw("sup".getBytes(StandardCharsets.US_ASCII));
    Files.write(
        module,
        WasmBytes.module()
            .types(WasmBytes.funcType("", ""))
            .functions(0)
            .code(WasmBytes.body("", "0b"))
            .custom(".debug_abbrev", abbreviations)
            .custom(".debug_info", WasmBytes.empty().le32(unit.size()).add(unit))
            .custom(".debug_sup", WasmBytes.of(5, 0, 0).add(name).bytes(0, 1, 7))
            .toByteArray());
    CodeOffset at = new CodeOffset(2);
    assertEquals("func[0]", askBeside(at).get(0).name());
    assertTrue(codes().contains("symbol-index-not-kept"), diagnostics.toString());
    Files.write(
        folder.resolve("sup"),
        WasmBytes.module()
            .custom(".debug_sup", WasmBytes.of(5, 0, 1, 0, 1, 7))
            .custom(".debug_str", WasmBytes.of('a', 'b', 0, 'd', 'i', 'e', 0))
            .toByteArray());
    assertEquals("die", askBeside(at).get(0).name());
  }
}
