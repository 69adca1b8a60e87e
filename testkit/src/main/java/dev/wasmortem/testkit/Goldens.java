package dev.wasmortem.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;

/**
 * Texts kept beside the tests. {@code -Dwasmortem.goldens.refresh=true} writes them anew; read them
 * in the diff then.
 */
public final class Goldens {
  private static final Path FOLDER = Path.of("src", "test", "resources", "goldens");

  private Goldens() {}

  /**
   * Compares {@code actual} with the room's file {@code src/test/resources/goldens/NAME}, or writes
   * it there.
   */
  public static void check(String name, String actual) {
    check(FOLDER.resolve(name), actual);
  }

  /** Compares {@code actual} with a file, or writes it there; lines end with {@code \n}. */
  public static void check(Path golden, String actual) {
    String text = actual.replace("\r\n", "\n");
    try {
      if (Boolean.getBoolean("wasmortem.goldens.refresh")) {
        Files.createDirectories(golden.toAbsolutePath().getParent());
        Files.writeString(golden, text);
        return;
      }
      if (!Files.exists(golden)) {
        Assertions.fail(golden + " is missing; run with -Dwasmortem.goldens.refresh=true");
      }
      String expected = Files.readString(golden, StandardCharsets.UTF_8).replace("\r\n", "\n");
      Assertions.assertEquals(expected, text, () -> golden + " differs");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
