package dev.wasmortem.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Wasmtime said of a crash, from the {@code .log} beside a dump of the corpus.
 *
 * @param trap the text after {@code TRAP: }, as {@code wasm trap: integer divide by zero}; empty if
 *     the log has none
 * @param frames the {@code FRAME} lines, youngest first
 */
public record WasmtimeLog(String trap, List<Frame> frames) {
  private static final Pattern FRAME =
      Pattern.compile(
          "^FRAME func=(\\d+) name=(?:None|Some\\(\"(.*)\"\\))"
              + " func_offset=(?:None|Some\\((\\d+)\\)) module_offset=(?:None|Some\\((\\d+)\\))$");

  /**
   * One activation.
   *
   * @param function the function index, imported functions first
   * @param name the name section's, null if it has none
   * @param bodyOffset bytes from where the local declarations begin; -1 where Wasmtime knew none
   * @param moduleOffset bytes from the start of the module; -1 where Wasmtime knew none
   */
  public record Frame(int function, @Nullable String name, int bodyOffset, long moduleOffset) {}

  /** Reads a log. */
  public static WasmtimeLog read(Path file) {
    String text;
    try {
      // The guest's own output stands in there, which need not be UTF-8.
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String trap = "";
    List<Frame> frames = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("TRAP: ")) {
        trap = line.substring("TRAP: ".length());
      } else if (line.startsWith("FRAME ")) {
        frames.add(frame(line));
      }
    }
    return new WasmtimeLog(trap, List.copyOf(frames));
  }

  private static Frame frame(String line) {
    Matcher matcher = FRAME.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a frame: " + line);
    }
    return new Frame(
        Integer.parseInt(matcher.group(1)),
        matcher.group(2),
        (int) numberOrMinusOne(matcher.group(3)),
        numberOrMinusOne(matcher.group(4)));
  }

  private static long numberOrMinusOne(@Nullable String digits) {
    return digits == null ? -1 : Long.parseLong(digits);
  }
}
