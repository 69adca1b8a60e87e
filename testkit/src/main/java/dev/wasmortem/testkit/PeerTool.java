package dev.wasmortem.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A tool that others wrote, as a second opinion. Where it is not installed the calling test is
 * skipped, unless {@code wasmortem.shared.required} says that this is a machine for testing.
 */
public final class PeerTool {
  /** The version of LLVM whose words tests expect. */
  private static final String LLVM = "-22";

  private PeerTool() {}

  /**
   * Runs a tool with {@code input} on its standard input and returns the lines it writes.
   *
   * @param tool its name in the {@code PATH}; LLVM's without their version
   */
  public static List<String> run(String input, String tool, String... arguments) {
    List<String> lines = new ArrayList<>();
    run(input, lines::add, tool, arguments);
    return lines;
  }

  /** Does the same and gives each line to {@code lines}; for tools that write very much. */
  public static void run(String input, Consumer<String> lines, String tool, String... arguments) {
    Path program = find(tool);
    try {
      Path in = Files.createTempFile("peer", ".in");
      try {
        Files.writeString(in, input);
        ProcessBuilder builder = new ProcessBuilder(program.toString());
        builder.command().addAll(List.of(arguments));
        Process process =
            builder
                .redirectInput(in.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
          for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.accept(line);
          }
        }
        Assertions.assertEquals(0, process.waitFor(), tool);
      } finally {
        Files.delete(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns where the tool is; skips or fails the calling test where it is nowhere. */
  public static Path find(String tool) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      for (String name : List.of(tool + LLVM, tool)) {
        Path program = Path.of(folder, name);
        if (Files.isExecutable(program)) {
          return program;
        }
      }
    }
    throw missing(tool);
  }

  /**
   * Returns the folder that has a package of npm in its {@code node_modules}: {@code .ci/peers},
   * where {@code .ci/run} installs them, or that which the system property {@code wasmortem.peers}
   * names; skips or fails the calling test where it is not installed.
   */
  public static Path npm(String packageName) {
    String usual = System.getProperty("wasmortem.root", "..") + "/.ci/peers";
    Path folder = Path.of(System.getProperty("wasmortem.peers", usual)).toAbsolutePath();
    if (!Files.isDirectory(folder.resolve("node_modules").resolve(packageName))) {
      throw missing(packageName);
    }
    return folder;
  }

  /** Skips or fails the calling test because it has no such peer; never returns. */
  private static AssertionError missing(String peer) {
    String problem = peer + " is not installed";
    if (Boolean.getBoolean("wasmortem.shared.required")) {
      return Assertions.fail(problem);
    }
    return Assumptions.abort(problem);
  }
}
