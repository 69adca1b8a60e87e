package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.testkit.CorpusDump;
import dev.wasmortem.testkit.Shared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The words for traps are those of the official test suite and of Wasmtime. */
final class TrapKindTest {
  private static final Pattern TRAP =
      Pattern.compile("\"type\": ?\"assert_(?:trap|exhaustion)\".*?\"text\": ?\"([^\"]*)\"");

  @Test
  void everyTrapOfTheTestSuiteHasAKind() throws IOException {
    Set<String> texts = new TreeSet<>();
    for (String name : new String[] {"spec-json.zip", "spec-json-2.zip"}) {
      try (ZipFile zip = new ZipFile(Shared.specSuite(name).toFile())) {
        for (ZipEntry entry : zip.stream().filter(e -> e.getName().endsWith(".json")).toList()) {
          String json =
              new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
          Matcher matcher = TRAP.matcher(json);
          while (matcher.find()) {
            texts.add(matcher.group(1));
          }
        }
      }
    }
    assertTrue(texts.size() >= 17, texts::toString);
    for (String text : texts) {
      TrapKind kind = TrapKind.ofMessage(text).orElseThrow();
      assertTrue(
          text.startsWith(kind.text()) || kind == TrapKind.NULL_REFERENCE,
          () -> text + ": " + kind);
    }
  }

  @Test
  void everyTrapOfTheCorpusHasAKind() {
    for (CorpusDump dump : Shared.wasmtimeDumps()) {
      assertTrue(
          TrapKind.ofMessage(dump.log().trap().replace("`", "")).isPresent(), dump::toString);
    }
  }

  @Test
  void theFirstWordsCount() {
    assertEquals(
        Optional.of(TrapKind.UNDEFINED_ELEMENT),
        TrapKind.ofMessage("wasm trap: undefined element: out of bounds table access"));
    assertEquals(
        Optional.of(TrapKind.NULL_REFERENCE), TrapKind.ofMessage("null structure reference"));
    assertEquals(Optional.empty(), TrapKind.ofMessage("a trap"));
  }
}
