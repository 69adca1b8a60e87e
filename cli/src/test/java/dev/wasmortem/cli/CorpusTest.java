package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wasmortem.testkit.CorpusDump;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmtimeLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every genuine Wasmtime dump is read as its log tells it, and the programs die under {@code run}
 * as they did under Wasmtime.
 */
class CorpusTest {
  /** Wasmtime's stacks stop here. */
  private static final int FRAMES = 20;

  /**
   * Dumps whose youngest frame Wasmtime's optimising compiler places at another instruction than
   * the one that trapped, with the opcode that stands where we place it: of {@code unreachable} it
   * names the {@code br_if} before (crash-k3), of an {@code i32.load} that it folded into an
   * addition the addition (cpp/crash-k1).
   */
  private static final Map<String, Integer> PLACED_ELSEWHERE =
      Map.of(
          "wasmtime48/c/crash-k3-dw4-O0-c22.core", 0x00,
          "wasmtime48/c/crash-k3-dw5-O0-c22.core", 0x00,
          "wasmtime48/c/crash-k3-dw5-O2-c22.core", 0x00,
          "wasmtime48/cpp/crash-k1-dw4-O2-c22.core", 0x28,
          "wasmtime48/cpp/crash-k1-dw5-O0-c22.core", 0x28,
          "wasmtime48/cpp/crash-k1-dw5-O2-c22.core", 0x28);

  /** Wasmtime's words for what ended a program, and our kinds. */
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("wasm trap: wasm `unreachable` instruction executed", "unreachable"),
          Map.entry("wasm trap: integer divide by zero", "integer-divide-by-zero"),
          Map.entry("wasm trap: integer overflow", "integer-overflow"),
          Map.entry("wasm trap: invalid conversion to integer", "invalid-conversion-to-integer"),
          Map.entry("wasm trap: out of bounds memory access", "out-of-bounds-memory-access"),
          Map.entry(
              "wasm trap: undefined element: out of bounds table access", "undefined-element"),
          Map.entry("wasm trap: uninitialized element", "uninitialized-element"),
          Map.entry("wasm trap: indirect call type mismatch", "indirect-call-type-mismatch"),
          Map.entry("wasm trap: call stack exhausted", "call-stack-exhausted"));

  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicTest> btTellsWhatTheLogTells() {
    return Shared.wasmtimeDumps().stream()
        .map(dump -> DynamicTest.dynamicTest(dump.toString(), () -> checkDump(dump)));
  }

  private static void checkDump(CorpusDump dump) {
    List<Object> command = new ArrayList<>(List.of("bt", "--json", dump.core()));
    dump.modules().forEach(module -> command.addAll(List.of("-m", module)));
    Ran ran = Ran.wasmortem(command.toArray());
    assertEquals(0, ran.status(), ran.err());
    JsonNode frames = JsonReports.parse(ran.out()).at("/threads/0/frames");
    assertEquals(dump.log().frames().size(), frames.size());
    checkFrames(dump.log().frames(), frames, 0);
    command.set(0, "dump");
    checkNames(
        dump.log().frames(),
        JsonReports.parseDump(Ran.wasmortem(command.toArray()).out()).at("/threads/0/frames"));
  }

  private static void checkNames(List<WasmtimeLog.Frame> expected, JsonNode frames) {
    assertEquals(expected.size(), frames.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).function(), frames.at("/" + i + "/function").asInt());
      if (expected.get(i).name() != null) {
        assertEquals(expected.get(i).name(), frames.at("/" + i + "/name").asText());
      }
    }
  }

  private static void checkFrames(List<WasmtimeLog.Frame> expected, JsonNode frames, int from) {
    for (int i = from; i < expected.size(); i++) {
      WasmtimeLog.Frame frame = expected.get(i);
      JsonNode actual = frames.path(i);
      String where = "frame " + i + ": " + actual;
      assertEquals(frame.function(), actual.path("function").asInt(), where);
      if (frame.name() != null) {
        assertEquals(frame.name(), actual.path("name").asText(), where);
      }
      if (frame.bodyOffset() >= 0) {
        assertEquals(frame.bodyOffset(), actual.path("codeOffset").asInt(), where);
      }
      if (frame.moduleOffset() >= 0) {
        assertEquals(frame.moduleOffset(), actual.path("fileOffset").asLong(), where);
      }
    }
  }

  /**
   * {@code as-…-mode4} is {@code --invoke run 4}; modes 3 and 5 differ from Wasmtime as the corpus'
   * README says.
   */
  @Test
  void assemblyScriptRunsToo() {
    for (CorpusDump dump : Shared.wasmtimeDumps()) {
      if (dump.toString().matches("wasmtime48/as/.*-mode[24].core")) {
        String mode = dump.toString().replaceAll(".*-mode(\\d).core", "$1");
        Path core = folder.resolve("as.core");
        Ran ran =
            Ran.wasmortem("run", "--json", "--core", core, "--invoke", "run", dump.module(), mode);
        assertEquals(134, ran.status(), ran.err());
        JsonNode report = JsonReports.parse(ran.err().substring(ran.err().indexOf("{\n")));
        checkFrames(dump.log().frames(), report.at("/threads/0/frames"), 0);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> runDiesAsUnderWasmtime() {
    return Shared.wasmtimeDumps().stream()
        .filter(dump -> dump.toString().matches("wasmtime48/(c|cpp|rust)/.*"))
        .map(dump -> DynamicTest.dynamicTest(dump.toString(), () -> checkRun(dump)));
  }

  private static void checkRun(CorpusDump dump) throws IOException {
    Path core = folder.resolve(dump.module().getFileName() + ".core");
    Ran ran = Ran.wasmortem("run", "--json", "--core", core, dump.module());
    assertEquals(134, ran.status(), ran.err());
    String json = ran.err().substring(ran.err().indexOf("{\n"));
    JsonNode report = JsonReports.parse(json);
    assertEquals(
        KINDS.getOrDefault(dump.log().trap(), "no kind for " + dump.log().trap()),
        report.at("/trap/kind").asText());
    JsonNode frames = report.at("/threads/0/frames");
    List<WasmtimeLog.Frame> expected = dump.log().frames();
    if (expected.size() < FRAMES) {
      assertEquals(expected.size(), frames.size());
    }
    Integer opcode = PLACED_ELSEWHERE.get(dump.toString());
    if (opcode != null) {
      long offset = frames.at("/0/fileOffset").asLong();
      assertNotEquals(expected.get(0).moduleOffset(), offset, "no longer an exception");
      assertEquals(opcode, Files.readAllBytes(dump.module())[(int) offset] & 0xff);
      assertEquals(expected.get(0).function(), frames.at("/0/function").asInt());
    }
    checkFrames(expected, frames, opcode == null ? 0 : 1);
    boolean locals = false;
    for (JsonNode frame : frames) {
      for (JsonNode local : frame.path("locals")) {
        locals |= "exact".equals(local.path("trust").asText());
      }
    }
    assertTrue(locals, "no frame has a local");
  }
}
