package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dump's modules are found by what tells their builds, and another build is refused. */
class ModuleMatchTest {
  @TempDir Path folder;

  private Path module(String name, int buildId) throws IOException {
    return Files.write(
        folder.resolve(name),
        WasmBytes.module()
            .types(WasmBytes.funcType("", ""))
            .functions(0)
            .code(WasmBytes.body("", "00 0b"))
            .custom("build_id", WasmBytes.of(0x01, buildId))
            .functionNames(0, "die" + buildId)
            .toByteArray());
  }

  /** The dump tells build id 0x05 (field 2 of its module; docs/FORMAT.md). */
  private Path dump(WasmBytes... rest) throws IOException {
    WasmBytes dump =
        WasmBytes.module()
            .add(DumpBytes.core("app"))
            .add(DumpBytes.coremodules("app"))
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(), List.of())))
            .custom("wasmortem.modules", WasmBytes.of(0x00, 0x01, 0x01, 0x02, 0x01, 0x05))
            .add(DumpBytes.corestack("main", DumpBytes.frame(0, 0, 1)));
    for (WasmBytes part : rest) {
      dump.add(part);
    }
    return Files.write(folder.resolve("d.core"), dump.toByteArray());
  }

  private static JsonNode bt(Object... arguments) {
    Ran ran = Ran.wasmortem(arguments);
    assertEquals(0, ran.status(), ran.err());
    return JsonReports.parse(ran.out());
  }

  @Test
  void theBuildIdDecidesBeforeTheName() throws IOException {
    Path right = module("other.wasm", 5);
    Path wrong = module("app.wasm", 6);
    JsonNode report = bt("bt", "--json", dump(), "-m", wrong, "-m", right);
    assertEquals("die5", report.at("/threads/0/frames/0/name").asText());
    assertEquals("05", report.at("/modules/0/buildId").asText());
  }

  @Test
  void anotherBuildIsRefusedUnlessForced() throws IOException {
    Path wrong = module("app.wasm", 6);
    JsonNode refused = bt("bt", "--json", dump(), "-m", wrong);
    assertFalse(refused.at("/modules/0").has("file"));
    assertEquals("05", refused.at("/modules/0/buildId").asText());
    assertEquals("module-refused", refused.at("/diagnostics/0/code").asText());
    assertTrue(refused.at("/diagnostics/0/message").asText().contains("--force-module"));
    JsonNode forced = bt("bt", "--json", dump(), "-m", wrong, "--force-module");
    assertEquals("die6", forced.at("/threads/0/frames/0/name").asText());
  }

  /** The verbs that write no report say so, too. */
  @Test
  void aRefusedModuleIsToldByAllVerbs() throws IOException {
    Path wrong = module("app.wasm", 6);
    Path core = dump();
    Path out = folder.resolve("out.core");
    String told =
        "wasmortem: "
            + wrong
            + "+0x0 (module): it is another build than the dump's app, so it is not used;"
            + " --force-module takes it all the same\n";
    assertEquals(new Ran(0, "", told), Ran.wasmortem("convert", core, "-o", out, "-m", wrong));
    Object[] redact = {"redact", core, "-o", out, "--force", "--text", "secret", "-m", wrong};
    assertEquals(new Ran(0, "", told), Ran.wasmortem(redact));
    assertEquals(told, Ran.wasmortem("lint", core, "-m", wrong).err());
    assertEquals(told, Ran.wasmortem("lint", "--json", core, "-m", wrong).err());
    Ran dump = Ran.wasmortem("dump", "--frames", core, "-m", wrong);
    assertEquals(told, dump.err());
    assertTrue(dump.out().contains("function 0 offset 0x1"), dump.out());
    Ran forced = Ran.wasmortem("dump", "--frames", core, "-m", wrong, "--force-module");
    assertTrue(forced.out().contains("function 0 <die6> offset 0x1"), forced.out());
    // Of both dumps.
    assertEquals(new Ran(0, "", told + told), Ran.wasmortem("diff", core, core, "-m", wrong));
  }

  /** What is damaged in the dump is a finding of lint, and told by what copies it. */
  @Test
  void damageOfTheDumpIsTold() throws IOException {
    byte[] whole = Files.readAllBytes(dump());
    Path cut = Files.write(folder.resolve("cut.core"), Arrays.copyOf(whole, whole.length - 1));
    Ran lint = Ran.wasmortem("lint", cut);
    assertEquals(1, lint.status());
    assertEquals("", lint.err());
    Ran copied = Ran.wasmortem("convert", cut, "-o", folder.resolve("copy.core"));
    assertEquals(0, copied.status());
    assertFalse(copied.err().isEmpty());
    assertTrue(
        copied.err().lines().allMatch(line -> line.startsWith("wasmortem: " + cut + "+0x")),
        copied.err());
  }

  @Test
  void theModuleInTheDumpIsUsed() throws IOException {
    byte[] module = Files.readAllBytes(module("app.wasm", 5));
    WasmBytes bytes =
        WasmBytes.empty()
            .custom(
                "wasmortem.module-bytes",
                WasmBytes.of(0x00, 0x00, 0x00).u(module.length).raw(module));
    JsonNode report = bt("bt", "--json", dump(bytes));
    assertEquals("die5", report.at("/threads/0/frames/0/name").asText());
  }
}
