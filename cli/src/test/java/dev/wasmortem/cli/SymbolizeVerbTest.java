package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected texts are those of llvm-symbolizer-22 and llvm-addr2line-22 of the same module. */
class SymbolizeVerbTest {
  private static final Path MODULE = Ran.ROOT.resolve("examples/inventory/inventory.wasm");
  private static final String ADDRESS = "0x499";
  private static final String PLACE = "./order.c:9:26";

  private static Ran withInput(String input, Object... arguments) {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
      return Ran.wasmortem(arguments);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void addressesOfTheCommandLine() {
    assertEquals(
        new Ran(0, "mean_price\n" + PLACE + "\n\n??\n??:0:0\n\n", ""),
        Ran.wasmortem("symbolize", MODULE, ADDRESS, "0x10000000"));
  }

  /** The frames of the trap that the readme shows, by their offsets in the file. */
  @Test
  void offsetsInTheFile() {
    assertEquals(
        new Ran(0, "mean_price\n./order.c:9:26\n\nprint_order\n./order.c:15:22\n\n", ""),
        Ran.wasmortem("symbolize", "--file-offset", MODULE, "0x67c", "0x6f6"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-f -i -C -p -a", "-fiCpa", "-f=linkage -pa", "-apf"})
  void optionsOfAddr2line(String options) {
    List<Object> arguments = new ArrayList<>(List.of("symbolize", "--addr2line"));
    arguments.addAll(List.of((Object[]) options.split(" ", -1)));
    arguments.addAll(List.of("-e", MODULE, ADDRESS.substring(2)));
    assertEquals(
        new Ran(0, ADDRESS + ": mean_price at ./order.c:9\n", ""),
        Ran.wasmortem(arguments.toArray()));
  }

  @Test
  void addr2lineUnasked() {
    assertEquals(
        new Ran(0, "./order.c:9\n", ""),
        Ran.wasmortem("symbolize", "--addr2line", "-e", MODULE, ADDRESS));
  }

  @Test
  void linesOfStandardInput() {
    String lines = ADDRESS + "\nCODE " + ADDRESS + "\nCODE \"" + MODULE + "\" " + ADDRESS + "\n";
    String answer = "mean_price\n" + PLACE + "\n\n";
    assertEquals(new Ran(0, answer.repeat(3), ""), withInput(lines, "symbolize", MODULE));
    assertEquals(new Ran(0, answer.repeat(3), ""), withInput(lines, "symbolize", MODULE, "-"));
    assertEquals(new Ran(0, "", ""), withInput("", "symbolize", MODULE));
  }

  @Test
  void nothingFound() {
    assertEquals(
        new Ran(1, "??\n??:0:0\n\n", ""), Ran.wasmortem("symbolize", MODULE, "0x10000000"));
    assertEquals(new Ran(1, "??\n??:0:0\n\n", ""), withInput("nonsense\n", "symbolize", MODULE));
  }

  @Test
  void json() {
    assertEquals(
        new Ran(
            0,
            "{\"address\":\""
                + ADDRESS
                + "\",\"sources\":[{\"name\":\"mean_price\",\"file\":\"./order.c\",\"line\":9,"
                + "\"column\":26,\"inlined\":false}]}\n"
                + "{\"address\":\"0x10000000\",\"sources\":[]}\n",
            ""),
        Ran.wasmortem("symbolize", "--json", MODULE, ADDRESS, "0x10000000"));
  }

  @Test
  void linesOfTheSource() {
    assertEquals(
        "mean_price\n"
            + PLACE
            + "\n8  :   const struct item *it = inventory_find(inv, sku);"
            + "\n9 >:   return it->total_cents / it->count;\n10  : }\n\n",
        Ran.wasmortem("symbolize", "--print-source-context-lines=3", MODULE, ADDRESS).out());
  }

  /** Offsets, tags and addresses as {@code llvm-dwarfdump-22 --lookup=0x499} prints them. */
  @Test
  void entriesOfDwarf() {
    Ran ran = Ran.wasmortem("symbolize", "--lookup", MODULE, ADDRESS);
    assertEquals(0, ran.status());
    assertEquals(
        """
        0x499:
        0x00000484: DW_TAG_compile_unit "order.c" [0x450, 0x4ab) [0x4ad, 0x59c)
        0x000004c6:   DW_TAG_subprogram "mean_price" declared at ./order.c:5 [0x450, 0x4ab)
        mean_price at ./order.c:9:26

        """,
        ran.out());
  }

  /** What Node.js 20 printed of the readme's program; the places are the readme's. */
  @Test
  void traceOfNode(@TempDir Path indexes) {
    String head = "An order of 4 articles:\n\nRuntimeError: divide by zero\n";
    String url = " (wasm://wasm/inventory.wasm-0008fdd2:wasm-function";
    String mean = "    at inventory.wasm.mean_price" + url + "[13]:0x67c)\n";
    String print = "    at inventory.wasm.print_order" + url + "[14]:0x6f6)\n";
    String other = "    at other.wasm.print_order" + url + "[12]:0x6f6)\n";
    String tail = "    at WASI.start (node:wasi:136:7)\n";
    String rewritten =
        head
            + mean
            + "        mean_price at ./order.c:9:26\n"
            + print
            + "        print_order at ./order.c:15:22\n"
            + other
            + tail;
    String trace = head + mean + print + other + tail;
    assertEquals(new Ran(0, rewritten, ""), withInput(trace, "symbolize", MODULE));
    assertEquals(new Ran(0, rewritten, ""), withInput(trace, "symbolize", "--trace", MODULE));
    assertEquals(new Ran(1, head, ""), withInput(head, "symbolize", "--trace", MODULE));
    for (int i = 0; i < 2; i++) {
      assertEquals(
          new Ran(0, rewritten, ""),
          withInput(trace, "symbolize", "--cache=" + indexes, "--trace", MODULE));
    }
    assertEquals(1, indexes.toFile().list().length);
  }

  @Test
  void wrongUse() {
    String noModule = "wasmortem: symbolize wants a module; see `wasmortem symbolize --help`\n";
    assertEquals(new Ran(2, "", noModule), withInput("", "symbolize", "--trace"));
    String trace = "    at a.b (wasm://wasm/a.wasm-0008fdd2:wasm-function[13]:0x67c)\n";
    assertEquals(new Ran(2, "", noModule), withInput(trace, "symbolize"));
    assertEquals(2, Ran.wasmortem("symbolize", "-f=long", MODULE, "0x1").status());
    assertEquals(2, Ran.wasmortem("symbolize", "--output-style=XML", MODULE, "0x1").status());
    assertEquals(3, Ran.wasmortem("symbolize", "missing.wasm", "0x1").status());
  }

  @Test
  void answersFromAnIndex(@TempDir Path folder) throws IOException {
    Path module = Files.copy(MODULE, folder.resolve("app.wasm"));
    Ran answer = new Ran(0, "mean_price\n" + PLACE + "\n\n", "");
    for (int i = 0; i < 2; i++) {
      assertEquals(answer, Ran.wasmortem("symbolize", "--cache", module, ADDRESS));
    }
    Path index = folder.resolve("app.wasm.wmsym");
    long size = Files.size(index);
    Files.write(index, new byte[60]);
    Ran again = Ran.wasmortem("symbolize", "--cache", module, ADDRESS);
    assertEquals(answer.out(), again.out());
    assertEquals(
        "wasmortem: " + index + "+0x0 (symbol-index): no symbol index; made anew\n", again.err());
    assertEquals(size, Files.size(index));
    Path elsewhere = folder.resolve("indexes");
    assertEquals(answer, Ran.wasmortem("symbolize", "--cache=" + elsewhere, module, ADDRESS));
    assertEquals(1, elsewhere.toFile().list().length);
  }
}
