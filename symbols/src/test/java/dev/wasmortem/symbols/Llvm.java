package dev.wasmortem.symbols;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * LLVM's tools, as a second opinion. Where they are not installed the calling test is skipped,
 * unless {@code wasmortem.shared.required} says that this is a machine for testing.
 */
final class Llvm {
  private Llvm() {}

  /** Runs a tool with {@code input} on its standard input and returns the lines it writes. */
  static List<String> run(String input, String tool, String... arguments) {
    Path program = find(tool);
    try {
      Path in = Files.createTempFile("llvm", ".in");
      Path out = Files.createTempFile("llvm", ".out");
      try {
        Files.writeString(in, input);
        ProcessBuilder builder = new ProcessBuilder(program.toString());
        builder.command().addAll(List.of(arguments));
        Process process =
            builder
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Assertions.assertEquals(0, process.waitFor(), tool);
        return Files.readAllLines(out);
      } finally {
        Files.delete(in);
        Files.delete(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path find(String tool) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      for (String name : List.of(tool + "-22", tool)) {
        Path program = Path.of(folder, name);
        if (Files.isExecutable(program)) {
          return program;
        }
      }
    }
    String problem = tool + " is not installed";
    if (Boolean.getBoolean("wasmortem.shared.required")) {
      Assertions.fail(problem);
    }
    return Assumptions.abort(problem);
  }
}
