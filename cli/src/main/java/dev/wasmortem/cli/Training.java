package dev.wasmortem.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Goes through a typical session once, so that the archive which the launcher makes of this run
 * holds the classes, and on JDK 25 the linked code, of every verb.
 */
final class Training {
  private Training() {}

  /** Runs the example in the folder {@code arguments[0]} and looks at its dump. */
  public static void main(String[] arguments) throws IOException {
    Path example = Path.of(arguments[0]);
    String module = example.resolve(example.getFileName() + ".wasm").toString();
    Path folder = Files.createTempDirectory("wasmortem-training");
    String core = folder.resolve("core").toString();
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try {
      Main.execute(nowhere, nowhere, "run", "--core", core, module);
      Main.execute(nowhere, nowhere, "bt", core, "-m", module);
      Main.execute(nowhere, nowhere, "bt", "--full", "--color=always", core, "-m", module);
      Main.execute(nowhere, nowhere, "bt", "--json", core, "-m", module);
      Main.execute(nowhere, nowhere, "symbolize", module, "0x499");
      Main.execute(nowhere, nowhere, "info", core);
      Main.execute(nowhere, nowhere, "lint", core);
      Main.execute(nowhere, nowhere, "dump", core);
      Main.execute(nowhere, nowhere, "diff", core, core);
      Main.execute(nowhere, nowhere, "disassemble", module, "main");
      Main.execute(nowhere, nowhere, "info", module); // no dump: links the exceptions
      Main.execute(nowhere, nowhere, "bt", "--no-such-option");
      Main.execute(nowhere, nowhere, "bt", "--help");
    } finally {
      Files.deleteIfExists(Path.of(core));
      Files.deleteIfExists(folder);
    }
  }
}
