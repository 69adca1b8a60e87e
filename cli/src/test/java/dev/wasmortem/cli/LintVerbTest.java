package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** {@code lint} on dumps written by hand. */
class LintVerbTest {
  @TempDir Path folder;

  private Path file(String name, WasmBytes dump) throws IOException {
    return Files.write(folder.resolve(name), dump.toByteArray());
  }

  private static WasmBytes start() {
    return WasmBytes.module().add(DumpBytes.core("app")).add(DumpBytes.coremodules("tiny"));
  }

  private static WasmBytes old() {
    return WasmBytes.module()
        .add(DumpBytes.core("app"))
        .add(
            DumpBytes.corestack(
                "ma\u001bin",
                DumpBytes.frameCountsFirst(
                    0, 6, 5, List.of(DumpBytes.i32Fixed(1 << 30)), List.of(DumpBytes.i32Fixed(2)))))
        .memories(WasmBytes.memory(0, 2))
        .data(WasmBytes.segment(0, new byte[] {1, 2}), WasmBytes.segment(1, new byte[] {3}));
  }

  @Test
  void findingsAreStatus1() throws IOException {
    Ran ran = Ran.wasmortem("lint", file("old.core", old()), "-m", Ran.fixture("tiny/tiny.wasm"));
    assertEquals(1, ran.status(), ran.err());
    Goldens.check("lint-old.txt", ran.out().replace(folder.toString(), "FOLDER"));
  }

  @Test
  void whatIsNotListedIsCounted() throws IOException {
    WasmBytes[] globals = new WasmBytes[25];
    for (int i = 0; i < globals.length; i++) {
      globals[i] = WasmBytes.global(0x7f, 1, WasmBytes.of(0x41, 0x00));
    }
    Path core =
        file(
            "globals.core",
            start()
                .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(), List.of())))
                .add(DumpBytes.corestack("main"))
                .globals(globals));
    Ran ran = Ran.wasmortem("lint", core);
    assertEquals(1, ran.status());
    assertEquals(23, ran.out().lines().count(), ran.out());
    assertTrue(
        ran.out()
            .contains(
                "\nnot checked: functions, code offsets and locals of 1 module; name the files with"
                    + " -m\n"),
        ran.out());
    assertTrue(ran.out().contains("\n5 more [global-mutable]\n"), ran.out());
    JsonNode json = JsonReports.parseLint(Ran.wasmortem("lint", "--json", core).out());
    assertEquals(20, json.at("/findings").size());
    assertEquals(25, json.at("/counts/global-mutable").asInt());
    assertEquals("warning", json.at("/findings/0/severity").asText());
    assertEquals("globaltype", json.at("/findings/0/production").asText());
    assertEquals("rewrite", json.at("/findings/0/repair").asText());
    assertEquals("convention", json.at("/dialect").asText());
    assertEquals("wasmortem-lint-1", json.at("/schema").asText());
  }

  @Test
  void whatARepairLosesIsTold() throws IOException {
    WasmBytes[] memories = new WasmBytes[101];
    Arrays.fill(memories, WasmBytes.memory(0));
    WasmBytes dump =
        start()
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(100L), List.of())))
            .add(DumpBytes.corestack("main"))
            .memories(memories);
    Ran ran = Ran.wasmortem("lint", file("many.core", dump), "--fix", folder.resolve("fixed.core"));
    assertEquals(0, ran.status(), ran.err());
    assertTrue(
        ran.err().contains("wasmortem: 1 of 101 memories are not in the dump: other readers"),
        ran.err());
  }

  @Test
  void aCleanDumpIsStatus0() throws IOException {
    WasmBytes clean =
        start()
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(), List.of())))
            .add(DumpBytes.corestack("main", DumpBytes.frame(0, 6, 0)));
    Ran ran = Ran.wasmortem("lint", file("clean.core", clean));
    assertEquals(0, ran.status(), ran.out());
    assertTrue(ran.out().contains("note: frame 0 does not tell where it stood"), ran.out());
    assertTrue(ran.out().endsWith("keeps the convention" + System.lineSeparator()), ran.out());
    assertTrue(
        JsonReports.parseLint(Ran.wasmortem("lint", "--json", folder.resolve("clean.core")).out())
            .at("/conformant")
            .asBoolean());
  }

  @Test
  void whatIsNoDumpIsStatus3() throws IOException {
    Ran ran = Ran.wasmortem("lint", file("no.core", WasmBytes.of(1, 2, 3)));
    assertEquals(3, ran.status());
    assertEquals(1, ran.err().lines().count(), ran.err());
  }
}
