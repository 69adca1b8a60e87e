package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON that is looked at steers no terminal, and says what the file does. */
class SafeJsonTest {
  /** ESC, a C1 control, DEL, an override of direction, a line separator, and letters. */
  private static final String HOSTILE = "a\u001b[2J\u009b\u007f\u202e\u2028\u00fc\ud83d\ude00z";

  @TempDir Path temp;
  private Path core;
  private Path module;

  @BeforeEach
  void write() throws IOException {
    module =
        Files.write(
            temp.resolve("app.wasm"),
            WasmBytes.module()
                .types(WasmBytes.funcType("", ""))
                .functions(0)
                .code(WasmBytes.body("", "0b"))
                .functionNames(0, HOSTILE)
                .toByteArray());
    core =
        Files.write(
            temp.resolve("app.core"),
            WasmBytes.module()
                .add(DumpBytes.core(HOSTILE))
                .add(DumpBytes.coremodules("app"))
                .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(), List.of())))
                .add(DumpBytes.corestack(HOSTILE, DumpBytes.frame(0, 0, 1)))
                .custom(HOSTILE, WasmBytes.of(1))
                .toByteArray());
  }

  private static void texts(JsonNode json, List<String> all) {
    if (json.isTextual()) {
      all.add(json.asText());
    }
    json.forEach(child -> texts(child, all));
  }

  private void safe(Object... arguments) throws IOException {
    String out = Ran.wasmortem(arguments).out();
    assertTrue(
        out.chars().allMatch(c -> c == '\n' || c == '\u00fc' || (c >= 0x20 && c < 0x7f)), out);
    List<String> texts = new ArrayList<>();
    texts(new ObjectMapper().readTree(out), texts);
    assertTrue(texts.contains(HOSTILE), () -> HOSTILE + " in " + out);
  }

  @Test
  void everyVerb() throws IOException {
    safe("info", "--json", core);
    safe("bt", "--json", core, "-m", module);
    safe("dump", "--json", core);
    safe("disassemble", "--json", module, "0");
    safe("symbolize", "--json", module, "0x3");
  }

  @Test
  void lettersStayAsTheyAre() {
    String out = Ran.wasmortem("info", "--json", core).out();
    assertTrue(
        out.contains("\"a\\u001B[2J\\u009B\\u007F\\u202E\\u2028\u00fc\\uD83D\\uDE00z\""), out);
    assertEquals(0, Ran.wasmortem("info", "--json", core).status());
  }
}
