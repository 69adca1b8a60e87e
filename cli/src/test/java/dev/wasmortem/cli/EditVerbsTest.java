package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lint --fix}, {@code convert} and {@code redact} on dumps written by hand. */
class EditVerbsTest {
  @TempDir Path folder;

  private Path file(String name, WasmBytes dump) throws IOException {
    return Files.write(folder.resolve(name), dump.toByteArray());
  }

  /** As tools of early 2023 write it: no modules, no instances, counts first, fixed integers. */
  private Path old() throws IOException {
    return file(
        "old.core",
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .add(
                DumpBytes.corestack(
                    "main",
                    DumpBytes.frameCountsFirst(
                        0,
                        6,
                        2,
                        List.of(DumpBytes.i32Fixed(1 << 30)),
                        List.of(DumpBytes.i32Fixed(2)))))
            .memories(WasmBytes.memory(0, 2))
            .data(WasmBytes.segment(3, "hello".getBytes(StandardCharsets.US_ASCII))));
  }

  private static void assertStatus(int status, Ran ran) {
    assertEquals(status, ran.status(), ran.out() + ran.err());
  }

  @Test
  void fixWritesACleanDump() throws IOException {
    Path out = folder.resolve("fixed.core");
    Path tiny = Ran.fixture("tiny/tiny.wasm");
    Ran ran = Ran.wasmortem("lint", old(), "--fix", out);
    assertStatus(0, ran);
    assertTrue(ran.out().contains("[integers-fixed]"), ran.out());
    assertEquals(
        "wasmortem: repaired dump in " + out + "; locals and code offsets need the modules (-m)",
        ran.err().strip());
    assertStatus(0, Ran.wasmortem("lint", out));
    assertStatus(0, Ran.wasmortem("diff", old(), out));
    Ran again = Ran.wasmortem("lint", old(), "--fix", out, "-m", tiny);
    assertStatus(2, again);
    List<String> told = again.err().lines().toList();
    assertEquals(2, told.size(), again.err());
    assertTrue(told.get(0).contains("the dump calls the module app; "), again.err());
    assertEquals("wasmortem: " + out + ": is there already; --force replaces it", told.get(1));
    assertStatus(0, Ran.wasmortem("lint", old(), "--fix", out, "--force", "-m", tiny));
    assertStatus(0, Ran.wasmortem("lint", out, "-m", tiny));
    Ran same = Ran.wasmortem("lint", old(), "--fix", old(), "--force");
    assertStatus(2, same);
    assertTrue(same.err().contains("is the file that is read"), same.err());
    assertStatus(1, Ran.wasmortem("lint", old()));
  }

  /** Where to write is the user's word: none of the files that are read was unreadable. */
  @ParameterizedTest
  @ValueSource(
      strings = {"convert CORE -o OUT", "redact CORE --text x -o OUT", "lint CORE --fix OUT"})
  void anOutputFileThatIsNotWrittenIsWrongUsage(String line) throws IOException {
    Path core = old();
    byte[] before = Files.readAllBytes(core);
    Path there = Files.write(folder.resolve("there.core"), new byte[] {1});
    Ran refused = writing(line, core, there);
    assertStatus(2, refused);
    assertEquals(
        "wasmortem: " + there + ": is there already; --force replaces it", refused.err().strip());
    assertArrayEquals(new byte[] {1}, Files.readAllBytes(there));
    Ran same = writing(line + " --force", core, core);
    assertStatus(2, same);
    assertEquals("wasmortem: " + core + ": is the file that is read", same.err().strip());
    assertArrayEquals(before, Files.readAllBytes(core));
    Ran directory = writing(line + " --force", core, folder);
    assertStatus(2, directory);
    assertEquals(
        "wasmortem: " + folder + ": is there and is no regular file", directory.err().strip());
    assertStatus(3, writing(line, core, folder.resolve("nowhere/out.core")));
  }

  private static Ran writing(String line, Path core, Path out) {
    return Ran.wasmortem(
        Arrays.stream(line.split(" "))
            .map(word -> word.equals("CORE") ? core : word.equals("OUT") ? out : word)
            .toArray());
  }

  @Test
  void whatCannotBeRepairedIsSaid() throws IOException {
    Path core =
        file(
            "trap.core",
            WasmBytes.module()
                .add(DumpBytes.core("app"))
                .add(DumpBytes.coremodules("tiny"))
                .add(DumpBytes.coreinstances(DumpBytes.instance(7, List.of(), List.of())))
                .add(DumpBytes.corestack("main")));
    Ran ran = Ran.wasmortem("lint", core, "--fix", folder.resolve("out.core"));
    assertStatus(1, ran);
    assertTrue(ran.err().contains("; not repaired: instance-module-out-of-range"), ran.err());
  }

  @Test
  void convertWritesAnyDialect() throws IOException {
    Path fixed = folder.resolve("fixed.core");
    assertStatus(0, Ran.wasmortem("convert", old(), "-o", fixed));
    assertEquals("convention", dialect(fixed));
    Path back = folder.resolve("back.core");
    assertStatus(
        0, Ran.wasmortem("convert", fixed, "-o", back, "--values=fixed", "--layout=counts-first"));
    assertEquals("fixed-integers+counts-first", dialect(back));
    assertStatus(0, Ran.wasmortem("diff", old(), back));
    assertStatus(
        0,
        Ran.wasmortem(
            "convert", fixed, "-o", back, "--force", "--instance-index=absent", "--values=fixed"));
    assertEquals("fixed-integers+no-instance-index", dialect(back));
    Path inline = folder.resolve("inline.core");
    Path tiny = Ran.fixture("tiny/tiny.wasm");
    assertStatus(
        0, Ran.wasmortem("convert", fixed, "-o", inline, "--module-bytes=inline", "-m", tiny));
    assertEquals("inline-modules", dialect(inline));
    assertStatus(1, Ran.wasmortem("lint", inline));
    assertStatus(2, Ran.wasmortem("convert", fixed, "-o", back, "--values=big"));
    assertStatus(2, Ran.wasmortem("convert", fixed));
  }

  private static String dialect(Path core) {
    JsonNode json = JsonReports.parseLint(Ran.wasmortem("lint", "--json", core).out());
    return json.at("/dialect").asText();
  }

  @Test
  void redactTakesOut() throws IOException {
    Path out = folder.resolve("safe.core");
    assertStatus(0, Ran.wasmortem("redact", old(), "-o", out, "--regex", "ll+"));
    String bytes = Ran.wasmortem("dump", out, "-s", "0", "--length", "16").out();
    assertTrue(bytes.contains(".. .. .. 68 65 xx xx 6f"), bytes);
    assertTrue(Ran.wasmortem("info", out).out().contains("2 bytes of memories"));
    assertStatus(
        0, Ran.wasmortem("redact", old(), "-o", out, "--force", "--text", "hell", "--hex=6c6f"));
    assertFalse(Files.readString(out, StandardCharsets.ISO_8859_1).contains("hell"));
    assertStatus(0, Ran.wasmortem("redact", old(), "-o", out, "--force", "--range", "0:4:0x2"));
    assertTrue(Ran.wasmortem("dump", out, "-s", "0").out().contains(".. .. .. 68 xx xx 6c 6f"));
  }

  @Test
  void anExpressionThatCannotBeSearchedForIsWrongUsage() throws IOException {
    Path core =
        file(
            "deep.core",
            WasmBytes.module()
                .add(DumpBytes.core("app"))
                .memories(WasmBytes.memory(16))
                .data(
                    WasmBytes.segment(
                        0, "ab".repeat(500_000).getBytes(StandardCharsets.US_ASCII))));
    Path out = folder.resolve("safe.core");
    Ran ran = Ran.wasmortem("redact", core, "-o", out, "--regex", "(a|b)+c");
    assertStatus(2, ran);
    assertEquals(1, ran.err().lines().count(), ran.err());
    assertTrue(ran.err().startsWith("wasmortem: --regex (a|b)+c: "), ran.err());
    assertTrue(ran.err().contains("[ab]+c"), ran.err());
    assertFalse(Files.exists(out));
    // What it wrote instead of what it found is no find.
    assertStatus(0, Ran.wasmortem("redact", core, "-o", out, "--regex", "[A-Za-z]{20,}"));
  }

  /** What convert wrote, in the words of the dialects' names; what it left out it says. */
  @Test
  void convertTellsAProgramWhatItWrote() throws IOException {
    Path core = old();
    Path out = folder.resolve("out.core");
    Ran ran = Ran.wasmortem("convert", "--json", core, "-o", out, "--instance-index=absent");
    assertStatus(0, ran);
    assertEquals("", ran.err());
    JsonNode json = JsonReports.parseCopy(ran.out());
    assertEquals("wasmortem-copy-1", json.at("/schema").asText());
    assertEquals(core.toString(), json.at("/core").asText());
    assertEquals(out.toString(), json.at("/copy/file").asText());
    assertEquals(Files.size(out), json.at("/copy/size").asLong());
    assertEquals("no-instance-index", json.at("/copy/dialect").asText());
    assertFalse(json.has("redacted"));
    assertFalse(json.has("remaining"));
    byte[] cut = Files.readAllBytes(core);
    Files.write(core, Arrays.copyOf(cut, cut.length - 1));
    JsonNode salvaged =
        JsonReports.parseCopy(Ran.wasmortem("convert", "--json", core, "-o", out, "--force").out());
    assertEquals("convention", salvaged.at("/copy/dialect").asText());
    assertEquals("section-truncated", salvaged.at("/diagnostics/0/code").asText());
  }

  /** Another tool's section, a value, a name and memory hold what is looked for. */
  @Test
  void redactTellsAProgramWhatItTookOut() throws IOException {
    byte[] secret = "hello".getBytes(StandardCharsets.US_ASCII);
    Path core =
        file(
            "secret.core",
            WasmBytes.module()
                .add(DumpBytes.core("say hello"))
                .add(DumpBytes.coremodules("app"))
                .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(0L), List.of())))
                .add(
                    DumpBytes.corestack(
                        "main", // "hell", little-endian
                        DumpBytes.frame(0, 6, 2, List.of(DumpBytes.i32(0x6c6c6568)), List.of())))
                .memories(WasmBytes.memory(1))
                .data(WasmBytes.segment(3, secret), WasmBytes.segment(300, secret))
                .custom("other", WasmBytes.empty().raw(secret))
                .custom("harmless", WasmBytes.of(1)));
    Path out = folder.resolve("safe.core");
    Ran ran = Ran.wasmortem("redact", "--json", core, "-o", out, "--text", "hello");
    assertStatus(0, ran);
    assertEquals("", ran.err());
    JsonNode json = JsonReports.parseCopy(ran.out());
    assertEquals(
        "{\"ranges\":2,\"bytes\":10,\"values\":1,\"texts\":1,\"moduleFiles\":0,\"sections\":1}",
        json.at("/redacted").toString());
    assertEquals("[]", json.at("/remaining").toString());
    assertEquals(Files.size(out), json.at("/copy/size").asLong());
    assertEquals("redacted", json.at("/notes/0/code").asText());
    // The names of sections stay: "core" stands behind the magic, the id and two lengths.
    Ran left = Ran.wasmortem("redact", "--json", core, "-o", out, "--force", "--text", "core");
    assertStatus(1, left);
    assertEquals("", left.err());
    assertEquals(11, JsonReports.parseCopy(left.out()).at("/remaining/0").asInt());
    Ran text =
        Ran.wasmortem("redact", "--color=always", core, "-o", out, "--force", "--text", "core");
    assertEquals("", text.out());
    assertTrue(
        text.err().startsWith("wasmortem: \u001b[1;31ma pattern is still found\u001b[0m at " + out),
        text.err());
  }

  @Test
  void aModuleFileThatHoldsItIsCounted() throws IOException {
    byte[] module = Files.readAllBytes(Ran.fixture("tiny/tiny.wasm"));
    Path core =
        file(
            "whole.core",
            WasmBytes.module()
                .add(DumpBytes.core("app"))
                .add(DumpBytes.coremodules("t"))
                .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(), List.of())))
                .add(DumpBytes.corestack("main", DumpBytes.frame(0, 6, 2)))
                .custom(
                    "wasmortem.module-bytes",
                    WasmBytes.of(0x00, 0x00, 0x00).u(module.length).raw(module)));
    Path out = folder.resolve("safe.core");
    JsonNode json =
        JsonReports.parseCopy(
            Ran.wasmortem("redact", "--json", core, "-o", out, "--text", "proc_exit").out());
    assertEquals(1, json.at("/redacted/moduleFiles").asInt());
    assertEquals(0, json.at("/redacted/sections").asInt());
  }

  @Test
  void redactWantsToKnowWhat() throws IOException {
    Path out = folder.resolve("safe.core");
    assertStatus(2, Ran.wasmortem("redact", old(), "-o", out));
    for (String range : List.of("0:1", "0:x:1", "0:1:-1", "", "0:1:1:1")) {
      Ran wrong = Ran.wasmortem("redact", old(), "-o", out, "--range", range);
      assertStatus(2, wrong);
      assertTrue(wrong.err().contains("'--range' (MEMORY:START:LENGTH)"), wrong.err());
    }
    for (String memory : List.of("1", "0x100000000")) {
      assertEquals(
          "wasmortem: --range " + memory + ":0:4: the dump has memory 0 only",
          Ran.wasmortem("redact", old(), "-o", out, "--range", memory + ":0:4").err().strip());
    }
    Ran beyond = Ran.wasmortem("redact", old(), "-o", out, "--range", "0:0x10000:4");
    assertStatus(2, beyond);
    assertEquals("wasmortem: --range 0:0x10000:4: memory 0 ends at 0x10000", beyond.err().strip());
    assertFalse(Files.exists(out));
    assertStatus(2, Ran.wasmortem("redact", old(), "-o", out, "--regex", "("));
    // What sections are called cannot be taken out: it is told.
    Ran names = Ran.wasmortem("redact", old(), "-o", out, "--text", "core");
    assertStatus(1, names);
    assertTrue(names.err().contains("a pattern is still found at " + out + "+0xb"), names.err());
    Files.delete(out);
    Ran stack = Ran.wasmortem("redact", old(), "-o", out, "--keep-only-stack");
    assertStatus(2, stack);
    assertTrue(stack.err().contains("__stack_pointer"), stack.err());
    assertFalse(Files.exists(out));
  }

  /** The example's module tells where its stack is; the dump's regions do, too. */
  @Test
  void onlyTheStackIsKept() throws IOException {
    Path module = Ran.ROOT.resolve("examples/inventory/inventory.wasm");
    Path core = folder.resolve("inventory.core");
    assertStatus(134, Ran.wasmortem("run", "--core", core, module));
    Path out = folder.resolve("stack.core");
    assertStatus(0, Ran.wasmortem("redact", core, "-o", out, "--keep-only-stack", "-m", module));
    assertTrue(Files.size(out) < Files.size(core));
    JsonNode diff = JsonReports.parseDiff(Ran.wasmortem("diff", "--json", core, out).out());
    assertEquals(0, diff.at("/memories/0/bytes").asInt());
    assertTrue(diff.at("/memories/0/stateBytes").asInt() > 0);
    assertStatus(0, Ran.wasmortem("lint", out, "-m", module));
    assertStatus(0, Ran.wasmortem("lint", core, "-m", module));
  }
}
