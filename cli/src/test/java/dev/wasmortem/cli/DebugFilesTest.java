package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Emscripten's separate DWARF file, wherever it lies, gives the backtrace of the whole module. */
class DebugFilesTest {
  private static final Path CORE = Path.of("dumps/wasmtime48/emcc/c-k5-split.core");

  @TempDir private Path temp;
  private Path core;
  private Path whole;
  private Path stripped;

  @BeforeEach
  void copyModule() throws IOException {
    core = Shared.corpus(CORE.toString());
    whole = Shared.corpus("emcc/c-k5-split.wasm.debug.wasm");
    stripped =
        Files.copy(Shared.corpus("emcc/c-k5-split.wasm"), temp.toRealPath().resolve("app.wasm"));
  }

  private static JsonNode bt(Object... arguments) {
    Ran ran = Ran.wasmortem(arguments);
    assertEquals(0, ran.status(), ran.err());
    return JsonReports.parse(ran.out());
  }

  /** Returns the threads, where offsets in the file are those of the one that was named. */
  private static JsonNode threads(JsonNode report) {
    JsonNode threads = report.get("threads");
    threads.findParents("fileOffset").forEach(frame -> ((ObjectNode) frame).remove("fileOffset"));
    return threads;
  }

  private void expectWhole(JsonNode report, String why) {
    assertEquals(threads(bt("bt", "--json", core, "-m", whole)), threads(report));
    assertTrue(report.at("/threads/0/frames").toString().contains("crash.c"));
    String told = report.at("/modules/0/debugInfo").asText();
    assertTrue(told.endsWith(why), told);
  }

  @Test
  void besideTheModule() throws IOException {
    JsonNode without = bt("bt", "--json", core, "-m", stripped);
    assertFalse(without.get("threads").toString().contains("crash.c"));
    assertEquals(
        "in a separate file, c-k5-split.wasm.debug.wasm, which was not found in "
            + stripped.getParent(),
        without.at("/modules/0/debugInfo").asText());
    Path beside = Files.copy(whole, stripped.resolveSibling("c-k5-split.wasm.debug.wasm"));
    expectWhole(
        bt("bt", "--json", core, "-m", stripped), ", in " + beside + ", which has the same code");
  }

  @Test
  void inADirectoryOfDebugFilesOrOfModules() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("debug")).toRealPath();
    Path file = Files.copy(whole, folder.resolve("c-k5-split.wasm.debug.wasm"));
    String why = ", in " + file + ", which has the same code";
    expectWhole(bt("bt", "--json", core, "-m", stripped, "--debug-dir", folder), why);
    expectWhole(bt("bt", "--json", core, "-m", stripped, "-m", folder), why);
  }

  @Test
  void inTheDump() throws IOException {
    Path full = temp.resolve("full.core");
    assertEquals(0, Ran.wasmortem("convert", core, "-o", full, "-m", whole).status());
    expectWhole(bt("bt", "--json", full, "-m", stripped, "--force-module"), "has the same code");
  }

  /** Of split units, too; llvm-symbolizer said what is in the file of answers. */
  @ParameterizedTest
  @ValueSource(strings = {"split5-a.dwo split5-b.dwo", "split5.dwp", "apart.debug.wasm"})
  void symbolizeLooksBesideTheModule(String files) throws IOException {
    Path fixtures = Ran.ROOT.resolve("symbols/src/test/resources/fixtures/apart");
    Path folder = Files.createDirectory(temp.resolve("build"));
    for (String file : files.split(" ", -1)) {
      Files.copy(fixtures.resolve(file), folder.resolve(file));
    }
    String name = files.startsWith("apart") ? "apart.wasm" : "split5.wasm";
    Path module = Files.copy(fixtures.resolve(name), folder.resolve(name));
    String expected = Files.readString(fixtures.resolve("expected.txt"));
    List<Object> arguments =
        new ArrayList<>(
            List.of("symbolize", "-a", "--functions=short", "--output-style=GNU", module));
    expected.lines().filter(line -> line.startsWith("0x")).forEach(arguments::add);
    assertTrue(arguments.size() > 50, arguments.toString());
    assertEquals(expected, Ran.wasmortem(arguments.toArray()).out());
    Files.delete(folder.resolve(files.split(" ", -1)[0]));
    assertNotEquals(expected, Ran.wasmortem(arguments.toArray()).out());
  }

  @Test
  void symbolizeRefusesAnotherBuildUnlessForced() throws IOException {
    Path module = Ran.ROOT.resolve("examples/inventory/inventory.wasm");
    Path own = temp.resolve("own.wasm");
    Path other = temp.resolve("other.wasm");
    assertEquals(0, Ran.wasmortem("split", module, "-o", own).status());
    assertEquals(0, Ran.wasmortem("split", module, "-o", other, "--build-id", "00ff").status());
    Path debug = temp.resolve("own.debug.wasm");
    Ran known = new Ran(0, "mean_price\n./order.c:9:26\n\n", "");
    assertEquals(known, Ran.wasmortem("symbolize", own, "0x499"));
    Files.move(temp.resolve("other.debug.wasm"), debug, StandardCopyOption.REPLACE_EXISTING);
    Ran refused = Ran.wasmortem("symbolize", own, "0x499");
    assertEquals("mean_price\n??:0:0\n\n", refused.out());
    assertTrue(refused.err().startsWith("wasmortem: " + debug.toRealPath()), refused.err());
    assertTrue(refused.err().contains("its build id is 00ff"), refused.err());
    assertTrue(refused.err().contains("--force-module takes it"), refused.err());
    assertEquals(known.out(), Ran.wasmortem("symbolize", "--force-module", own, "0x499").out());
  }

  /** A module names a debug file in a way that would clear the screen. */
  @Test
  void aNameThatSteersATerminal() throws IOException {
    WasmBytes module =
        WasmBytes.module()
            .custom("external_debug_info", WasmBytes.empty().name("a\\x1b\u001b[2J\u202e.wasm"));
    Path app = Files.write(temp.resolve("app.wasm"), module.toByteArray());
    WasmBytes dump =
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .add(DumpBytes.coremodules("app"))
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(), List.of())))
            .add(DumpBytes.corestack("main", DumpBytes.frame(0, 0, 1)));
    Path hostile = Files.write(temp.resolve("app.core"), dump.toByteArray());
    // Once, and the backslash that was there is left alone.
    String told = "in a separate file, a\\x1b\\x1b[2J\\u202e.wasm, which was not found in ";
    Ran info = Ran.wasmortem("info", hostile, "-m", app);
    assertTrue(info.out().contains(" ".repeat(12) + told), info.out());
    JsonNode json = bt("info", "--json", hostile, "-m", app);
    assertTrue(json.at("/modules/0/debugInfo").asText().startsWith(told), json.toString());
  }

  @Test
  void aDirectoryThatIsNone() {
    Ran ran = Ran.wasmortem("bt", core, "--debug-dir", whole);
    assertEquals(ExitStatus.USAGE, ran.status());
    assertTrue(ran.err().contains("--debug-dir wants a directory"), ran.err());
  }
}
