package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.MemoryState;
import dev.wasmortem.coredump.ProcessInfo;
import dev.wasmortem.testkit.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunVerbTest {
  private static final Path TINY = Ran.fixture("tiny/tiny.wasm");
  private static final Path WASI = Ran.fixture("wasi/wasi.wasm");
  private static final Path INVENTORY = Ran.ROOT.resolve("examples/inventory/inventory.wasm");

  @TempDir Path folder;

  private Path core() {
    return folder.resolve("the.core");
  }

  @Test
  void theExitStatusIsTheProgramsOwn() {
    assertEquals(new Ran(7, "", ""), Ran.wasmortem("run", TINY));
    assertEquals(5, Ran.wasmortem("run", WASI, 5).status());
    assertEquals(0, Ran.wasmortem("run", WASI, 0).status());
  }

  @Test
  void theProgramGetsArgumentsEnvironmentAndFolders() throws IOException {
    Files.writeString(folder.resolve("note.txt"), "hello");
    Ran ran =
        Ran.wasmortem(
            "run", "--env", "COLOUR=blue", "--dir", folder + "::/data", WASI, "0", "--json");
    assertEquals(
        "arg 0: wasi.wasm\narg 1: 0\narg 2: --json\nCOLOUR=blue\nnote: hello\n", ran.out());
    assertEquals("--json", Files.readString(folder.resolve("out.txt")));
    assertEquals(
        "arg 0: wasi.wasm\nCOLOUR=(none)\nnote: (none)\n", Ran.wasmortem("run", WASI).out());
  }

  @Test
  void invokesAnExport() {
    assertEquals(new Ran(0, "42\n", ""), Ran.wasmortem("run", "--invoke", "add", TINY, "-1", "43"));
    assertEquals(
        new Ran(0, "2.5\n-0.5\n-9000000000\n", ""),
        Ran.wasmortem("run", "--invoke", "types", TINY, "-9000000000", "-0.5", "2.5"));
    Ran few = Ran.wasmortem("run", "--invoke", "add", TINY, "1");
    assertEquals(2, few.status());
    assertEquals("wasmortem: --invoke add takes 2 arguments, not 1\n", few.err());
    Ran unknown = Ran.wasmortem("run", "--invoke", "sub", TINY);
    assertEquals(3, unknown.status());
    assertTrue(
        unknown
            .err()
            .endsWith(
                "exports no function sub; name one with --invoke: _start, add, deep, die, spin,"
                    + " types\n"),
        unknown.err());
  }

  @Test
  void aTrapDumpsAndPrintsTheBacktrace() {
    Ran ran = Ran.wasmortem("run", "--core", core(), INVENTORY);
    assertEquals(134, ran.status());
    assertTrue(Files.exists(core()));
    String shown =
        ran.err()
            .replace("'" + core() + "'", core().toString()) // as some folders' names ask for
            .replace(core().toString(), "inventory.core")
            .replace(INVENTORY.toString(), "examples/inventory/inventory.wasm");
    Goldens.check("run-inventory.txt", ran.out() + shown);
    Ran bt = Ran.wasmortem("bt", core(), "-m", INVENTORY.getParent());
    String backtrace = ran.err().substring(0, ran.err().indexOf("\nCore dumped"));
    assertEquals(backtrace, bt.out(), "bt shows what run showed");
  }

  @Test
  void theFileNameFollowsThePattern() throws IOException {
    Ran ran = Ran.wasmortem("run", "--core", folder.resolve("%e-%p-%u.core"), INVENTORY);
    assertEquals(134, ran.status());
    long pid = ProcessHandle.current().pid();
    assertTrue(Files.exists(folder.resolve("inventory-" + pid + "-1.core")), ran.err());
    Ran.wasmortem("run", "--core", folder.resolve("%e-%p-%u.core"), INVENTORY);
    assertTrue(Files.exists(folder.resolve("inventory-" + pid + "-2.core")));
  }

  /**
   * Frames by hand from the fixture's disassembly: `call 0` at 0x37 of plugin, `i32.div_u` at 0xd0
   * of tiny.
   */
  @Test
  void linkedModulesStandInOneBacktrace() {
    Path plugin = Ran.fixture("tiny/plugin.wasm");
    Ran ran = Ran.wasmortem("run", "--core", core(), "--preload", "lib=" + TINY, plugin);
    assertEquals(134, ran.status());
    JsonNode report =
        JsonReports.parse(Ran.wasmortem("bt", "--json", core(), "-m", TINY, "-m", plugin).out());
    assertEquals("integer-divide-by-zero", report.at("/trap/kind").asText());
    JsonNode frames = report.at("/threads/0/frames");
    assertEquals(2, frames.size());
    assertEquals("die", frames.at("/0/name").asText());
    assertEquals(6, frames.at("/0/function").asInt());
    assertEquals(0xd0, frames.at("/0/fileOffset").asInt());
    assertEquals(0xd0 - 0xcb, frames.at("/0/codeOffset").asInt());
    assertEquals("i32", frames.at("/0/locals/0/type").asText());
    assertEquals("0", frames.at("/0/locals/0/value").asText());
    assertEquals("1", frames.at("/0/stack/0/value").asText());
    assertEquals("0", frames.at("/0/stack/1/value").asText());
    assertEquals("go", frames.at("/1/name").asText());
    assertEquals(0x37, frames.at("/1/fileOffset").asInt());
    assertEquals(
        "tiny", report.at("/modules/" + frames.at("/0/module").asInt() + "/name").asText());
    assertEquals(
        "plugin", report.at("/modules/" + frames.at("/1/module").asInt() + "/name").asText());
  }

  @Test
  void aTimeLimitDumpsTheHang() {
    Ran ran =
        Ran.wasmortem("run", "--core", core(), "--timeout", "300ms", "--invoke", "spin", TINY);
    assertEquals(134, ran.status());
    assertTrue(ran.err().contains("trap: interrupted"), ran.err());
    assertTrue(ran.err().contains("in spin ()"), ran.err());
  }

  @Test
  void theStackSizeIsTheProgramsLimit() {
    Ran deep = Ran.wasmortem("run", "--stack-size", "256m", "--invoke", "deep", TINY, "50000");
    assertEquals(new Ran(0, "50000\n", ""), deep);
    Ran shallow =
        Ran.wasmortem(
            "run", "--core", core(), "--stack-size", "512k", "--invoke", "deep", TINY, "50000");
    assertEquals(134, shallow.status());
    assertTrue(shallow.err().contains("trap: call stack exhausted"), shallow.err());
    assertTrue(shallow.err().contains("in deep ()"), shallow.err());
    assertTrue(shallow.err().contains("frames left out"), shallow.err());
  }

  @Test
  void aDumpThatCannotBeWrittenIsSaidAndTheTrapStill() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Ran ran = Ran.wasmortem("run", "--core", file.resolve("x.core"), INVENTORY);
    assertEquals(134, ran.status());
    assertTrue(ran.err().contains("no dump could be written"), ran.err());
    assertTrue(ran.err().contains("integer divide by zero"), ran.err());
    assertFalse(ran.err().contains("\tat "), ran.err());
  }

  @Test
  void aModuleThatCannotBeLinkedIsSaidInOneLine() {
    Ran ran = Ran.wasmortem("run", Ran.fixture("tiny/plugin.wasm"));
    assertEquals(3, ran.status());
    assertEquals(1, ran.err().lines().count(), ran.err());
    assertTrue(ran.err().contains("lib"), ran.err());
  }

  @Test
  void whatIsNoModuleIsSaidWithItsPlace() throws IOException {
    Ran directory = Ran.wasmortem("run", folder);
    assertEquals(3, directory.status());
    assertEquals(1, directory.err().lines().count(), directory.err());
    Path text = Files.writeString(folder.resolve("text.wasm"), "no module at all");
    Ran ran = Ran.wasmortem("run", text);
    assertEquals(3, ran.status());
    assertTrue(ran.err().startsWith("wasmortem: " + text + "+0x0 "), ran.err());
  }

  @Test
  void optionsThatMakeNoSenseAreWrongUsage() {
    for (String[] wrong :
        new String[][] {
          {"--env", "foo"},
          {"--preload", "lib"},
          {"--dir", "no/such/folder::/x"},
          {"--core-contents", "everything"},
          {"--core-limit", "0"},
          {"--core-keep-free", "much"},
          {"--module-bytes", "outside"},
          {"--source-map", "foo", "--core", core().toString()}
        }) {
      List<Object> command = new ArrayList<>(List.of("run"));
      command.addAll(List.of(wrong));
      command.add(INVENTORY);
      assertEquals(2, Ran.wasmortem(command.toArray()).status(), String.join(" ", wrong));
    }
  }

  @Test
  void aDumpNeverTakesThePlaceOfALink() throws IOException {
    Path target = Files.writeString(folder.resolve("precious"), "keep me");
    Files.createSymbolicLink(core(), target);
    Ran ran = Ran.wasmortem("run", "--core", core(), INVENTORY);
    assertEquals(134, ran.status());
    assertTrue(ran.err().contains("is no regular file"), ran.err());
    assertTrue(Files.isSymbolicLink(core()));
    assertEquals("keep me", Files.readString(target));
  }

  /** What is counted are bytes of memory: dumps of one crash differ in length by their times. */
  @Test
  void whatGoesIntoTheDump() throws IOException {
    Ran.wasmortem("run", "--core", core(), INVENTORY);
    long whole = capturedBytes();
    Ran pointed = Ran.wasmortem("run", "--core", core(), "--core-contents=pointed", INVENTORY);
    assertTrue(pointed.err().contains("only what the frames point to"), pointed.err());
    long pointedTo = capturedBytes();
    assertTrue(0 < pointedTo && pointedTo < whole, pointedTo + " of " + whole);
    Ran.wasmortem("run", "--core", core(), "--core-contents=stacks", INVENTORY);
    assertEquals(0, capturedBytes());
    long limit = Files.size(core()) + 1000;
    Ran limited = Ran.wasmortem("run", "--core", core(), "--core-limit", limit, INVENTORY);
    assertTrue(Files.size(core()) <= limit, Files.size(core()) + " bytes");
    long kept = capturedBytes();
    assertTrue(0 < kept && kept < whole, kept + " of " + whole);
    assertTrue(limited.err().contains("bytes of memory 0 are not in the dump"), limited.err());
    Ran.wasmortem("run", "--core", core(), "--core-memory=other", INVENTORY);
    assertEquals(0, capturedBytes());
    Ran.wasmortem("run", "--core", core(), "--core-memory=memory", INVENTORY);
    assertEquals(whole, capturedBytes());
  }

  private long capturedBytes() throws IOException {
    try (ByteSource source = ByteSource.open(core())) {
      return Coredump.read(source).memories().get(0).bytesIn(MemoryState.CAPTURED);
    }
  }

  @Test
  void aDumpWithItsModuleNeedsNoModule() throws IOException {
    Ran.wasmortem("run", "--core", core(), "--module-bytes=extension", INVENTORY);
    try (ByteSource source = ByteSource.open(core());
        ByteSource module = ByteSource.open(INVENTORY)) {
      assertEquals(module.size(), Coredump.read(source).moduleBytes(0).orElseThrow().size());
    }
  }

  @Test
  void argumentsAndEnvironmentOnlyWhenAskedFor() throws IOException {
    List<Object> command = List.of("run", "--core", core(), "--env", "A=1", INVENTORY, "x", "y");
    Ran.wasmortem(command.toArray());
    assertEquals(Optional.empty(), process().arguments());
    assertEquals(Optional.empty(), process().environment());
    assertEquals(Optional.of("endive"), process().runtime());
    List<Object> asking = new ArrayList<>(command);
    asking.addAll(1, List.of("--args-in-core", "--env-in-core"));
    Ran.wasmortem(asking.toArray());
    assertEquals(Optional.of(List.of("inventory.wasm", "x", "y")), process().arguments());
    assertEquals(Optional.of(List.of("A=1")), process().environment());
  }

  private ProcessInfo process() throws IOException {
    try (ByteSource source = ByteSource.open(core())) {
      return Coredump.read(source).process().orElseThrow();
    }
  }

  @Test
  void aDiskThatIsNearlyFullIsSaidInOneLine() {
    Ran ran = Ran.wasmortem("run", "--core", core(), "--core-keep-free", "999999999g", INVENTORY);
    assertEquals(134, ran.status());
    assertFalse(Files.exists(core()));
    List<String> lines = ran.err().lines().toList();
    assertTrue(lines.get(0).startsWith("wasmortem: no dump could be written: " + folder + ": "));
    assertTrue(lines.get(0).endsWith(" bytes are free, and dumps leave 1073741822926258176"));
    assertEquals("wasmortem: the program trapped: integer divide by zero", lines.get(1));
  }

  @Test
  void aDumpMayTakeTheWholeDisk() throws IOException {
    Ran ran = Ran.wasmortem("run", "--core", core(), "--core-keep-free", "0", INVENTORY);
    assertEquals(134, ran.status());
    assertTrue(Files.size(core()) > 0);
  }

  /** Said before the program runs, whose dump would be lost. */
  @Test
  void aDirectoryIsNoPlaceForADump() throws IOException {
    Ran ran = Ran.wasmortem("run", "--core", folder, INVENTORY);
    assertEquals(2, ran.status());
    assertEquals("", ran.out());
    assertTrue(ran.err().contains("is a directory; write " + folder + "/%e.%p.%u.core"), ran.err());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void jsonOfARunIsTheBacktraces() {
    Ran ran = Ran.wasmortem("run", "--json", "--core", core(), INVENTORY);
    assertEquals(134, ran.status());
    JsonNode frames = JsonReports.parse(ran.err()).at("/threads/0/frames");
    assertEquals("mean_price", frames.at("/0/name").asText());
    assertEquals(9, frames.at("/0/sources/0/line").asInt());
    assertEquals("./order.c", frames.at("/0/sources/0/file").asText());
  }
}
