package dev.wasmortem.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.symbols.DebugLocation.Tie;
import dev.wasmortem.symbols.ModuleSplit.Content;
import dev.wasmortem.symbols.ModuleSplit.Names;
import dev.wasmortem.symbols.ModuleSplit.Origin;
import dev.wasmortem.symbols.ModuleSplit.Plan;
import dev.wasmortem.testkit.PeerTool;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.BuildId;
import dev.wasmortem.wasm.ModuleWriter;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.CodeOffset;
import dev.wasmortem.wasm.custom.UrlSection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleSplitTest {
  private static final Plan PLAN = plan(Content.SECTIONS, Names.KEPT);

  @TempDir private Path temp;

  private static Plan plan(Content content, Names names) {
    return new Plan(Optional.empty(), Optional.of("app.debug.wasm"), content, names);
  }

  private static byte[] bytes(ModuleWriter writer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.writeTo(Channels.newChannel(out));
    assertEquals(writer.size(), out.size());
    return out.toByteArray();
  }

  private static WasmModule written(ModuleWriter writer) throws IOException {
    return WasmModule.read(ByteSource.of("written", bytes(writer)));
  }

  /** Each section as its bytes stand in the file, from the byte for its kind on. */
  private static List<String> sections(WasmModule module) {
    List<String> all = new ArrayList<>();
    for (Section section : module.sections()) {
      byte[] bytes = section.bytes().cursor().bytes(Math.toIntExact(section.bytes().size()));
      all.add(section.name() + " " + HexFormat.of().formatHex(bytes));
    }
    return all;
  }

  private static List<String> only(List<String> sections, String regex) {
    return sections.stream().filter(section -> section.matches(regex)).toList();
  }

  @Test
  void whatIsKeptIsKeptByteForByte() throws IOException {
    WasmModule module = Fixtures.module("apart/dw5.wasm");
    ModuleSplit split = ModuleSplit.of(module, PLAN);
    List<String> all = sections(module);
    List<String> stripped = sections(written(split.stripped()));
    List<String> kept = only(all, "(?!\\.debug_).*");
    assertEquals(kept, stripped.subList(0, kept.size()));
    assertEquals(
        List.of("external_debug_info"),
        stripped.subList(kept.size(), stripped.size()).stream()
            .map(section -> section.substring(0, section.indexOf(' ')))
            .toList());
    assertEquals(only(all, "(\\.debug_|build_id ).*"), sections(written(split.debugFile())));
    assertEquals(9, split.removed().size());
    assertEquals(Origin.MODULE, split.buildIdOrigin());
  }

  @Test
  void paddedSizesStayPadded() throws IOException {
    WasmModule module =
        WasmModule.read(
            WasmBytes.module()
                .sectionPadded(0, WasmBytes.empty().name("keep").bytes(1), 5)
                .sectionPadded(0, WasmBytes.empty().name(".debug_info").bytes(1), 5)
                .source("padded"));
    Plan plan = new Plan(Optional.empty(), Optional.empty(), Content.SECTIONS, Names.KEPT);
    ModuleSplit split = ModuleSplit.of(module, plan);
    List<String> stripped = sections(written(split.stripped()));
    assertEquals("keep 00868080800004" + "6b656570" + "01", stripped.get(0));
    assertEquals(2, stripped.size());
    assertEquals(
        ".debug_info 008d808080000b2e64656275675f696e666f01",
        sections(written(split.debugFile())).get(0));
  }

  @Test
  void aBuildIdIsMadeOrGiven() throws IOException {
    byte[] bytes = WasmBytes.module().custom(".debug_info", WasmBytes.of(1)).toByteArray();
    WasmModule module = WasmModule.read(ByteSource.of("m", bytes));
    // printf '\0asm\1\0\0\0\0\15\13.debug_info\1' | sha256sum
    String sha = "35a39091cf40a10e6c671d0cdd014c4dd05857d140b8b8bba58006240d779540";
    ModuleSplit computed = ModuleSplit.of(module, PLAN);
    assertEquals(new BuildId(sha.substring(0, 40)), computed.buildId());
    assertEquals(Origin.COMPUTED, computed.buildIdOrigin());
    for (ModuleWriter writer : List.of(computed.stripped(), computed.debugFile())) {
      assertEquals(Optional.of(computed.buildId()), BuildId.of(written(writer)));
    }
    BuildId other = new BuildId("0102030405");
    WasmModule whole = Fixtures.module("apart/dw5.wasm");
    Plan plan = new Plan(Optional.of(other), Optional.empty(), Content.SECTIONS, Names.KEPT);
    ModuleSplit given = ModuleSplit.of(whole, plan);
    assertEquals(Origin.GIVEN, given.buildIdOrigin());
    for (ModuleWriter writer : List.of(given.stripped(), given.debugFile())) {
      assertEquals(Optional.of(other), BuildId.of(written(writer)));
      assertEquals(1, written(writer).customSections("build_id").size());
      assertEquals(List.of(), written(writer).customSections("external_debug_info"));
    }
  }

  @Test
  void theDebugFileIsNamed() throws IOException {
    WasmModule module =
        WasmModule.read(
            WasmBytes.module()
                .custom("external_debug_info", WasmBytes.empty().name("old"))
                .custom(".debug_info", WasmBytes.of(1))
                .source("m"));
    WasmModule stripped = written(ModuleSplit.of(module, PLAN).stripped());
    assertEquals(
        Optional.of("app.debug.wasm"),
        UrlSection.EXTERNAL_DEBUG_INFO.url(stripped, Diagnostic.Sink.IGNORE));
    assertEquals(1, stripped.customSections("external_debug_info").size());
  }

  @Test
  void objectFilesAreLeftAlone() {
    WasmModule object =
        WasmModule.read(
            WasmBytes.module()
                .custom(".debug_info", WasmBytes.of(1))
                .custom("linking", WasmBytes.of(2))
                .source("a.o"));
    assertThrows(FormatException.Unsupported.class, () -> ModuleSplit.of(object, PLAN));
  }

  /** What a symbolizer says of all offsets; inlined frames are told with their callers. */
  private static List<String> frames(Symbolizer symbols) {
    long size = symbols.module().section(SectionId.CODE).orElseThrow().payload().size();
    return IntStream.range(0, Math.toIntExact(size))
        .mapToObj(at -> symbols.sources(new CodeOffset(at)).toString())
        .toList();
  }

  private void expectTheSame(Path file, Plan plan) throws IOException {
    try (ByteSource source = ByteSource.open(file)) {
      WasmModule module = WasmModule.read(source);
      ModuleSplit split = ModuleSplit.of(module, plan);
      Path stripped = Files.write(temp.resolve("app.wasm"), bytes(split.stripped()));
      Path debug = temp.resolve("app.debug.wasm");
      List<String> whole = frames(Symbolizer.of(module, Diagnostic.Sink.IGNORE));
      assertTrue(whole.stream().anyMatch(frame -> frame.contains(" at ")));
      Files.deleteIfExists(debug);
      try (ByteSource bare = ByteSource.open(stripped)) {
        Symbolizer none = Symbolizer.of(WasmModule.read(bare), Diagnostic.Sink.IGNORE);
        assertTrue(frames(none).stream().noneMatch(frame -> frame.contains(" at ")));
        Files.write(debug, bytes(split.debugFile()));
        DebugFileSearch search = DebugFileSearch.builder().build().beside(stripped);
        List<Diagnostic> told = new ArrayList<>();
        try (Symbolizer symbols = Symbolizer.of(none.module(), search, told::add)) {
          assertEquals(whole, frames(symbols));
          assertEquals(Tie.BUILD_ID, symbols.debugInfo().location().tie());
          assertEquals(List.of(), told);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny/tiny-dw4.wasm", "tiny/tiny-dw5.wasm", "apart/dw4.wasm"})
  void whatIsSplitTellsTheSame(String fixture) throws IOException {
    Path file = Files.write(temp.resolve("whole.wasm"), Fixtures.bytes(fixture));
    expectTheSame(file, PLAN);
    expectTheSame(file, plan(Content.MODULE, Names.KEPT));
    expectTheSame(file, plan(Content.MODULE, Names.STRIPPED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c/crash-k3-dw4-O0-c22.wasm",
        "c/crash-k3-dw5-O2-c22.wasm",
        "rust/crash-div-O2-r1.63.wasm",
        "emcc/c-k5-split.wasm.debug.wasm"
      })
  void theCorpus(String name) throws IOException {
    expectTheSame(Shared.corpus(name), PLAN);
  }

  @Test
  void othersReadBoth() throws IOException {
    WasmModule module = Fixtures.module("apart/dw5.wasm");
    Path whole = Files.write(temp.resolve("whole.wasm"), Fixtures.bytes("apart/dw5.wasm"));
    for (Content content : Content.values()) {
      ModuleSplit split = ModuleSplit.of(module, plan(content, Names.KEPT));
      Path stripped = Files.write(temp.resolve("app.wasm"), bytes(split.stripped()));
      Path debug = Files.write(temp.resolve("app.debug.wasm"), bytes(split.debugFile()));
      PeerTool.run("", "wasm-validate", "--enable-all", stripped.toString());
      PeerTool.run("", "wasm-validate", "--enable-all", debug.toString());
      List<String> headers = PeerTool.run("", "wasm-objdump", "-h", stripped.toString());
      assertTrue(headers.stream().noneMatch(line -> line.contains(".debug_")));
      assertTrue(headers.stream().anyMatch(line -> line.contains("\"external_debug_info\"")));
      assertEquals(dumped(whole), dumped(debug));
      String addresses =
          IntStream.range(2, 0x3b).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
      assertEquals(symbolized(whole, addresses), symbolized(debug, addresses));
    }
  }

  private static List<String> dumped(Path file) {
    List<String> lines = PeerTool.run("", "llvm-dwarfdump", "--all", file.toString());
    assertTrue(lines.size() > 100);
    return lines.subList(1, lines.size()); // the first is the file's name
  }

  private static List<String> symbolized(Path file, String addresses) {
    List<String> lines =
        PeerTool.run(
            addresses, "llvm-symbolizer", "--obj=" + file, "--functions=short", "--inlines");
    assertTrue(lines.toString().contains("clamp.h:"));
    return lines;
  }
}
