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
}
