package dev.wasmortem.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.WriterOptions;
import dev.wasmortem.coredump.WriterOptions.ModuleBytes;
import dev.wasmortem.wasm.code.BodyOffset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A damaged module costs a backtrace what that module would have told, and nothing else. */
class DamagedModuleTest {
  @TempDir Path folder;

  /**
   * A module that imports function 0 and defines function 1 as {@code nop unreachable end}.
   *
   * @param damaged the id of the section whose first bytes become 0xff, -1 for none
   */
  private static byte[] module(int damaged) {
    ByteWriter imports = new ByteWriter().u8(1).name("e").name("f").u8(0).u8(0);
    ByteWriter body = new ByteWriter().u8(0).u8(1).u8(0).u8(0x0b);
    ByteWriter functionNames = new ByteWriter().u8(2).u8(0).name("log").u8(1).name("boom");
    ByteWriter names = new ByteWriter().u8(1).sized(functionNames);
    byte[] label = new ByteWriter().name("name").toByteArray();
    return new ByteWriter()
        .i32le(0x6d736100)
        .i32le(1)
        .u8(1)
        .sized(section(new ByteWriter().u8(1).u8(0x60).u8(0).u8(0), damaged == 1))
        .u8(2)
        .sized(section(imports, damaged == 2))
        .u8(3)
        .sized(section(new ByteWriter().u8(1).u8(0), damaged == 3))
        .u8(10)
        .sized(section(new ByteWriter().u8(1).sized(body), damaged == 10))
        .u8(0)
        .sized(new ByteWriter().bytes(label).bytes(section(names, damaged == 0).toByteArray()))
        .toByteArray();
  }

  private static ByteWriter section(ByteWriter content, boolean damaged) {
    byte[] bytes = content.toByteArray();
    if (damaged) {
      Arrays.fill(bytes, 0, Math.min(bytes.length, 3), (byte) 0xff);
    }
    return new ByteWriter().bytes(bytes);
  }

  private static Frame frame(int instance) {
    return new Frame(instance, 1, new BodyOffset(2), List.of(), List.of());
  }

  /** A dump of a module {@code bad}, by its bytes or its name alone, and of a whole one. */
  private static ByteSource dump(byte[] bad, ModuleBytes place) throws IOException {
    CoredumpWriter writer =
        new CoredumpWriter(WriterOptions.builder().moduleBytes(ModuleBytes.EXTENSION).build());
    for (String name : List.of("bad", "good")) {
      int module = writer.addModule(new CoreModule(name));
      writer.addInstance(new CoreInstance(module, List.of(), List.of()));
    }
    if (place == ModuleBytes.EXTENSION) {
      writer.moduleBytes(0, ByteSource.of("bad", bad));
    }
    writer.moduleBytes(1, ByteSource.of("good", module(-1)));
    writer.addThread(new CoreThread("main", List.of(frame(0), frame(1))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.writeTo(Channels.newChannel(out));
    return ByteSource.of("t.core", out.toByteArray());
  }

  private static Report report(ByteSource dump, Path... modules) throws IOException {
    SessionOptions options = SessionOptions.builder().modules(List.of(modules)).build();
    try (PostMortem session = PostMortem.of(dump, options)) {
      session.backtrace(ModuleHashes.OMIT);
      session.lint();
      return session.report();
    }
  }

  /** Returns the name of the damaged module's frame; the other must be whole. */
  private static String nameInDamaged(Report report) {
    List<Report.Frame> frames = report.threads().get(0).frames();
    assertEquals(2, frames.size());
    assertEquals("boom", frames.get(1).name());
    assertEquals(2, frames.get(1).codeOffset());
    return String.valueOf(frames.get(0).name());
  }

  @ParameterizedTest
  @CsvSource({
    "2, boom, importsec",
    "3, boom, funcsec",
    "10, boom, codesec",
  })
  void aDamagedSectionIsNamed(int section, String name, String production) throws IOException {
    Path file = Files.write(folder.resolve("bad.wasm"), module(section));
    for (Report report :
        List.of(
            report(dump(module(section), ModuleBytes.EXTENSION)),
            report(dump(module(section), ModuleBytes.NONE), file))) {
      assertEquals(name, nameInDamaged(report));
      Report.Note note =
          report.diagnostics().stream()
              .filter(d -> d.code().equals("module-damaged"))
              .findFirst()
              .orElseThrow();
      assertTrue(note.message().contains("module bad "), note.message());
      assertTrue(note.message().contains(production), note.message());
      assertTrue(
          report.diagnostics().stream().noneMatch(d -> d.code().equals("module-mismatch")),
          "nothing tells that it is another module");
    }
  }

  @Test
  void aDamagedNameSectionCostsTheNames() throws IOException {
    assertEquals("null", nameInDamaged(report(dump(module(0), ModuleBytes.EXTENSION))));
    assertEquals("boom", nameInDamaged(report(dump(module(-1), ModuleBytes.EXTENSION))));
  }

  @Test
  void noDamageKeepsABacktraceFromBeingMade() throws IOException {
    byte[] whole = module(-1);
    for (int i = 0; i < whole.length; i++) {
      nameInDamaged(report(dump(Arrays.copyOf(whole, i), ModuleBytes.EXTENSION)));
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = whole.clone();
        flipped[i] ^= (byte) (1 << bit);
        nameInDamaged(report(dump(flipped, ModuleBytes.EXTENSION)));
      }
    }
  }
}
