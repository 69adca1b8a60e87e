package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Usage, help, and input that cannot be read: one line each, and the right exit status. */
class MainTest {
  @TempDir Path folder;

  private static void assertComplaint(Ran ran, int status, String line) {
    assertEquals("wasmortem: " + line + System.lineSeparator(), ran.err());
    assertEquals("", ran.out());
    assertEquals(status, ran.status());
  }

  @Test
  void wrongUsageIsStatus2() {
    assertComplaint(Ran.wasmortem(), 2, "a verb is missing; see `wasmortem --help`");
    assertComplaint(
        Ran.wasmortem("bt"), 2, "Missing required parameter: 'CORE'; see `wasmortem bt --help`");
    assertComplaint(
        Ran.wasmortem("bt", "--nope", "x"),
        2,
        "Unknown option: '--nope'; see `wasmortem bt --help`");
    assertEquals(2, Ran.wasmortem("frobnicate").status());
    assertEquals(2, Ran.wasmortem("bt", "x", "-n", "many").status());
    Ran time = Ran.wasmortem("run", "--timeout", "soon", "x.wasm");
    assertEquals(2, time.status());
    assertTrue(time.err().contains("'soon' is no time; write 500ms, 10s or 2m"), time.err());
    Ran pattern = Ran.wasmortem("run", "--core", "%q", "x.wasm");
    assertEquals(2, pattern.status());
    assertTrue(pattern.err().contains("known are %e %p %t %h %u and %%"), pattern.err());
  }

  @Test
  void unreadableInputIsStatus3() throws IOException {
    Path missing = folder.resolve("no.core");
    assertComplaint(Ran.wasmortem("bt", missing), 3, missing + ": no such file");
    Path empty = Files.createFile(folder.resolve("empty.core"));
    Ran ran = Ran.wasmortem("info", empty);
    assertEquals(3, ran.status());
    assertEquals("wasmortem: " + empty + "+0x0 (magic): an empty file", ran.err().strip());
    Path module = Ran.fixture("tiny/tiny.wasm");
    Ran noDump = Ran.wasmortem("bt", module);
    assertEquals(3, noDump.status());
    assertTrue(noDump.err().startsWith("wasmortem: " + module + "+0x"), noDump.err());
    assertEquals(3, Ran.wasmortem("run", folder.resolve("no.wasm")).status());
  }

  @Test
  void aHeapThatIsTooSmallIsToldInALine() {
    assertEquals(
        "wasmortem: not enough memory; WASMORTEM_JAVA_OPTS=-Xmx4g allows 4 GiB",
        complaintOf(new OutOfMemoryError("Java heap space")));
  }

  @Test
  void aStackThatIsTooSmallIsToldInALine() {
    assertEquals(
        "wasmortem: something is nested too deeply; WASMORTEM_JAVA_OPTS=-Xss64m allows more",
        complaintOf(new StackOverflowError()));
  }

  private static String complaintOf(Error error) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw error;
          }
        };
    int status =
        Main.execute(
            new PrintStream(failing, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            "--help");
    assertEquals(3, status);
    return err.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void namesOfFilesCannotSteerATerminal() {
    Ran ran = Ran.wasmortem("bt", folder.resolve("\u001b[31mred"));
    assertTrue(ran.err().contains("\\x1b[31mred"), ran.err());
    assertTrue(ran.err().indexOf('\u001b') < 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "bt", "info", "lint", "convert", "redact", "dump", "diff"})
  void everyVerbHasHelpWithAnExample(String verb) {
    Ran ran = Ran.wasmortem(verb, "--help");
    assertEquals(0, ran.status());
    assertTrue(ran.out().startsWith("Usage: wasmortem " + verb + " "), ran.out());
    assertTrue(ran.out().contains("Example:\n  wasmortem " + verb), ran.out());
    assertTrue(Ran.wasmortem("--help").out().contains("  " + verb + " "));
  }

  /** A script may give all verbs the same options (ARCHITECTURE.md, "The command"). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "bt",
        "symbolize",
        "info",
        "lint",
        "convert",
        "redact",
        "dump",
        "diff",
        "disassemble",
        "split"
      })
  void everyVerbTakesJsonAndColour(String verb) {
    String help = Ran.wasmortem(verb, "--help").out();
    assertTrue(help.contains(" --json "), help);
    assertTrue(help.contains(" --color=WHEN "), help);
    Ran wrong = Ran.wasmortem(verb, "--color=often", "a", "b", "-o", "c");
    assertEquals(2, wrong.status());
    assertTrue(
        wrong.err().contains("'--color': expected one of [auto, always, never]"), wrong.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bt", "info", "lint", "convert", "redact", "dump", "diff"})
  void everyVerbOfDumpsTakesModules(String verb) {
    String help = Ran.wasmortem(verb, "--help").out();
    assertTrue(help.contains("-m, --module=FILE|DIR"), help);
    assertTrue(help.contains("--force-module"), help);
  }

  /** They show no lines. */
  @ParameterizedTest
  @ValueSource(strings = {"lint", "convert", "redact", "dump", "diff"})
  void verbsOfferNothingThatTheyDoNotUse(String verb) {
    assertEquals(2, Ran.wasmortem(verb, "--source-map", "a=b", "x.core").status());
    assertEquals(2, Ran.wasmortem(verb, "--debug-dir", ".", "x.core").status());
  }

  @Test
  void theVersionIsPrinted() {
    assertEquals("wasmortem 0.1.0", Ran.wasmortem("--version").out().strip());
  }
}
