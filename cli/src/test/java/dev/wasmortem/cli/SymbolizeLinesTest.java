package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wasmortem.testkit.PeerTool;
import dev.wasmortem.testkit.Shared;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code symbolize} of lines that name modules, and of input that is not as it should be. */
class SymbolizeLinesTest {
  private static final Path MODULE = Ran.ROOT.resolve("examples/inventory/inventory.wasm");
  private static final String KNOWN = "mean_price\n./order.c:9:26\n\n";
  private static final String UNKNOWN = "??\n??:0:0\n\n";

  @TempDir Path folder;

  private static Ran withInput(InputStream input, Object... arguments) {
    InputStream before = System.in;
    try {
      System.setIn(input);
      return Ran.wasmortem(arguments);
    } finally {
      System.setIn(before);
    }
  }

  private static Ran withInput(String input, Object... arguments) {
    return withInput(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), arguments);
  }

  /** Returns a file of the folder's as a line may name it, whatever the folder is called. */
  private String quoted(String file) {
    return "\"" + folder.resolve(file) + "\"";
  }

  /** Lines of three modules and of none, all of them as llvm-symbolizer answers them. */
  @ParameterizedTest
  @ValueSource(strings = {"", "-p -a", "--output-style=GNU -s", "--output-style=JSON", "--verbose"})
  void linesAreAnsweredAsThoseOfTheSymbolizer(String options) throws IOException {
    Path c = Shared.corpus("c/crash-k1-dw5-O2-c22.wasm");
    Path cpp = Shared.corpus("cpp/crash-k1-dw5-O0-c22.wasm");
    Path spaced = Files.copy(c, folder.resolve("a b.wasm"));
    List<String> lines =
        List.of(
            c + " 0x300",
            cpp + " 0x500",
            "CODE " + c + " 768",
            "\"" + spaced + "\" 0x300",
            "CODE '" + spaced + "' 0x1f0",
            "FILE:" + c + " 0x300",
            c.getParent() + "//./" + c.getFileName() + " 0x300",
            quoted("missing.wasm") + " 0x1",
            "DATA " + quoted("none.wasm") + " 0x1",
            " " + c + "  0x300 0x400",
            "\"" + spaced + "\"0x300",
            "\"" + spaced + " 0x300",
            "DATA " + c + " 0x10",
            "",
            cpp + " 0xffffffff",
            c + " 0x1f0");
    String in = String.join("\n", lines) + "\n";
    List<String> arguments = new ArrayList<>(List.of("--functions=short"));
    arguments.addAll(Arrays.stream(options.split(" ", -1)).filter(o -> !o.isEmpty()).toList());
    if (options.contains("JSON")) {
      in = in.replace("\"" + spaced + " 0x300\n", "");
    }
    String expected =
        PeerTool.run(in, "llvm-symbolizer", arguments.toArray(new String[0])).stream()
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    arguments.add(0, "symbolize");
    assertEquals(expected, withInput(in, arguments.toArray()).out());
  }

  @Test
  void operandsMayNameModules() {
    String missing = quoted("no.wasm");
    String problem = "wasmortem: " + folder.resolve("no.wasm") + ": no such file\n";
    assertEquals(
        new Ran(0, KNOWN + UNKNOWN + UNKNOWN, problem),
        Ran.wasmortem("symbolize", MODULE + " 0x499", missing + " 1", missing + " 0x2"));
  }

  @Test
  void unreadableModulesAreToldOnce() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "no module, by far");
    String notes = quoted("notes.txt");
    String lines = notes + " 1\n" + notes + " 2\n" + quoted("") + " 3\n";
    Ran ran = withInput(lines + MODULE + " 0x499\na\0b 1\n", "symbolize");
    assertEquals(UNKNOWN.repeat(3) + KNOWN + UNKNOWN, ran.out());
    assertEquals(0, ran.status());
    List<String> told = ran.err().lines().toList();
    assertEquals(3, told.size(), ran.err());
    assertTrue(told.get(0).startsWith("wasmortem: " + text + "+0x0"), ran.err());
    assertEquals("wasmortem: " + folder + ": no regular file", told.get(1));
    assertEquals("wasmortem: a\\x00b: no name of a file", told.get(2));
  }

  @Test
  void nothingToRead() {
    assertEquals(new Ran(0, "", ""), withInput("", "symbolize"));
    assertEquals(new Ran(0, "", ""), withInput("", "symbolize", "-"));
    assertEquals(new Ran(1, UNKNOWN, ""), withInput("nonsense\n", "symbolize"));
  }

  /** Somebody sits there who forgot the module. */
  @Test
  void aTerminalIsNotReadWithoutAModule() {
    System.setProperty("wasmortem.terminals", "in");
    try {
      Ran ran = withInput(MODULE + " 0x499\n", "symbolize");
      assertEquals(2, ran.status());
      assertEquals(
          "wasmortem: symbolize wants a module; see `wasmortem symbolize --help`\n", ran.err());
    } finally {
      System.clearProperty("wasmortem.terminals");
    }
  }

  @Test
  void jsonFollowsItsSchema() {
    Ran ran = withInput("0x499\nnonsense\n0x10000000\n0x450\n", "symbolize", "--json", MODULE);
    List<JsonNode> answers = ran.out().lines().map(JsonReports::parseSymbolize).toList();
    assertEquals(4, answers.size());
    assertEquals("mean_price", answers.get(0).at("/sources/0/name").asText());
    assertEquals(9, answers.get(0).at("/sources/0/line").asInt());
    assertTrue(answers.get(1).path("address").isMissingNode());
    assertEquals(0, answers.get(2).get("sources").size());
    Path inlined = Shared.corpus("cpp/crash-k3-dw5-O2-c22.wasm");
    StringBuilder lines = new StringBuilder();
    for (int at = 0; at < 4_000; at += 20) {
      lines.append("0x").append(Integer.toHexString(at)).append('\n');
    }
    List<JsonNode> all =
        withInput(lines.toString(), "symbolize", "--json", inlined)
            .out()
            .lines()
            .map(JsonReports::parseSymbolize)
            .toList();
    assertEquals(200, all.size());
    assertTrue(all.stream().anyMatch(answer -> answer.at("/sources/0/inlined").asBoolean()));
  }

  @Test
  void jsonHasTheModulesThatLinesName() throws IOException {
    Path other = Files.copy(MODULE, folder.resolve("a \"b\".wasm"));
    String twice = MODULE.getParent() + "//inventory.wasm";
    Ran ran =
        withInput(
            MODULE
                + " 0x499\nCODE '"
                + other
                + "' 0x499\n"
                + twice
                + " 0x1\nmissing.wasm 1\nnonsense\n\n",
            "symbolize",
            "--json");
    List<JsonNode> answers = ran.out().lines().map(JsonReports::parseSymbolize).toList();
    assertEquals(
        List.of(MODULE.toString(), other.toString(), twice, "missing.wasm", "nonsense", ""),
        answers.stream().map(answer -> answer.path("module").asText()).toList());
    assertTrue(answers.get(5).path("module").isMissingNode());
    assertEquals(answers.get(0).get("sources"), answers.get(1).get("sources"));
    assertEquals("mean_price", answers.get(0).at("/sources/0/name").asText());
    assertEquals(
        "{\"address\":\"0x1\",\"module\":\"missing.wasm\",\"sources\":[]}",
        ran.out().lines().toList().get(3));
  }

  @Test
  void jsonHasNoModuleWhereOneIsGivenForAllLines() {
    Ran ran = withInput("CODE " + MODULE + " 0x499\n0x1\n", "symbolize", "--json", MODULE);
    List<JsonNode> answers = ran.out().lines().map(JsonReports::parseSymbolize).toList();
    assertEquals("mean_price", answers.get(0).at("/sources/0/name").asText());
    assertTrue(answers.stream().noneMatch(answer -> answer.has("module")), ran.out());
  }

  /** A module without debug information: the name of the export, and no complaint. */
  @Test
  void namesAlone() {
    Path module = Ran.fixture("tiny/tiny.wasm");
    assertEquals(new Ran(0, "_start\n??:0:0\n\n", ""), Ran.wasmortem("symbolize", module, "0x3"));
  }

  @Test
  void unreadableModulesAreToldInOneLine() throws IOException {
    Path missing = folder.resolve("no.wasm");
    assertEquals(
        new Ran(3, "", "wasmortem: " + missing + ": no such file\n"),
        Ran.wasmortem("symbolize", missing, "0x1"));
    Path text = Files.writeString(folder.resolve("notes.txt"), "no module, by far");
    Ran ran = Ran.wasmortem("symbolize", "-e", text, "0x1");
    assertEquals(3, ran.status());
    assertEquals("", ran.out());
    assertEquals(1, ran.err().lines().count());
    assertTrue(ran.err().startsWith("wasmortem: " + text + "+0x0"), ran.err());
  }

  @Test
  void addressesBeyond64Bits() {
    String far = "0x10000000000000499";
    assertEquals(new Ran(1, UNKNOWN, ""), Ran.wasmortem("symbolize", MODULE, far));
    assertEquals(new Ran(1, UNKNOWN, ""), withInput(far + "\n", "symbolize", MODULE));
  }

  /** A line of 100 MB is one question; the next is answered as if it were not there. */
  @Test
  void aLineWithoutEnd() {
    for (Object[] arguments :
        List.of(new Object[] {"symbolize", MODULE}, new Object[] {"symbolize"})) {
      String next = arguments.length == 2 ? "\n0x499" : "\n" + MODULE + " 0x499";
      InputStream in = new Repeated("z", 100_000_000, next);
      assertEquals(new Ran(0, UNKNOWN + KNOWN, ""), withInput(in, arguments));
    }
  }

  /** A text over and over, then another one. */
  private static final class Repeated extends InputStream {
    private final String text;
    private final long length;
    private final String end;
    private long at;

    Repeated(String text, long length, String end) {
      this.text = text;
      this.length = length;
      this.end = end;
    }

    @Override
    public int read() {
      long now = at++;
      if (now < length) {
        return text.charAt((int) (now % text.length()));
      }
      return now - length < end.length() ? end.charAt((int) (now - length)) : -1;
    }

    @Override
    public int read(byte[] into, int from, int most) {
      int count = 0;
      for (int b = 0; count < most && b >= 0; count++) {
        b = read();
        if (b < 0) {
          return count == 0 ? -1 : count;
        }
        into[from + count] = (byte) b;
      }
      return count;
    }

    @Override
    public int available() {
      return 1;
    }
  }

  /** As {@code | head -1}: the input, which never ends, is read no further. */
  @Test
  void endsWhenNobodyReads() {
    InputStream before = System.in;
    InputStream endless = new Repeated("0x499\n", Long.MAX_VALUE, "");
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Ran complaints;
    try {
      System.setIn(endless);
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      int status =
          Main.execute(
              new PrintStream(closed, false, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              "symbolize",
              MODULE.toString());
      complaints = new Ran(status, "", err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setIn(before);
    }
    assertEquals(new Ran(0, "", ""), complaints);
  }
}
