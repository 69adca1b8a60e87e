package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.Goldens;
import dev.wasmortem.testkit.WasmBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code diff} on dumps written by hand. */
class DiffVerbTest {
  @TempDir Path folder;

  private Path dump(String name, int local, int global, WasmBytes states, WasmBytes... segments)
      throws IOException {
    WasmBytes dump =
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .add(DumpBytes.coremodules("tiny"))
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(0L), List.of(0L))))
            .add(
                DumpBytes.corestack(
                    "main",
                    DumpBytes.frame(0, 6, 5, List.of(DumpBytes.i32(local)), List.of()),
                    DumpBytes.frame(0, 1, 4)))
            .custom("wasmortem.memory", states)
            .memories(WasmBytes.memory(1))
            .globals(WasmBytes.global(0x7e, 0, WasmBytes.of(0x42).s(global)))
            .data(segments);
    return Files.write(folder.resolve(name), dump.toByteArray());
  }

  /** All that no segment covers is zero. */
  private static WasmBytes zeros() {
    return WasmBytes.of(0x00, 0x01, 0x02, 0x00);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** Of the second, 16 bytes from 0x1000 on were not captured. */
  private Path[] pair() throws IOException {
    Path left =
        dump(
            "left.core",
            5,
            -1,
            zeros(),
            WasmBytes.segment(16, bytes(1, 2, 3, 4, 5, 6, 7, 8)),
            WasmBytes.segment(300, bytes(9, 9)));
    Path right =
        dump(
            "right.core",
            6,
            -2,
            WasmBytes.of(0x00, 0x01, 0x02, 0x01).u(0x1000).u(16).bytes(0x03),
            WasmBytes.segment(16, bytes(1, 0, 3, 4, 5, 7)),
            WasmBytes.segment(22, bytes(7, 8)));
    return new Path[] {left, right};
  }

  @Test
  void whatDiffersIsShown() throws IOException {
    Path[] pair = pair();
    Ran ran = Ran.wasmortem("diff", pair[0], pair[1]);
    assertEquals(1, ran.status(), ran.err());
    Goldens.check("diff.txt", ran.out().replace(folder.toString(), "FOLDER"));
  }

  @Test
  void jsonHoldsTheSame() throws IOException {
    Path[] pair = pair();
    JsonNode json = JsonReports.parseDiff(Ran.wasmortem("diff", "--json", pair[0], pair[1]).out());
    assertFalse(json.at("/same").asBoolean());
    assertEquals("threads[0].frames[0].locals[0]", json.at("/differences/0/path").asText());
    assertEquals("i32 5", json.at("/differences/0/left").asText());
    assertEquals("i64 -2", json.at("/differences/1/right").asText());
    // Bytes 17 and 21, which are near enough to be one range; 300 and 301.
    assertEquals(4, json.at("/memories/0/bytes").asInt());
    assertEquals(16, json.at("/memories/0/stateBytes").asInt());
    assertEquals("0x11", json.at("/memories/0/ranges/0/start").asText());
    assertEquals(5, json.at("/memories/0/ranges/0/length").asInt());
    assertEquals(2, json.at("/memories/0/ranges/0/bytes").asInt());
    assertEquals("0x12c", json.at("/memories/0/ranges/1/start").asText());
    assertEquals("states", json.at("/memories/0/ranges/2/kind").asText());
    assertEquals("not-captured", json.at("/memories/0/ranges/2/right").asText());
  }

  private Path stack(String name, WasmBytes... frames) throws IOException {
    WasmBytes dump =
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .add(DumpBytes.coremodules("tiny"))
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(), List.of())))
            .add(DumpBytes.corestack("main", frames));
    return Files.write(folder.resolve(name), dump.toByteArray());
  }

  private static WasmBytes frame(int function, int offset, int local) {
    return DumpBytes.frame(0, function, offset, List.of(DumpBytes.i32(local)), List.of());
  }

  /** The names are those of tiny.wat: 6 and 5 in its name section, 2 and 1 exported only. */
  @Test
  void framesHaveTheNamesThatModulesTell() throws IOException {
    Path tiny = Ran.fixture("tiny/tiny.wasm");
    Path left = stack("left.core", frame(6, 5, 0), frame(5, 4, 7), frame(1, 4, 8));
    Path right = stack("right.core", frame(2, 3, 7), frame(1, 4, 9));
    List<String> named =
        List.of(
            "threads[0]",
            "- 3 frames; only here: <die>",
            "+ 2 frames",
            "threads[0].frames[1].function",
            "- 5 <deep>",
            "+ 2 <add>",
            "threads[0].frames[1].codeOffset",
            "- 4 <deep>",
            "+ 3 <add>",
            "threads[0].frames[2].locals[0] <_start>",
            "- i32 8",
            "+ i32 9");
    Ran ran = Ran.wasmortem("diff", left, right, "-m", tiny);
    assertEquals(1, ran.status(), ran.err());
    assertEquals("", ran.err());
    assertEquals(named, ran.out().lines().skip(2).toList());
    assertEquals(
        named.stream().map(line -> line.replaceAll("(; only here:)?( <[^>]*>)", "")).toList(),
        Ran.wasmortem("diff", left, right).out().lines().skip(2).toList());
    JsonNode json =
        JsonReports.parseDiff(Ran.wasmortem("diff", "--json", left, right, "-m", tiny).out());
    assertEquals("die", json.at("/differences/0/leftFrames/0/name").asText());
    assertEquals(0, json.at("/differences/0/rightFrames").size());
    assertEquals(1, json.at("/differences/1/leftFrames/0/index").asInt());
    assertEquals(0, json.at("/differences/1/rightFrames/0/index").asInt());
    assertEquals("add", json.at("/differences/1/rightFrames/0/name").asText());
    assertEquals("_start", json.at("/differences/3/leftFrames/0/name").asText());
    JsonNode plain = JsonReports.parseDiff(Ran.wasmortem("diff", "--json", left, right).out());
    assertFalse(plain.at("/differences/0").has("leftFrames"));
  }

  @Test
  void ofADeepStackTheYoungestFramesAreNamed() throws IOException {
    WasmBytes[] frames = new WasmBytes[26];
    Arrays.fill(frames, frame(5, 4, 7));
    Path left = stack("left.core", frame(5, 4, 7));
    Path right = stack("right.core", frames);
    Ran ran = Ran.wasmortem("diff", left, right, "-m", Ran.fixture("tiny/tiny.wasm"));
    assertEquals(
        List.of(
            "threads[0]",
            "- 1 frames",
            "+ 26 frames; only here:" + " <deep>".repeat(20) + " and 5 more"),
        ran.out().lines().skip(2).toList());
  }

  /** Zeros that stand in a dump are those that another leaves out. */
  @Test
  void howItIsWrittenMakesNoDifference() throws IOException {
    Path left = dump("left.core", 5, 1, zeros(), WasmBytes.segment(16, bytes(1, 0, 0, 0, 0, 2)));
    Path right =
        dump(
            "right.core",
            5,
            1,
            zeros(),
            WasmBytes.segment(16, bytes(1)),
            WasmBytes.segment(21, bytes(2)));
    Ran ran = Ran.wasmortem("diff", left, right);
    assertEquals(0, ran.status(), ran.out());
    assertEquals("", ran.out());
    assertTrue(
        JsonReports.parseDiff(Ran.wasmortem("diff", "--json", left, right).out())
            .at("/same")
            .asBoolean());
  }

  private Path whole(String name, int byteOfTheModule, WasmBytes... more) throws IOException {
    WasmBytes dump =
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .add(DumpBytes.coremodules("m"))
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(), List.of())))
            .add(DumpBytes.corestack("main"))
            .custom("wasmortem.module-bytes", WasmBytes.of(0, 0, 0, 2, 7, byteOfTheModule))
            .custom("one", WasmBytes.of(1))
            .custom("two", WasmBytes.of(2));
    for (WasmBytes section : more) {
      dump.add(section);
    }
    return Files.write(folder.resolve(name), dump.toByteArray());
  }

  /** The hash is what sha256sum says of these bytes. */
  @Test
  void filesAndSectionsOfOtherToolsAreCompared() throws IOException {
    Path one = whole("one.core", 8);
    assertEquals(
        List.of(
            "modules[0].file",
            "- 2 bytes, SHA-256 bd7c250566c6e99f47c174b589b7551f8b0e930ed056511d1e8f653bc71d3c4a",
            "+ 2 bytes, SHA-256 13e645db6ab5483ac7a1529f1bf99d8a93a4319956e280262f4d663fc634ec45"),
        Ran.wasmortem("diff", one, whole("other.core", 9)).out().lines().skip(2).toList());
    Path none = folder.resolve("none.core");
    assertEquals(0, Ran.wasmortem("convert", one, "-o", none, "--module-bytes=none").status());
    Ran gone = Ran.wasmortem("diff", one, none);
    assertEquals(1, gone.status());
    assertEquals(
        List.of(
            "modules[0].file",
            "- 2 bytes, SHA-256 bd7c250566c6e99f47c174b589b7551f8b0e930ed056511d1e8f653bc71d3c4a"),
        gone.out().lines().skip(2).toList());
    JsonNode json =
        JsonReports.parseDiff(
            Ran.wasmortem(
                    "diff",
                    "--json",
                    one,
                    whole(
                        "more.core",
                        8,
                        WasmBytes.empty().custom("three", WasmBytes.empty()),
                        WasmBytes.empty().custom("two", WasmBytes.of(3))))
                .out());
    assertEquals(2, json.at("/differences").size());
    assertEquals("sections", json.at("/differences/0/part").asText());
    assertEquals("sections.two[1]", json.at("/differences/0/path").asText());
    assertFalse(json.at("/differences/0").has("left"));
    assertEquals("sections.three[0]", json.at("/differences/1/path").asText());
  }

  /** What is out of range, or not there, is of what is not in the dump, or missing. */
  @Test
  void whatMeansTheSameIsNoDifference() throws IOException {
    Path left =
        indices(
            "left.core",
            List.of(0xffff_ffffL, 5L),
            DumpBytes.frame(0, 1, 4, List.of(DumpBytes.i32(1)), List.of()));
    Path right =
        indices(
            "right.core",
            List.of(7L, 0xffff_ffffL),
            DumpBytes.frame(0, 1, 4, List.of(DumpBytes.i32(1), DumpBytes.missing()), List.of()));
    assertEquals(new Ran(0, "", ""), Ran.wasmortem("diff", left, right));
    Path fewer = indices("fewer.core", List.of(7L), DumpBytes.frame(0, 1, 4));
    assertEquals(
        List.of(
            "instances[0]",
            "- module 0, memories - -",
            "+ module 0, memories -",
            "threads[0].frames[0].locals[0]",
            "- i32 1",
            "+ missing"),
        Ran.wasmortem("diff", left, fewer).out().lines().skip(2).toList());
  }

  private Path indices(String name, List<Long> memories, WasmBytes frame) throws IOException {
    WasmBytes dump =
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .add(DumpBytes.coremodules("m"))
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, memories, List.of())))
            .add(DumpBytes.corestack("main", frame));
    return Files.write(folder.resolve(name), dump.toByteArray());
  }
}
