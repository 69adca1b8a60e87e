package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wasmortem.testkit.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void aDirectoryThatIsNone() {
    Ran ran = Ran.wasmortem("bt", core, "--debug-dir", whole);
    assertEquals(ExitStatus.USAGE, ran.status());
    assertTrue(ran.err().contains("--debug-dir wants a directory"), ran.err());
  }
}
