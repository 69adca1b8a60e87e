package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitVerbTest {
  private static final Path APART = Ran.ROOT.resolve("symbols/src/test/resources/fixtures/apart");

  /** Offsets as wasm-objdump has them, and what the sources say: a division, two calls up. */
  private static final String BACKTRACE =
      """
      #0  0x0000007f in share () at /program/b.c:5:15
      #1  0x00000055 in spread () at /program/a.c:7:10
      #2  0x00000068 in run () at /program/a.c:11:10
      """;

  @TempDir private Path temp;

  private static Ran done(Object... arguments) {
    Ran ran = Ran.wasmortem(arguments);
    assertEquals(0, ran.status(), ran.err());
    return ran;
  }

  private Path copy(String fixture, String name) throws IOException {
    return Files.copy(APART.resolve(fixture), temp.resolve(name));
  }

  /** A dump of the fixture: where it divides, and the calls that led there. */
  private Path dump() throws IOException {
    WasmBytes frames =
        DumpBytes.corestack(
            "main", DumpBytes.frame(0, 2, 15), DumpBytes.frame(0, 0, 13), DumpBytes.frame(0, 1, 8));
    return Files.write(
        temp.resolve("app.core"),
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .add(DumpBytes.coremodules("app"))
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(), List.of())))
            .add(frames)
            .toByteArray());
  }

  @ParameterizedTest
  @CsvSource({
    "dw4.wasm,",
    "dw5.wasm,",
    "split4.wasm, split4.dwp",
    "split5.wasm, split5.dwp",
    "apart.wasm, apart.debug.wasm"
  })
  void everyBuildOfAProgramGivesTheSameBacktrace(String build, String more) throws IOException {
    Path module = copy(build, "app.wasm");
    if (more != null) {
      copy(more, "app" + more.substring(more.indexOf('.')));
    }
    assertTrue(backtrace(module).endsWith(BACKTRACE), backtrace(module));
    Path split = temp.resolve("split/app.wasm");
    Files.createDirectory(split.getParent());
    if (!build.equals("apart.wasm")) {
      done("split", module, "-o", split);
      if (more != null) {
        Files.copy(APART.resolve(more), split.resolveSibling("app.dwp"));
      }
      assertTrue(backtrace(split).endsWith(BACKTRACE), backtrace(split));
    }
  }

  private String backtrace(Path module) throws IOException {
    return done("bt", dump(), "-m", module).out();
  }

  /** The debug file comes first in the folder and has the build id that the dump tells. */
  @Test
  void aFolderWithBothFiles() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("folder"));
    Path module = folder.resolve("app.wasm");
    done("split", copy("dw5.wasm", "whole.wasm"), "-o", module, "--build-id", "05");
    byte[] identity =
        WasmBytes.empty()
            .custom("wasmortem.modules", WasmBytes.of(0x00, 0x01, 0x01, 0x02, 0x01, 0x05))
            .toByteArray();
    Path core = Files.write(dump(), identity, StandardOpenOption.APPEND);
    JsonNode report = JsonReports.parse(done("bt", "--json", core, "-m", folder).out());
    assertEquals(module.toString(), report.at("/modules/0/file").asText());
    assertEquals("/program/b.c", report.at("/threads/0/frames/0/sources/0/file").asText());
    assertEquals("exact", report.at("/threads/0/frames/0/trust").asText());
    String debug = folder.toRealPath().resolve("app.debug.wasm").toString();
    assertTrue(
        report
            .at("/modules/0/debugInfo")
            .asText()
            .endsWith(", in " + debug + ", which has the same build id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c/crash-k3-dw5-O2-c22", "c/crash-k3-dw4-O0-c22"})
  void theCorpus(String name) throws IOException {
    Path core = Shared.corpus("dumps/wasmtime48/" + name + ".core");
    Path module = Shared.corpus(name + ".wasm");
    JsonNode whole = JsonReports.parse(done("bt", "--json", core, "-m", module).out());
    assertTrue(whole.get("threads").toString().contains("crash.c"));
    Path out = temp.resolve("out.wasm");
    done("split", module, "-o", out);
    assertTrue(Files.size(out) < Files.size(module) / 2);
    JsonNode split = JsonReports.parse(done("bt", "--json", core, "-m", out).out());
    assertEquals(whole.get("threads"), split.get("threads"));
    // The debug file may also be named itself, and lie elsewhere.
    Path moved = temp.resolve("elsewhere.debug");
    Files.move(temp.resolve("out.debug.wasm"), moved);
    Path away = Files.move(out, Files.createDirectory(temp.resolve("away")).resolve("out.wasm"));
    JsonNode named = JsonReports.parse(done("bt", "--json", core, "-m", away, "-m", moved).out());
    assertEquals(whole.get("threads"), named.get("threads"));
  }

  @Test
  void whatItSays() throws IOException {
    Path module = copy("dw4.wasm", "app.wasm");
    Path stripped = temp.resolve("app.stripped.wasm");
    Path debug = temp.resolve("app.debug.wasm");
    String text = done("split", module).out();
    assertEquals(
        stripped
            + ": stripped module, "
            + Files.size(stripped)
            + " bytes\n"
            + debug
            + ": debug file, "
            + Files.size(debug)
            + " bytes\nbuild id 00112233445566778899aabbccddeeff, the module's own\n"
            + "taken away: .debug_loc, .debug_abbrev, .debug_info, .debug_ranges, .debug_str,"
            + " .debug_line\n",
        text);
    JsonNode json =
        JsonReports.parseSplit(
            done("split", "--json", module, "--force", "--build-id", "0A0b").out());
    assertEquals("0a0b", json.get("buildId").asText());
    assertEquals("given", json.get("buildIdOrigin").asText());
    assertEquals(Files.size(stripped), json.at("/stripped/size").asLong());
    assertEquals(Files.size(debug), json.at("/debugFile/size").asLong());
    assertEquals(".debug_loc", json.at("/removed/0/name").asText());
  }

  @Test
  void filesAreColouredWhereThatIsWanted() throws IOException {
    Path module = copy("dw5.wasm", "app.wasm");
    Path out = temp.resolve("out.wasm");
    String coloured = done("split", "--color=always", module, "-o", out).out();
    assertTrue(coloured.startsWith("\u001b[32m" + out + "\u001b[0m: stripped module, "), coloured);
    String plain = done("split", "--color=never", module, "-o", out, "--force").out();
    assertEquals(plain, coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
  }

  @Test
  void nothingIsReplacedUnasked() throws IOException {
    Path module = copy("dw5.wasm", "app.wasm");
    byte[] before = Files.readAllBytes(module);
    assertEquals(2, Ran.wasmortem("split", module, "-o", module).status());
    assertEquals(2, Ran.wasmortem("split", module, "--force", "--debug", module).status());
    assertArrayEquals(before, Files.readAllBytes(module));
    Path out = Files.write(temp.resolve("out.wasm"), new byte[] {1});
    Ran refused = Ran.wasmortem("split", module, "-o", out, "--debug", temp.resolve("new.wasm"));
    assertEquals(2, refused.status());
    assertFalse(Files.exists(temp.resolve("new.wasm")));
    assertArrayEquals(new byte[] {1}, Files.readAllBytes(out));
    done("split", module, "-o", out, "--force");
    assertNotEquals(1, Files.size(out));
  }

  @Test
  void namesAndExternal() throws IOException {
    Path module = copy("dw5.wasm", "whole.wasm");
    Path out = temp.resolve("app.wasm");
    done("split", module, "-o", out, "--strip-names", "--no-external");
    String bytes = Files.readString(out, StandardCharsets.ISO_8859_1);
    assertFalse(bytes.contains("spread"));
    assertFalse(bytes.contains("external_debug_info"));
    assertTrue(backtrace(out).endsWith(BACKTRACE), backtrace(out));
  }

  @Test
  void nothingToSplit() throws IOException {
    Path module = copy("apart.wasm", "app.wasm");
    Ran ran = Ran.wasmortem("split", module);
    assertEquals(ExitStatus.FINDINGS, ran.status());
    assertTrue(ran.err().contains("has no debug sections"), ran.err());
    assertFalse(Files.exists(temp.resolve("app.debug.wasm")));
    Ran odd = Ran.wasmortem("split", module, "--build-id", "xyz");
    assertEquals(ExitStatus.USAGE, odd.status());
    assertTrue(odd.err().contains("hexadecimal"), odd.err());
  }
}
