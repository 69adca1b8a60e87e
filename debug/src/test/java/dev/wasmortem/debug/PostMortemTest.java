package dev.wasmortem.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemorySource;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.SizeLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostMortemTest {
  @TempDir Path folder;

  /**
   * A module of one function with two instructions, called {@code name}: type () -> (), body {@code
   * nop unreachable end}. The body begins at 8 + (2 + 4) + (2 + 2) + (2 + 2) = 22, its size byte
   * before it.
   */
  private Path module(String file, String name) throws IOException {
    ByteWriter names = new ByteWriter().name("name").u8(0).sized(new ByteWriter().name(name));
    names.u8(1).sized(new ByteWriter().unsigned(1).unsigned(0).name("boom"));
    byte[] bytes =
        new ByteWriter()
            .i32le(0x6d736100)
            .i32le(1)
            .u8(1)
            .sized(new ByteWriter().u8(1).u8(0x60).u8(0).u8(0))
            .u8(3)
            .sized(new ByteWriter().u8(1).u8(0))
            .u8(10)
            .sized(new ByteWriter().u8(1).sized(new ByteWriter().u8(0).u8(1).u8(0).u8(0x0b)))
            .u8(0)
            .sized(names)
            .toByteArray();
    return Files.write(folder.resolve(file), bytes);
  }

  private static Frame frame(int instance, int offset) {
    return new Frame(instance, 0, new BodyOffset(offset), List.of(new Value.I32(5)), List.of());
  }

  private static ByteSource dump(List<String> modules, Frame... frames) throws IOException {
    CoredumpWriter writer =
        new CoredumpWriter().executableName("app").trap(new Trap(TrapKind.UNREACHABLE, "boom", 0));
    int memory = writer.addMemory(MemoryType.of(SizeLimits.atLeast(2)), new OneFullPage());
    for (String name : modules) {
      int module = writer.addModule(new CoreModule(name));
      writer.addInstance(
          new CoreInstance(module, List.of(memory), List.of(CoreInstance.NOT_DUMPED)));
    }
    writer.addThread(new CoreThread("worker", Arrays.asList(frames)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.writeTo(Channels.newChannel(out));
    return ByteSource.of("t.core", out.toByteArray());
  }

  /** Two pages, of which the first is all ones. */
  private record OneFullPage() implements MemorySource {
    @Override
    public long size() {
      return 2 << 16;
    }

    @Override
    public void read(MemoryAddress address, byte[] target, int offset, int length) {
      for (int i = 0; i < length; i++) {
        target[offset + i] = (byte) (address.value() + i < 1 << 16 ? 1 : 0);
      }
    }
  }

  private static Report backtrace(ByteSource dump, Path... modules) throws IOException {
    try (PostMortem session =
        PostMortem.of(dump, SessionOptions.builder().modules(List.of(modules)).build())) {
      return session.backtrace(ModuleHashes.OMIT);
    }
  }

  @Test
  void aFrameIsPlacedInItsModule() throws IOException {
    Path a = module("a.wasm", "one");
    Path b = module("b.wasm", "two");
    Report report = backtrace(dump(List.of("one", "two"), frame(1, 2), frame(0, 1)), b, a);
    assertEquals(a.toString(), report.modules().get(0).file());
    assertEquals(b.toString(), report.modules().get(1).file());
    Report.ThreadInfo thread = report.threads().get(0);
    assertEquals("worker", thread.name());
    assertTrue(thread.crashed());
    Report.Frame youngest = thread.frames().get(0);
    assertEquals(1, youngest.instance());
    assertEquals(1, youngest.module());
    assertEquals("boom", youngest.name());
    assertEquals(2, youngest.codeOffset());
    assertEquals(8 + 6 + 4 + 4 + 2, youngest.fileOffset());
    assertEquals("boom", youngest.sources().get(0).name());
    assertNull(youngest.sources().get(0).file());
    assertEquals("5", youngest.locals().get(0).value());
    assertEquals(0, thread.frames().get(1).module());
    assertEquals("unreachable", report.trap().kind());
    assertEquals(0, report.trap().frame());
  }

  @Test
  void modulesAreFoundByFileNameInAFolder() throws IOException {
    module("prog.wasm", "something");
    Report report = backtrace(dump(List.of("http://host/dir/prog"), frame(0, 2)), folder);
    assertEquals(folder.resolve("prog.wasm").toString(), report.modules().get(0).file());
    Report other = backtrace(dump(List.of("else.wasm"), frame(0, 2)), folder);
    assertNull(other.modules().get(0).file());
    assertNull(other.threads().get(0).frames().get(0).fileOffset());
    assertEquals("func[0]", other.threads().get(0).frames().get(0).sources().get(0).name());
  }

  @Test
  void oneModuleAndOneFileBelongTogether() throws IOException {
    Path file = module("x.wasm", "other");
    Report report = backtrace(dump(List.of("<anonymous-module-0>"), frame(0, 1)), file);
    assertEquals(file.toString(), report.modules().get(0).file());
    Report two = backtrace(dump(List.of("p", "q"), frame(0, 1)), file);
    assertNull(two.modules().get(0).file());
  }

  @Test
  void anOffsetThatIsUnknownStaysUnknown() throws IOException {
    Report.Frame frame =
        backtrace(dump(List.of("x"), frame(0, 0)), module("x.wasm", "x"))
            .threads()
            .get(0)
            .frames()
            .get(0);
    assertNull(frame.codeOffset());
    assertNull(frame.fileOffset());
    assertEquals("boom", frame.name());
    assertEquals(Report.Trust.GUESSED, frame.trust());
  }

  @Test
  void anotherBuildOfTheModuleIsNoticed() throws IOException {
    Report report = backtrace(dump(List.of("x"), frame(0, 99)), module("x.wasm", "x"));
    assertNull(report.threads().get(0).frames().get(0).fileOffset());
    assertEquals("module-mismatch", report.diagnostics().get(0).code());
    assertEquals(Report.Trust.GUESSED, report.threads().get(0).frames().get(0).trust());
  }

  @Test
  void anotherModuleIsNoticedByItsName() throws IOException {
    Report report = backtrace(dump(List.of("right"), frame(0, 2)), module("w.wasm", "wrong"));
    assertEquals("module-name-mismatch", report.diagnostics().get(0).code());
    assertEquals(Report.Trust.GUESSED, report.threads().get(0).frames().get(0).trust());
    Report anonymous =
        backtrace(dump(List.of("<anonymous-module-0>"), frame(0, 2)), module("w.wasm", "wrong"));
    assertEquals(List.of(), anonymous.diagnostics());
    assertEquals(Report.Trust.EXACT, anonymous.threads().get(0).frames().get(0).trust());
  }

  @Test
  void aModuleWithoutANameIsFoundByTheExecutable() throws IOException {
    Path app = module("app.wasm", "x");
    Report report = backtrace(dump(List.of("<anonymous-module-0>"), frame(0, 2)), folder);
    assertEquals(app.toString(), report.modules().get(0).file());
  }

  @Test
  void theReportCountsMemoriesAndKeepsHoles() throws IOException {
    try (PostMortem session =
        PostMortem.of(dump(List.of("x"), frame(0, 2)), SessionOptions.builder().build())) {
      Report report = session.report();
      List<Report.StateInfo> states =
          List.of(
              new Report.StateInfo("captured", 65536), new Report.StateInfo("known-zero", 65536));
      assertEquals(new Report.Memory(0, 2, 65536, 65536, states, null), report.memories().get(0));
      assertEquals(Arrays.asList((Integer) null), report.instances().get(0).globals());
      assertEquals(List.of(0), report.instances().get(0).memories());
      assertNull(report.instances().get(0).tables());
    }
  }

  @Test
  void whatIsNoModuleIsRefusedWhenNamedAndPassedOverInAFolder() throws IOException {
    Path text = Files.writeString(folder.resolve("text.wasm"), "not a module");
    ByteSource dump = dump(List.of("x"), frame(0, 2));
    assertThrows(FormatException.class, () -> backtrace(dump, text));
    assertNull(backtrace(dump, folder).modules().get(0).file());
  }
}
