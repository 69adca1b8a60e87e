package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.testkit.WasmBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/FORMAT.md shows what is written. */
final class FormatDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("wasmortem.root", ".."), "docs", "FORMAT.md");

  @Test
  void theExampleIsTheDumpThatTheTestsUse() throws IOException {
    WasmBytes example = WasmBytes.empty();
    Matcher lines =
        Pattern.compile("^([0-9a-f]{3})  ((?:[0-9a-f]{2} ?)+)", Pattern.MULTILINE)
            .matcher(Files.readString(DOCUMENT));
    while (lines.find()) {
      assertEquals(example.size(), Integer.parseInt(lines.group(1), 16));
      example.add(WasmBytes.hex(lines.group(2)));
    }
    assertArrayEquals(Dumps.linkedModules().toByteArray(), example.toByteArray());
  }

  @Test
  void everyKindOfTrapIsListed() throws IOException {
    String text = Files.readString(DOCUMENT);
    for (TrapKind kind : TrapKind.values()) {
      assertTrue(text.contains("| `" + kind.id() + "` | "), kind::id);
    }
  }
}
