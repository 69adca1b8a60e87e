package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wasmortem.testkit.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisassembleVerbTest {
  private static final Path TINY = Ran.fixture("tiny/tiny.wasm");

  /** Core modules 0 first, 0.0 deep, 0.1, 0.0.0 "deepest one" and 1 last, which has no code. */
  private static final Path COMPONENT =
      Ran.ROOT.resolve("wasm/src/test/resources/fixtures/component/nested.wasm");

  @TempDir Path folder;

  private static JsonNode parse(String json) {
    return JsonReports.parseDisassembly(json);
  }

  @Test
  void aFunctionByNameIndexAndOffset() throws IOException {
    Ran byName = Ran.wasmortem("disassemble", TINY, "deep");
    assertEquals(0, byName.status(), byName.err());
    Goldens.check("disassemble-deep.txt", byName.out());
    assertEquals(byName.out(), Ran.wasmortem("disassemble", TINY, "5").out());
    JsonNode json = parse(Ran.wasmortem("disassemble", "--json", TINY, "deep").out());
    String inside = "0x" + Long.toHexString(json.path("fileOffset").asLong() + 3);
    assertEquals(byName.out(), Ran.wasmortem("disassemble", TINY, inside).out());
    Ran spin = Ran.wasmortem("disassemble", TINY, "spin", "--color", "always");
    assertTrue(spin.out().contains("> \u001b[34m"), spin.out());
  }

  @Test
  void aRangeOfIt() {
    Ran ran = Ran.wasmortem("disassemble", TINY, "add", "--range", "0x3:5");
    assertEquals(0, ran.status(), ran.err());
    assertTrue(ran.out().lines().anyMatch(line -> line.endsWith("+0003  local.get 1")), ran.out());
    assertEquals(3, ran.out().lines().count(), ran.out());
    assertEquals(
        ran.out(),
        Ran.wasmortem("disassemble", TINY, "add", "--range", "4").out(),
        "the one there");
    assertEquals(
        "wasmortem: --range wants FROM[:TO], offsets as 0x1a or 26, not 'x'",
        Ran.wasmortem("disassemble", TINY, "add", "--range", "x").err().strip());
  }

  @Test
  void asJson() {
    JsonNode json = parse(Ran.wasmortem("disassemble", "--json", TINY, "spin").out());
    assertEquals("wasmortem-disassembly-1", json.path("schema").asText());
    assertTrue(json.path("coreModule").isMissingNode());
    assertEquals("spin", json.path("name").asText());
    JsonNode loop = json.at("/instructions/0");
    assertEquals("loop", loop.path("mnemonic").asText());
    assertTrue(loop.path("target").asBoolean());
    assertEquals(1, loop.path("codeOffset").asInt());
    assertEquals(json.path("fileOffset").asInt() + 1, loop.path("fileOffset").asInt());
    assertEquals("br", json.at("/instructions/1/mnemonic").asText());
    assertEquals(4, json.path("instructions").size());
  }

  @Test
  void whatIsNotThere() {
    assertComplaint("no function 'nope'; those with code are 1 to 6", "nope");
    assertComplaint("no function '7'; those with code are 1 to 6", "7");
    assertComplaint("function '0' is imported and has no code here", "0");
    assertComplaint("no function holds the byte at 0x1", "0x1");
  }

  private static void assertComplaint(String problem, String function) {
    Ran ran = Ran.wasmortem("disassemble", TINY, function);
    assertEquals("wasmortem: " + TINY + ": " + problem, ran.err().strip());
    assertEquals(3, ran.status());
  }

  @Test
  void aFunctionOfAModuleInAComponent() {
    // The module's place as wasm-tools' dump has it: 48 bytes from 0x67 on.
    Ran ran = Ran.wasmortem("disassemble", COMPONENT, "b", "--core-module", "deep");
    assertEquals(0, ran.status(), ran.err());
    assertTrue(ran.out().contains("offsets: file, body; core module 0.0 deep"), ran.out());
    assertTrue(ran.out().contains("  i32.const 2"), ran.out());
    assertEquals(
        ran.out(), Ran.wasmortem("disassemble", COMPONENT, "0", "--core-module", "0.0").out());
    JsonNode json =
        parse(Ran.wasmortem("disassemble", "--json", COMPONENT, "b", "--core-module", "0.0").out());
    assertEquals("0.0", json.at("/coreModule/position").asText());
    assertEquals("deep", json.at("/coreModule/name").asText());
    assertEquals(0x67, json.at("/coreModule/fileOffset").asInt());
    int start = json.path("fileOffset").asInt();
    assertTrue(start > 0x67 && start < 0x67 + 48, "in the file: " + start);
    String offset = "0x" + Integer.toHexString(start);
    assertEquals(ran.out(), Ran.wasmortem("disassemble", COMPONENT, offset).out());
  }

  @Test
  void whichModuleOfAComponent() throws IOException {
    String modules =
        "\n  0 first at 0x29\n  0.0 deep at 0x67\n  0.1 at 0x99\n  0.0.0 deepest one at 0xb2"
            + "\n  1 last at 0x174";
    Ran ran = Ran.wasmortem("disassemble", COMPONENT, "b");
    assertEquals(
        "wasmortem: " + COMPONENT + ": 5 core modules; tell which by --core-module:" + modules,
        ran.err().strip());
    assertEquals(2, ran.status());
    Ran unknown = Ran.wasmortem("disassemble", COMPONENT, "b", "--core-module", "2");
    assertEquals(
        "wasmortem: " + COMPONENT + ": no core module '2'; there are:" + modules,
        unknown.err().strip());
    assertEquals(3, unknown.status());
    Ran plain = Ran.wasmortem("disassemble", TINY, "add", "--core-module", "0");
    assertEquals(
        "wasmortem: " + TINY + ": a core module, no component that --core-module is for",
        plain.err().strip());
    assertEquals(2, plain.status());
    byte[] none = {0, 'a', 's', 'm', 13, 0, 1, 0};
    Path empty = Files.write(folder.resolve("empty.wasm"), none);
    assertEquals(
        "wasmortem: " + empty + ": a component without core modules",
        Ran.wasmortem("disassemble", empty, "0").err().strip());
  }

  @Test
  void instructionsThatAreNotTyped() {
    // Stack switching is decoded and printed, though not validated.
    Path proposals = Ran.ROOT.resolve("wasm/src/test/resources/fixtures/proposals/proposals.wasm");
    Ran ran = Ran.wasmortem("disassemble", proposals, "1");
    assertEquals(0, ran.status(), ran.err());
    for (String mnemonic : List.of("cont.new", "resume", "resume_throw")) {
      assertTrue(ran.out().contains("  " + mnemonic + " "), ran.out());
    }
  }

  @Test
  void damagedCodeIsShownUpToTheDamage() throws IOException {
    byte[] bytes = Files.readAllBytes(TINY);
    JsonNode json = parse(Ran.wasmortem("disassemble", "--json", TINY, "add").out());
    bytes[json.at("/instructions/2/fileOffset").asInt()] = 0x27;
    Path damaged = Files.write(folder.resolve("damaged.wasm"), bytes);
    Ran ran = Ran.wasmortem("disassemble", damaged, "add");
    assertEquals(3, ran.status());
    assertTrue(ran.out().endsWith("local.get 1" + System.lineSeparator()), ran.out());
    assertTrue(ran.err().strip().endsWith("(instr): illegal opcode 0x27"), ran.err());
  }

  @Test
  void helpHasAnExample() {
    Ran ran = Ran.wasmortem("disassemble", "--help");
    assertTrue(ran.out().contains("Example:\n  wasmortem disassemble"), ran.out());
    assertTrue(ran.out().contains("docs/disassembly.schema.json"), ran.out());
  }
}
