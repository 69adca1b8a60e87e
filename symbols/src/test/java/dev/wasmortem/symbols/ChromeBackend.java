package dev.wasmortem.symbols;

import dev.wasmortem.testkit.PeerTool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/**
 * The backend of Chrome's extension for C and C++, npm {@code @vscode/dwarf-debugging}, in one
 * process for many modules.
 */
final class ChromeBackend {
  private static final String PACKAGE = "@vscode/dwarf-debugging";

  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;

  private ChromeBackend(Process process) {
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts it; skips or fails the calling test where it is not installed. */
  static ChromeBackend start() throws IOException {
    Path folder = PeerTool.npm(PACKAGE);
    Path script =
        Path.of("src/test/resources/dev/wasmortem/symbols/dwarf-debugging.js").toAbsolutePath();
    return new ChromeBackend(
        new ProcessBuilder(PeerTool.find("node").toString(), script.toString(), folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /**
   * Returns for each offset in the code section {@code FILE:LINE:COLUMN} of the innermost frame, or
   * nothing.
   */
  List<String> lines(Path module, List<Long> offsets) throws IOException {
    StringBuilder request = new StringBuilder(module.toAbsolutePath().normalize().toString());
    for (long offset : offsets) {
      request.append('\t').append(offset);
    }
    requests.append(request).append('\n').flush();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < offsets.size(); i++) {
      String line = answers.readLine();
      Assertions.assertNotNull(line, "no answer about " + module);
      lines.add(line);
    }
    return lines;
  }

  /** Ends the process. */
  void stop() throws IOException, InterruptedException {
    requests.close();
    Assertions.assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    Assertions.assertEquals(0, process.exitValue());
  }
}
