package dev.wasmortem.testkit;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds the shared test material: the corpus of crashing programs with their genuine dumps, and the
 * official test suite. Its folder is named by the system property {@code wasmortem.shared}.
 *
 * <p>Where the folder is absent the calling test is skipped, unless {@code
 * wasmortem.shared.required} is {@code true}: then it fails. The folder is read-only.
 */
public final class Shared {
  private Shared() {}

  /** Returns whether the folder is there; a test that asks this decides on its own. */
  public static boolean isPresent() {
    return Files.isDirectory(folder().resolve("corpus"));
  }

  /** Returns the folder; skips or fails the calling test where there is none. */
  public static Path root() {
    if (!isPresent()) {
      String problem = "no shared test material at " + folder();
      if (Boolean.getBoolean("wasmortem.shared.required")) {
        Assertions.fail(problem);
      }
      Assumptions.abort(problem);
    }
    return folder();
  }

  /** Returns a file or folder of the corpus, as {@code c/crash-k3-dw5-O0-c22.wasm}. */
  public static Path corpus(String path) {
    return existing(root().resolve("corpus").resolve(path));
  }

  /** Returns a zip of the official test suite, as {@code spec-json.zip}. */
  public static Path specSuite(String zip) {
    return existing(root().resolve("spec-testsuite").resolve(zip));
  }

  /** Returns all modules of the corpus, sorted. */
  public static List<Path> modules() {
    return files("corpus", ".wasm");
  }

  /** Returns all dumps of the corpus, of whatever producer, sorted. */
  public static List<Path> dumps() {
    return files("corpus/dumps", ".core");
  }

  /** Returns the dumps that Wasmtime wrote, each with its module and its log, sorted. */
  public static List<CorpusDump> wasmtimeDumps() {
    return dumps().stream()
        .filter(core -> CorpusDump.log(core).toFile().exists())
        .map(CorpusDump::of)
        .toList();
  }

  private static Path folder() {
    String property = System.getProperty("wasmortem.shared", "");
    return Path.of(requireNonNullElse(property, "").isEmpty() ? "../../shared" : property);
  }

  private static Path existing(Path path) {
    Assertions.assertTrue(Files.exists(path), () -> path + " is missing");
    return path;
  }

  private static List<Path> files(String folder, String suffix) {
    try (Stream<Path> files = Files.walk(root().resolve(folder))) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().endsWith(suffix)).sorted().toList();
      Assertions.assertFalse(found.isEmpty(), () -> "no " + suffix + " in " + folder);
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
