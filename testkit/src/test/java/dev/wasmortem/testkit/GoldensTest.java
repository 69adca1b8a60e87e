package dev.wasmortem.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

final class GoldensTest {
  @TempDir Path folder;

  @Test
  void differencesAndMissingFilesFail() throws IOException {
    Assumptions.assumeFalse(Boolean.getBoolean("wasmortem.goldens.refresh"));
    Path golden = folder.resolve("golden.txt");
    assertThrows(AssertionFailedError.class, () -> Goldens.check(golden, "text"));
    Files.writeString(golden, "one\r\ntwo\n");
    Goldens.check(golden, "one\ntwo\n");
    assertThrows(AssertionFailedError.class, () -> Goldens.check(golden, "one\nthree\n"));
  }
}
