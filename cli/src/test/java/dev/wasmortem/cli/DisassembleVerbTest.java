package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmortem.testkit.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisassembleVerbTest {
  private static final Path TINY = Ran.fixture("tiny/tiny.wasm");

  @TempDir Path folder;

  private static JsonNode parse(String json) throws IOException {
    return new ObjectMapper().readTree(json);
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
  void asJson() throws IOException {
    JsonNode json = parse(Ran.wasmortem("disassemble", "--json", TINY, "spin").out());
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
  }
}
