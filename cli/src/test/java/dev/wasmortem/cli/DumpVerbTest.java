package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.Goldens;
import dev.wasmortem.testkit.WasmBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dump} on a dump written by hand. */
class DumpVerbTest {
  @TempDir Path folder;

  private Path dump() throws IOException {
    WasmBytes dump =
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .add(DumpBytes.coremodules("a\u001bb"))
            .add(
                DumpBytes.coreinstances(
                    DumpBytes.instance(0, List.of(0L), List.of(0L, 0xffffffffL))))
            // Zero but for 0x40 to 0x50, which was not captured, and 0x4 to 0x8, redacted.
            .custom(
                "wasmortem.memory",
                WasmBytes.of(0x00, 0x01, 0x02, 0x02)
                    .u(4)
                    .u(4)
                    .bytes(0x04)
                    .u(0x38)
                    .u(0x10)
                    .bytes(0x03))
            .add(
                DumpBytes.corestack(
                    "main",
                    DumpBytes.frame(
                        0,
                        6,
                        5,
                        List.of(DumpBytes.i32(-5), DumpBytes.missing()),
                        List.of(DumpBytes.f64(0x3ff8000000000000L))),
                    DumpBytes.frame(0, 1, 4)))
            .memories(WasmBytes.memory(1))
            .globals(WasmBytes.global(0x7e, 0, WasmBytes.of(0x42).s(-3)))
            .data(
                WasmBytes.segment(0, "a secret".getBytes(StandardCharsets.US_ASCII)),
                WasmBytes.segment(0x3c, new byte[] {1, 2}));
    return Files.write(folder.resolve("d.core"), dump.toByteArray());
  }

  private String printed(Object... arguments) {
    Ran ran = Ran.wasmortem(arguments);
    assertEquals(0, ran.status(), ran.err());
    return ran.out().replace(folder.toString(), "FOLDER");
  }

  @Test
  void allButBytes() throws IOException {
    Goldens.check("dump.txt", printed("dump", dump()));
  }

  @Test
  void bytesWithTheirStates() throws IOException {
    Goldens.check("dump-bytes.txt", printed("dump", dump(), "-s", "0", "--length", "0x68"));
    String last = printed("dump", dump(), "-s", "0", "--start", "0xfff8", "--length", "100");
    assertEquals(
        List.of(
            "0000fff8  00 00 00 00 00 00 00 00                           |........|", "00010000"),
        last.lines().toList());
  }

  @Test
  void partsAreChosen() throws IOException {
    String frames = printed("dump", dump(), "--frames");
    assertTrue(frames.contains("Thread 0"), frames);
    assertTrue(!frames.contains("Sections:"), frames);
  }

  /** Four functions: a mangled name, one that would steer a terminal, an export, nothing. */
  private Path module() throws IOException {
    String body = "00 0b";
    return Files.write(
        folder.resolve("app.wasm"),
        WasmBytes.module()
            .types(WasmBytes.funcType("", ""))
            .functions(0, 0, 0, 0)
            .exports(WasmBytes.export("go", 0, 2))
            .code(
                WasmBytes.body("", body),
                WasmBytes.body("", body),
                WasmBytes.body("", body),
                WasmBytes.body("", body))
            .functionNames(0, "_ZN3foo3barEv", "e\u001bvil")
            .toByteArray());
  }

  /** One frame in each function of a module that is called by a name. */
  private Path stack(WasmBytes... rest) throws IOException {
    WasmBytes dump =
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .add(DumpBytes.coremodules("app"))
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(), List.of())))
            .add(
                DumpBytes.corestack(
                    "main",
                    DumpBytes.frame(0, 0, 1),
                    DumpBytes.frame(0, 1, 1),
                    DumpBytes.frame(0, 2, 1),
                    DumpBytes.frame(0, 3, 1)));
    for (WasmBytes part : rest) {
      dump.add(part);
    }
    return Files.write(folder.resolve("stack.core"), dump.toByteArray());
  }

  private static final List<String> NAMED =
      List.of(
          "  0  instance 0 function 0 <foo::bar> offset 0x1",
          "  1  instance 0 function 1 <e\\x1bvil> offset 0x1",
          "  2  instance 0 function 2 <go> offset 0x1",
          "  3  instance 0 function 3 offset 0x1");

  @Test
  void framesHaveTheNamesThatModulesTell() throws IOException {
    String plain = printed("dump", stack());
    String named = printed("dump", stack(), "-m", module());
    assertEquals(NAMED, named.lines().filter(line -> line.contains("instance 0 f")).toList());
    assertEquals(plain, named.replaceAll(" <[^>]*>", ""));
    String coloured = printed("dump", "--color=always", "--frames", stack(), "-m", folder);
    assertTrue(coloured.contains("function 2 \u001b[33m<go>\u001b[0m offset"), coloured);
  }

  @Test
  void jsonHasTheNamesToo() throws IOException {
    assertTrue(
        JsonReports.parseDump(printed("dump", "--json", stack())).at("/threads").isMissingNode());
    JsonNode json = JsonReports.parseDump(printed("dump", "--json", stack(), "-m", module()));
    assertEquals("main", json.at("/threads/0/name").asText());
    assertEquals(4, json.at("/threads/0/frameCount").asInt());
    JsonNode frames = json.at("/threads/0/frames");
    assertEquals("_ZN3foo3barEv", frames.at("/0/name").asText());
    assertEquals("foo::bar", frames.at("/0/demangled").asText());
    assertEquals("e\u001bvil", frames.at("/1/name").asText());
    assertEquals("go", frames.at("/2/name").asText());
    assertFalse(frames.at("/2").has("demangled"));
    assertFalse(frames.at("/3").has("name"));
    assertEquals(3, frames.at("/3/function").asInt());
    assertEquals(1, frames.at("/3/codeOffset").asInt());
  }

  @Test
  void aModuleInTheDumpNamesItsFrames() throws IOException {
    byte[] module = Files.readAllBytes(module());
    WasmBytes bytes =
        WasmBytes.empty()
            .custom(
                "wasmortem.module-bytes",
                WasmBytes.of(0x00, 0x00, 0x00).u(module.length).raw(module));
    assertEquals(
        NAMED,
        printed("dump", "--frames", stack(bytes))
            .lines()
            .filter(line -> line.contains("instance 0 f"))
            .toList());
  }

  /** What one section cannot hold stands in further ones, whose segments are counted on. */
  @Test
  void segmentsBeyondTheDataSection() throws IOException {
    byte[] begun = Files.readAllBytes(dump());
    byte[] first = WasmBytes.segment(0x100, new byte[] {1, 2, 3}).toByteArray();
    byte[] second = WasmBytes.segment(0x200, new byte[] {4}).toByteArray();
    WasmBytes more =
        WasmBytes.empty()
            .raw(begun)
            .custom("wasmortem.data", WasmBytes.of(0x00, 0x00, 0x01).raw(first))
            .custom("wasmortem.data", WasmBytes.of(0x01).raw(second))
            .custom("wasmortem.data", WasmBytes.of(0x00, 0x02, 0x01).raw(second));
    Path core = Files.write(folder.resolve("more.core"), more.toByteArray());
    // The bytes end the file; those of `first` stand before two whole sections.
    long end = Files.size(core);
    assertEquals(
        List.of(
            "      2   0  0x100                    3  "
                + String.format("0x%08x", begun.length + 1 + 1 + 15 + 3 + first.length - 3),
            "      3   0  0x200                    1  " + String.format("0x%08x", end - 1)),
        printed("dump", core, "--segments")
            .lines()
            .dropWhile(l -> !l.startsWith("      2"))
            .toList());
    JsonNode json = JsonReports.parseDump(printed("dump", "--json", core));
    assertEquals(4, json.at("/segmentCount").asInt());
    assertEquals("0x200", json.at("/segments/3/address").asText());
  }

  @Test
  void json() throws IOException {
    JsonNode json = JsonReports.parseDump(printed("dump", "--json", dump()));
    assertEquals("core", json.at("/sections/0/name").asText());
    assertEquals(8, json.at("/sections/0/offset").asInt());
    assertEquals("data", json.at("/sections/7/name").asText());
    assertEquals(2, json.at("/segmentCount").asInt());
    assertEquals("0x3c", json.at("/segments/1/address").asText());
    JsonNode bytes =
        JsonReports.parseDump(printed("dump", "--json", dump(), "-s", "0", "--length", "80"));
    assertEquals("61207365", bytes.at("/memory/ranges/0/bytes").asText());
    assertEquals("redacted", bytes.at("/memory/ranges/1/state").asText());
    assertEquals("not-captured", bytes.at("/memory/ranges/5/state").asText());
  }

  /** What JSON would not have is not left out without a word. */
  @Test
  void moreBytesThanJsonHas() throws IOException {
    int pages = (1 << 20 >> 16) + 1;
    WasmBytes dump =
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .add(DumpBytes.corestack("main"))
            .memories(WasmBytes.memory(pages));
    Path core = Files.write(folder.resolve("large.core"), dump.toByteArray());
    String most = String.valueOf(1 << 20);
    JsonNode whole =
        JsonReports.parseDump(
            printed(
                "dump", "--json", core, "-s", "0", "--start", "0x10000", "--length", "9999999"));
    assertEquals(1 << 20, whole.at("/memory/ranges/0/length").asInt());
    Ran more = Ran.wasmortem("dump", "--json", core, "-s", "0", "--length", "0x100001");
    assertEquals(2, more.status());
    assertEquals(
        "wasmortem: --length 1048577: JSON has at most "
            + most
            + " bytes; ask for them in parts, with --start\n",
        more.err());
  }

  @Test
  void wrongUsage() throws IOException {
    assertEquals(2, Ran.wasmortem("dump", dump(), "--start", "0x10").status());
    assertEquals(
        new Ran(2, "", "wasmortem: --memory 1: the dump has memory 0 only\n"),
        Ran.wasmortem("dump", dump(), "-s", "1"));
    for (String json : List.of("--json", "--color=never")) {
      assertEquals(
          new Ran(2, "", "wasmortem: --start 0x10000: memory 0 ends at 0x10000\n"),
          Ran.wasmortem("dump", dump(), json, "-s", "0", "--start", "65536"));
    }
    assertEquals(2, Ran.wasmortem("dump", dump(), "-s", "0", "--start", "-1").status());
  }

  @Test
  void whatIsCutOffIsShownAsFarAsItGoes() throws IOException {
    byte[] whole = Files.readAllBytes(dump());
    Path cut = folder.resolve("cut.core");
    for (int length = 20; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      Ran ran = Ran.wasmortem("dump", cut);
      assertEquals(0, ran.status(), ran.err());
    }
    Files.write(cut, Arrays.copyOf(whole, whole.length - 1));
    assertTrue(
        printed("dump", cut, "--headers").contains("data, 1 more bytes are missing"),
        printed("dump", cut));
    assertTrue(printed("dump", cut, "-s", "0", "--length", "64").contains("~~"));
  }

  /** A stack that announces more frames than there are: what was noticed is told. */
  @Test
  void whatIsNoticedIsTold() throws IOException {
    WasmBytes dump =
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .custom("corestack", WasmBytes.of(0).name("m").u(0xffff_ffffL));
    Path core = Files.write(folder.resolve("count.core"), dump.toByteArray());
    Ran ran = Ran.wasmortem("dump", "--frames", core);
    assertEquals(0, ran.status());
    assertTrue(ran.err().contains("4294967295 frames are announced"), ran.err());
    assertEquals("", Ran.wasmortem("dump", dump()).err());
  }
}
