package dev.wasmortem.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.symbols.DebugFileSearch.Match;
import dev.wasmortem.symbols.DebugInfo.Status;
import dev.wasmortem.symbols.DebugLocation.Tie;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fixture {@code apart} is one program, whose debug information lies in other places. */
class DebugFileSearchTest {
  private static final String ID = "00112233445566778899aabbccddeeff";

  @TempDir private Path temp;
  private Path build;
  private Path debug;
  private final List<Diagnostic> told = new ArrayList<>();

  @BeforeEach
  void makeDirectories() throws IOException {
    temp = temp.toRealPath();
    build = Files.createDirectory(temp.resolve("build"));
    debug = Files.createDirectory(temp.resolve("debug"));
  }

  private static byte[] fixture(String name) {
    return Fixtures.bytes("apart/" + name);
  }

  private static Path write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  /** A module as it is, with one more section. */
  private static byte[] with(String module, String section, WasmBytes payload) {
    return WasmBytes.empty().raw(fixture(module)).custom(section, payload).toByteArray();
  }

  private static byte[] withExternal(String module, String url) {
    return with(module, "external_debug_info", WasmBytes.empty().name(url));
  }

  /** A module with a build id of its own. */
  private static byte[] ofOtherBuild(String module) {
    byte[] bytes = fixture(module);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int id = text.indexOf("\u0000\u0011\"3D");
    assertTrue(id > 0);
    bytes[id] = 1;
    return bytes;
  }

  /** A module as it was before it was linked with a build id, which is its last section. */
  private static byte[] withoutId(String module) {
    byte[] bytes = fixture(module);
    return Arrays.copyOf(bytes, bytes.length - 28);
  }

  private DebugFileSearch allowed(Path... directories) {
    DebugFileSearch.Builder builder = DebugFileSearch.builder();
    for (Path directory : directories) {
      builder.allow(directory);
    }
    return builder.build();
  }

  private interface Check {
    void on(Symbolizer symbols);
  }

  private void search(Path module, DebugFileSearch search, Check check) throws IOException {
    try (ByteSource file = ByteSource.open(module);
        Symbolizer symbols =
            Symbolizer.of(WasmModule.read(file), search.beside(module), told::add)) {
      check.on(symbols);
    }
  }

  private void expect(Path module, DebugFileSearch search, Path file, Tie tie) throws IOException {
    search(
        module,
        search,
        symbols -> {
          assertEquals(DebugLocation.found(file.toString(), tie), symbols.debugInfo().location());
          assertEquals(Status.PRESENT, symbols.debugInfo().status());
          assertEquals(expected(), framesOf(symbols));
        });
  }

  private void expectNothing(Path module, DebugFileSearch search) throws IOException {
    search(
        module,
        search,
        symbols -> {
          assertEquals(Tie.NOT_FOUND, symbols.debugInfo().location().tie());
          assertEquals(0, symbols.debugInfo().units());
        });
  }

  private List<String> codes() {
    return told.stream().map(Diagnostic::code).toList();
  }

  /** Returns what llvm-symbolizer says of the whole module, by offset; but for lines of no file. */
  private static SortedMap<Long, String> expected() {
    SortedMap<Long, String> all = new TreeMap<>();
    for (String block : text("expected.txt").split("(?m)^0x", -1)) {
      if (!block.isEmpty() && !block.contains("??")) {
        String[] lines = block.split("\n", -1);
        StringBuilder frames = new StringBuilder();
        for (int i = 1; i + 1 < lines.length; i += 2) {
          frames.append(lines[i]).append(' ').append(lines[i + 1]).append('\n');
        }
        all.put(Long.parseLong(lines[0], 16), frames.toString());
      }
    }
    assertTrue(all.size() > 40);
    return all;
  }

  private static String text(String name) {
    return new String(fixture(name), StandardCharsets.UTF_8);
  }

  private static SortedMap<Long, String> framesOf(Symbolizer symbols) {
    SortedMap<Long, String> all = new TreeMap<>();
    for (long at : expected().keySet()) {
      StringBuilder frames = new StringBuilder();
      for (SourceFrame frame : symbols.sources(new CodeOffset(at))) {
        SourcePosition position = frame.position().orElseThrow();
        frames.append(frame.name() + " " + position.file() + ":" + position.line() + "\n");
      }
      all.put(at, frames.toString());
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"dw4.wasm", "dw5.wasm", "split4.wasm", "split5.wasm", "apart.wasm"})
  void codeIsTheSame(String name) {
    assertEquals(code(Fixtures.module("apart/dw5.wasm")), code(Fixtures.module("apart/" + name)));
  }

  private static String code(WasmModule module) {
    ByteSource code = module.section(SectionId.CODE).orElseThrow().bytes();
    return HexFormat.of().formatHex(code.cursor().bytes((int) code.size()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dw4.wasm", "dw5.wasm"})
  void theModuleItself(String name) throws IOException {
    Path module = write(build.resolve("app.wasm"), fixture(name));
    write(build.resolve("app.debug.wasm"), ofOtherBuild("dw5.wasm"));
    search(
        module,
        allowed(debug),
        symbols -> {
          assertEquals(DebugLocation.found("", Tie.MODULE), symbols.debugInfo().location());
          assertEquals(expected(), framesOf(symbols));
        });
    assertEquals(List.of(), told);
  }

  @ParameterizedTest
  @CsvSource({
    ".build-id/00/112233445566778899aabbccddeeff.debug, BUILD_ID, dw5.wasm",
    ".build-id/00/112233445566778899aabbccddeeff.debug, FILED, apart.debug.wasm",
    "buildid/00112233445566778899aabbccddeeff/debuginfo, BUILD_ID, dw4.wasm",
    "00112233445566778899aabbccddeeff/debuginfo, FILED, apart.debug.wasm",
    "app.debug.wasm, BUILD_ID, dw5.wasm",
    "app.wasm.debug, BUILD_ID, dw5.wasm",
    "app.wasm.debug.wasm, BUILD_ID, dw5.wasm",
    "app.debug, UNVERIFIED, apart.debug.wasm",
    "any.wasm, BUILD_ID, dw5.wasm",
    "any.debug, BUILD_ID, dw4.wasm",
  })
  void aCompanionInAnAllowedDirectoryOrBeside(String name, Tie tie, String fixture)
      throws IOException {
    Path module = write(build.resolve("app.wasm"), fixture("apart.wasm"));
    Path file = write(debug.resolve(name), fixture(fixture));
    expect(module, allowed(temp.resolve("none"), debug), file, tie);
    expectNothing(module, allowed());
    expectNothing(module, DebugFileSearch.NONE);
    Path beside = write(build.resolve(name), fixture(fixture));
    expect(module, allowed(), beside, tie);
    expectNothing(module, DebugFileSearch.NONE);
    assertEquals(List.of(), told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "symbols.bin",
        "https://x.example/a/symbols.bin",
        "https://x.example/a/symbols.bin?v=1#x",
        "../../symbols.bin",
        "/etc/symbols.bin",
        "C:\\x\\symbols.bin"
      })
  void aFileThatTheModuleNames(String url) throws IOException {
    Path module = write(build.resolve("app.wasm"), withExternal("apart.wasm", url));
    expectNothing(module, allowed(debug));
    Path far = write(debug.resolve("symbols.bin"), fixture("apart.debug.wasm"));
    expect(module, allowed(debug), far, Tie.UNVERIFIED);
    Path beside = write(build.resolve("symbols.bin"), withoutId("dw5.wasm"));
    expect(module, allowed(debug), beside, Tie.CODE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../",
        ".",
        "",
        "/",
        ".hidden",
        "a/.hidden",
        "link.bin",
        "folder",
        "a\u0000"
      })
  void whatAModuleMayNotName(String url) throws IOException {
    Path module = write(build.resolve("app.wasm"), withExternal("apart.wasm", url));
    byte[] dwarf = fixture("apart.debug.wasm");
    write(build.resolve(".hidden"), dwarf);
    Files.createDirectory(build.resolve("folder"));
    Files.createSymbolicLink(build.resolve("link.bin"), write(temp.resolve("secret"), dwarf));
    expectNothing(module, allowed(debug));
  }

  @Test
  void anotherBuildIsRefused() throws IOException {
    Path module = write(build.resolve("app.wasm"), fixture("apart.wasm"));
    Path other = write(build.resolve("app.debug.wasm"), ofOtherBuild("dw5.wasm"));
    expectNothing(module, allowed(debug));
    assertEquals(List.of("debug-file-refused"), codes());
    assertTrue(
        told.get(0)
            .message()
            .startsWith("its build id is 01112233445566778899aabbccddeeff, the module's " + ID));
    expect(module, DebugFileSearch.builder().match(Match.FORCED).build(), other, Tie.FORCED);
    // What was found farther away and belongs is better than what is forced.
    Path right = write(debug.resolve("x.wasm"), fixture("dw4.wasm"));
    expect(
        module,
        DebugFileSearch.builder().allow(debug).match(Match.FORCED).build(),
        right,
        Tie.BUILD_ID);
  }

  @Test
  void otherCodeIsRefusedWhereThereIsNoBuildId() throws IOException {
    Path module = write(build.resolve("app.wasm"), withoutId("apart.wasm"));
    byte[] other = withoutId("dw5.wasm");
    int code =
        Math.toIntExact(
            Fixtures.module("apart/dw5.wasm").body(0).fileOffset(new BodyOffset(1)).value());
    other[code] ^= 1;
    write(build.resolve("app.debug.wasm"), other);
    expectNothing(module, allowed());
    assertEquals(List.of("debug-file-refused"), codes());
    assertTrue(told.get(0).message().startsWith("its code is not the module's"));
  }

  @Test
  void whatIsNoModule() throws IOException {
    Path module = write(build.resolve("app.wasm"), withExternal("apart.wasm", "x.bin"));
    write(build.resolve("x.bin"), new byte[] {1, 2, 3});
    write(build.resolve("z.wasm"), new byte[] {1, 2, 3});
    expectNothing(module, allowed());
    assertEquals(List.of("debug-file-damaged"), codes());
    assertTrue(told.get(0).location().source().endsWith("x.bin"));
  }

  @Test
  void aFileThatNamesItself() throws IOException {
    Path module = write(build.resolve("app.wasm"), withExternal("apart.wasm", "app.wasm"));
    expectNothing(module, allowed());
    assertEquals(List.of(), told);
  }

  @Test
  void anOfferedModule() throws IOException {
    Path module = write(build.resolve("app.wasm"), fixture("apart.wasm"));
    DebugFileSearch search = DebugFileSearch.builder().build();
    WasmModule other = WasmModule.read(ByteSource.of("other", ofOtherBuild("dw5.wasm")));
    WasmModule right = WasmModule.read(ByteSource.of("core, module 0", fixture("dw5.wasm")));
    expectNothing(module, search.offering(other));
    expect(module, search.offering(other).offering(right), Path.of("core, module 0"), Tie.BUILD_ID);
    assertEquals(List.of(), told);
  }

  @ParameterizedTest
  @CsvSource({
    "split4, split4.dwp, app.dwp",
    "split5, split5.dwp, app.wasm.dwp",
    "split4, split4-a.dwo split4-b.dwo, split4-a.dwo split4-b.dwo",
    "split5, split5-a.dwo split5-b.dwo, split5-a.dwo program/split5-b.dwo",
  })
  void splitUnits(String name, String parts, String names) throws IOException {
    Path module = write(build.resolve("app.wasm"), fixture(name + ".wasm"));
    search(module, allowed(debug), symbols -> assertTrue(!expected().equals(framesOf(symbols))));
    String[] from = parts.split(" ", -1);
    String[] to = names.split(" ", -1);
    for (int i = 0; i < from.length; i++) {
      write(debug.resolve(to[i]), fixture(from[i]));
    }
    told.clear();
    search(module, allowed(debug), symbols -> assertEquals(expected(), framesOf(symbols)));
    assertEquals(List.of(), told);
  }

  @Test
  void explanations() throws IOException {
    Path module = write(build.resolve("app.wasm"), withExternal("apart.wasm", "x.wasm"));
    search(
        module,
        allowed(debug),
        symbols ->
            assertEquals(
                "in a separate file, x.wasm, which was not found in " + build + ", " + debug,
                symbols.debugInfo().toString()));
    Path file = write(debug.resolve("x.wasm"), fixture("dw5.wasm"));
    search(
        module,
        allowed(debug),
        symbols ->
            assertEquals(
                "DWARF 5, 2 units by Debian clang version 22.1.8 (1~deb12u1), in "
                    + file
                    + ", which has the same build id",
                symbols.debugInfo().toString()));
    Path bare = write(temp.resolve("bare/app.wasm"), fixture("apart.wasm"));
    search(
        bare,
        allowed(),
        symbols ->
            assertEquals(
                "function names only; build with -g for lines; no debug file was found in "
                    + bare.getParent(),
                symbols.debugInfo().toString()));
  }

  @Test
  void emscriptensSeparateFile() throws IOException {
    Path module = Shared.corpus("emcc/c-k5-split.wasm");
    Path whole = Shared.corpus("emcc/c-k5-split.wasm.debug.wasm");
    search(
        module,
        allowed(),
        symbols -> {
          assertEquals(Tie.CODE, symbols.debugInfo().location().tie());
          assertEquals(Status.PRESENT, symbols.debugInfo().status());
          List<String> all = new ArrayList<>();
          List<String> own = new ArrayList<>();
          try (ByteSource file = ByteSource.open(whole)) {
            Symbolizer of = Symbolizer.of(WasmModule.read(file), told::add);
            for (long at = 0;
                at < of.module().section(SectionId.CODE).orElseThrow().payload().size();
                at++) {
              all.add(of.sources(new CodeOffset(at)).toString());
              own.add(symbols.sources(new CodeOffset(at)).toString());
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          assertEquals(all, own);
          assertTrue(all.stream().anyMatch(text -> text.contains("crash.c:")));
        });
  }
}
