package dev.wasmortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemorySource;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.Goldens;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.Mutability;
import dev.wasmortem.wasm.types.NumType;
import dev.wasmortem.wasm.types.SizeLimits;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bt} and {@code info} on a dump made for them: two threads, of which the second trapped,
 * and names that would steer a terminal.
 */
class DumpVerbsTest {
  @TempDir Path folder;

  private Path dump() throws IOException {
    CoredumpWriter writer =
        new CoredumpWriter()
            .executableName("app\u001b[2J")
            .trap(new Trap(TrapKind.OUT_OF_BOUNDS_MEMORY_ACCESS, "at \u202e65536", 1))
            .note(new Note(Note.INNERMOST_FRAMES_LOST, "the youngest frames are not here"));
    int module = writer.addModule(new CoreModule("tiny"));
    int memory = writer.addMemory(MemoryType.of(SizeLimits.between(1, 3)), new Text("some bytes"));
    int global = writer.addGlobal(new GlobalType(NumType.I64, Mutability.CONST), new Value.I64(-3));
    int instance =
        writer.addInstance(
            new CoreInstance(module, List.of(memory), List.of(global, CoreInstance.NOT_DUMPED)));
    Frame deep =
        new Frame(
            instance, 5, new BodyOffset(16), List.of(new Value.I32(1)), List.of(Value.MISSING));
    Frame die =
        new Frame(
            instance,
            6,
            new BodyOffset(5),
            List.of(new Value.F64(0x3ff8000000000000L)),
            List.of(new Value.I32(1), new Value.I32(0)));
    writer.addThread(new CoreThread("worker", Collections.nCopies(150, deep)));
    writer.addThread(new CoreThread("ma\u0007in", List.of(die, deep)));
    Path file = folder.resolve("two.core");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writer.writeTo(channel);
    }
    return file;
  }

  /** A page that begins with a text. */
  private record Text(String text) implements MemorySource {
    @Override
    public long size() {
      return 1 << 16;
    }

    @Override
    public void read(MemoryAddress address, byte[] target, int offset, int length) {
      for (int i = 0; i < length; i++) {
        long at = address.value() + i;
        target[offset + i] = (byte) (at < text.length() ? text.charAt((int) at) : 0);
      }
    }
  }

  private String printed(Object... arguments) {
    Ran ran = Ran.wasmortem(arguments);
    assertEquals(0, ran.status(), ran.err());
    assertEquals("", ran.err());
    return ran.out().replace(folder.toString(), "FOLDER");
  }

  @Test
  void btShowsAllThreadsAndFoldsLongOnes() throws IOException {
    Path tiny = Ran.fixture("tiny/tiny.wasm");
    Goldens.check("bt-two-threads.txt", printed("bt", dump(), "-m", tiny, "-n", "5", "--full"));
    assertEquals(
        152,
        printed("bt", folder.resolve("two.core"), "-n", "0")
            .lines()
            .filter(l -> l.startsWith("#"))
            .count());
  }

  @Test
  void coloursAreForTerminals() throws IOException {
    String plain = printed("bt", dump());
    assertEquals(-1, plain.indexOf('\u001b'));
    String coloured = printed("bt", "--color=always", folder.resolve("two.core"));
    assertTrue(coloured.contains("\u001b[33mfunc[6]\u001b[0m"), coloured);
    assertEquals(plain, coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
  }

  @Test
  void infoShowsWhatIsInTheDump() throws IOException {
    Goldens.check("info-two-threads.txt", printed("info", dump()));
  }

  /** The hash is what sha256sum tells of the file. */
  @Test
  void infoShowsWhatTellsAModule() throws IOException {
    String hash = "23c3b9ac27137d4346a9c5469586b83efb955e8be93f3d58f2e51c0382943732";
    byte[] dump =
        WasmBytes.module()
            .add(DumpBytes.core("x"))
            .add(DumpBytes.coremodules("tiny", "told"))
            // Of the second a SHA-256 of 0x11 each (field 1) and the build id 0xabcd (field 2).
            .custom(
                "wasmortem.modules",
                WasmBytes.of(0x00, 0x02, 0x00, 0x02, 0x01, 0x20)
                    .raw(bytesOf(0x11, 32))
                    .bytes(0x02, 0x02, 0xab, 0xcd))
            .toByteArray();
    Path core = Files.write(folder.resolve("modules.core"), dump);
    List<String> told =
        printed("info", core, "-m", Ran.fixture("tiny/tiny.wasm"))
            .lines()
            .dropWhile(line -> !line.startsWith("module 0"))
            .toList();
    assertEquals("            SHA-256 " + hash, told.get(2));
    assertEquals(
        List.of(
            "module 1    told",
            "            SHA-256 " + "11".repeat(32),
            "            build id abcd"),
        told.stream().dropWhile(line -> !line.startsWith("module 1")).limit(3).toList());
    assertFalse(printed("info", core).contains(hash));
  }

  private static byte[] bytesOf(int value, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** No section core, and a global that is computed by an import: nothing is called null. */
  @Test
  void whatADumpDoesNotTell() throws IOException {
    byte[] dump =
        WasmBytes.module()
            .add(DumpBytes.coremodules("tiny"))
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(), List.of(0L))))
            .custom("wasmortem.process", WasmBytes.of(0x00, 0x01, 0x03, 0x02, 0x01, 'j'))
            .add(DumpBytes.corestack("main", DumpBytes.frame(0, 6, 5)))
            .memories(WasmBytes.memory(1, 1))
            .globals(WasmBytes.global(0x7f, 0, WasmBytes.of(0x23, 0x00)))
            .toByteArray();
    List<String> lines =
        printed("info", Files.write(folder.resolve("odd.core"), dump)).lines().toList();
    assertTrue(lines.contains("executable  not told"), lines.toString());
    assertTrue(lines.contains("runtime     j"), lines.toString());
    assertTrue(lines.contains("global 0    <not captured>"), lines.toString());
    assertTrue(lines.contains("thread 0    \"main\", 1 frame, crashed"), lines.toString());
    assertTrue(lines.stream().noneMatch(line -> line.contains("null")), lines.toString());
  }

  /** Runtimes say in a message what the kind says. */
  @Test
  void aTrapIsToldOnce() throws IOException {
    Path core = folder.resolve("once.core");
    for (String message : List.of("", "integer divide by zero", "by hand")) {
      Files.deleteIfExists(core);
      try (FileChannel channel =
          FileChannel.open(core, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        new CoredumpWriter()
            .trap(new Trap(TrapKind.INTEGER_DIVIDE_BY_ZERO, message, Trap.NO_THREAD))
            .writeTo(channel);
      }
      assertTrue(
          printed("info", core)
              .lines()
              .toList()
              .contains(
                  "trap        integer-divide-by-zero"
                      + (message.equals("by hand") ? ": by hand" : "")));
    }
  }

  @Test
  void jsonHoldsTheSame() throws IOException {
    JsonNode report = JsonReports.parse(printed("info", "--json", dump()));
    assertEquals("wasmortem-report-1", report.at("/schema").asText());
    assertEquals("app\u001b[2J", report.at("/process/name").asText());
    assertEquals("out-of-bounds-memory-access", report.at("/trap/kind").asText());
    assertEquals(1, report.at("/trap/thread").asInt());
    assertEquals(1, report.at("/memories/0/pages").asInt());
    assertEquals(10, report.at("/memories/0/captured").asInt());
    assertEquals("-3", report.at("/globals/0/value").asText());
    assertEquals("fdffffffffffffff", report.at("/globals/0/raw").asText());
    assertTrue(report.at("/instances/0/globals/1").isNull());
    assertEquals("absent", report.at("/threads/0/frames/149/stack/0/trust").asText());
    assertFalse(report.at("/threads/0/crashed").asBoolean());
    assertTrue(report.at("/threads/1/crashed").asBoolean());
    assertEquals("innermost-frames-lost", report.at("/diagnostics/0/code").asText());
  }

  @Test
  void theSchemaKnowsEveryKindOfTrap() throws IOException {
    JsonNode known =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree(Ran.ROOT.resolve("docs/report.schema.json").toFile())
            .at("/$defs/trapKind/enum");
    List<String> kinds = new ArrayList<>();
    known.forEach(kind -> kinds.add(kind.asText()));
    assertEquals(Arrays.stream(TrapKind.values()).map(TrapKind::id).toList(), kinds);
  }

  @Test
  void aDumpWithoutThreadsIsStatus1() throws IOException {
    Path file = folder.resolve("none.core");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      new CoredumpWriter().executableName("x").writeTo(channel);
    }
    Ran ran = Ran.wasmortem("bt", file);
    assertEquals(1, ran.status());
    assertTrue(ran.out().contains("The dump holds no thread."), ran.out());
  }

  /** The name of the thread is there, its frames are cut off. */
  @Test
  void aDumpWhoseStackIsGoneIsStatus1() throws IOException {
    byte[] dump =
        WasmBytes.module()
            .add(DumpBytes.core("x"))
            .add(DumpBytes.corestack("main", DumpBytes.frame(0, 1, 2), DumpBytes.frame(0, 3, 4)))
            .toByteArray();
    Path file = folder.resolve("gone.core");
    Files.write(file, Arrays.copyOf(dump, dump.length - 8));
    Ran ran = Ran.wasmortem("bt", file);
    assertEquals(1, ran.status());
    assertTrue(ran.out().contains("The dump holds no frame."), ran.out());
    // The first of the two frames is whole.
    Files.write(file, Arrays.copyOf(dump, dump.length - 3));
    assertEquals(0, Ran.wasmortem("bt", file).status());
  }

  @Test
  void aDumpThatIsCutOffGivesWhatIsThere() throws IOException {
    byte[] whole = Files.readAllBytes(dump());
    Path cut = folder.resolve("cut.core");
    for (int length = 8; length < whole.length; length += 37) {
      Files.write(cut, Arrays.copyOf(whole, length));
      Ran ran = Ran.wasmortem("bt", "--json", cut);
      if (ran.status() == 3) {
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertTrue(ran.err().contains(cut + "+0x"), ran.err());
      } else {
        assertTrue(JsonReports.parse(ran.out()).at("/core/truncated").isBoolean());
      }
    }
  }
}
