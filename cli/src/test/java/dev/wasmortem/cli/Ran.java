package dev.wasmortem.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What a run of the command printed and how it ended.
 *
 * @param status the exit status
 * @param out standard output
 * @param err standard error
 */
record Ran(int status, String out, String err) {
  static final Path ROOT =
      Path.of(System.getProperty("wasmortem.root", "..")).toAbsolutePath().normalize();

  static Ran wasmortem(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      int status = Main.execute(outStream, errStream, texts);
      outStream.flush();
      errStream.flush();
      return new Ran(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }

  static Path fixture(String name) {
    return Path.of("src/test/resources/fixtures").resolve(name);
  }
}
