package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.testkit.ConventionReader;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.types.AbstractHeapType;
import dev.wasmortem.wasm.types.AddressType;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.Mutability;
import dev.wasmortem.wasm.types.NumType;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.SizeLimits;
import dev.wasmortem.wasm.types.VecType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What we write, against bytes by hand and against a reader that shares no code with it. */
final class CoredumpWriterTest {
  private static CoredumpWriter linkedModules() {
    byte[] own = new byte[65536];
    System.arraycopy(Dumps.ascii("memory of A"), 0, own, 16, 11);
    byte[] shared = new byte[65536];
    System.arraycopy(Dumps.ascii("shared"), 0, shared, 0, 6);
    byte[] other = new byte[2 * 65536];
    System.arraycopy(Dumps.ascii("memory of B"), 0, other, 65530, 11);

    CoredumpWriter writer = new CoredumpWriter().executableName("b.wasm");
    int a = writer.addModule(new CoreModule("A"));
    int b = writer.addModule(new CoreModule("B"));
    int memoryA = writer.addMemory(Dumps.pages(1), Dumps.memory(own));
    // The maximum stays, the minimum becomes the size.
    int memoryShared =
        writer.addMemory(MemoryType.of(SizeLimits.between(0, 3)), Dumps.memory(shared));
    int memoryB = writer.addMemory(Dumps.pages(1), Dumps.memory(other));
    int one = writer.addGlobal(new GlobalType(NumType.I32, Mutability.VAR), new Value.I32(-2));
    int two =
        writer.addGlobal(
            new GlobalType(NumType.F64, Mutability.CONST), new Value.F64(0x7ff8000000000001L));
    writer.addInstance(new CoreInstance(a, List.of(memoryA, memoryShared), List.of(one)));
    writer.addInstance(
        new CoreInstance(
            b, List.of(memoryB, memoryShared), List.of(two, one, CoreInstance.NOT_DUMPED)));
    writer.addThread(
        new CoreThread(
            "main",
            List.of(
                new Frame(
                    0,
                    0,
                    new BodyOffset(0x0c),
                    List.of(new Value.I32(7), new Value.I32(0)),
                    List.of(new Value.I32(-7), Value.MISSING)),
                new Frame(
                    1,
                    1,
                    new BodyOffset(0x15),
                    List.of(new Value.I64(-0x123456789L), new Value.F32(0x7fa00001)),
                    List.of(new Value.F64(0x3ff8000000000000L))))));
    return writer
        .trap(new Trap(TrapKind.INTEGER_DIVIDE_BY_ZERO, "integer divide by zero", 0))
        .note(new Note(Note.GLOBALS_LEFT_OUT, "one is missing"));
  }

  @Test
  void writesTheBytesOfTheHandWrittenDump() {
    assertArrayEquals(Dumps.linkedModules().toByteArray(), Dumps.written(linkedModules()));
  }

  @Test
  void isTheConvention() {
    ConventionReader.Dump dump = ConventionReader.read(Dumps.written(linkedModules()));
    assertEquals("b.wasm", dump.executable());
    assertEquals(List.of("A", "B"), dump.modules());
    assertEquals(
        List.of(
            new ConventionReader.Instance(0, List.of(0L, 1L), List.of(0L)),
            new ConventionReader.Instance(1, List.of(2L, 1L), List.of(1L, 0L, 0xffffffffL))),
        dump.instances());
    assertEquals(
        List.of(
            new ConventionReader.Stack(
                "main",
                List.of(
                    new ConventionReader.Activation(
                        0, 0, 12, List.of("i32:7", "i32:0"), List.of("i32:-7", "missing")),
                    new ConventionReader.Activation(
                        1,
                        1,
                        21,
                        List.of("i64:-4886718345", "f32:0x7fa00001"),
                        List.of("f64:0x3ff8000000000000"))))),
        dump.threads());
    assertEquals(
        List.of(
            new ConventionReader.GlobalValue(0x7f, 0, "i32:-2"),
            new ConventionReader.GlobalValue(0x7c, 0, "f64:0x7ff8000000000001")),
        dump.globals());
    assertEquals(
        List.of(
            "core",
            "coremodules",
            "coreinstances",
            "wasmortem.trap",
            "wasmortem.notes",
            "corestack",
            "wasmortem.memory",
            "#5",
            "#6",
            "#11"),
        dump.sections());
    assertEquals(3, dump.segments());
    assertEquals(1, dump.memories().get(1).pages());
    assertEquals(3, dump.memories().get(1).maximum());
    assertEquals(
        "memory of B",
        new String(dump.memories().get(2).read(65530, 11), StandardCharsets.US_ASCII));
  }

  @Test
  void nothingAtAllIsStillADump() {
    ConventionReader.Dump dump = ConventionReader.read(Dumps.written(new CoredumpWriter()));
    assertEquals("", dump.executable());
    assertEquals(List.of("core", "coremodules", "coreinstances"), dump.sections());
    Coredump read = Dumps.read(Dumps.written(new CoredumpWriter()));
    assertEquals(List.of(), read.threads());
    assertEquals(List.of(), read.modules());
    assertEquals(List.of(), read.diagnostics());
  }

  @Test
  void globalsOfEveryType() {
    CoredumpWriter writer = new CoredumpWriter();
    writer.addGlobal(new GlobalType(NumType.I64, Mutability.VAR), new Value.I64(Long.MIN_VALUE));
    writer.addGlobal(new GlobalType(NumType.F32, Mutability.VAR), new Value.F32(0xffc00001));
    writer.addGlobal(new GlobalType(VecType.V128, Mutability.VAR), new Value.V128(1, -1));
    writer.addGlobal(
        new GlobalType(RefType.EXTERNREF, Mutability.VAR),
        new Value.NullRef(AbstractHeapType.NOEXTERN));
    writer.addGlobal(
        new GlobalType(RefType.nonNull(AbstractHeapType.STRUCT), Mutability.CONST), Value.MISSING);
    writer.addGlobal(new GlobalType(NumType.I32, Mutability.CONST), Value.MISSING);
    byte[] bytes = Dumps.written(writer);
    assertEquals(
        List.of(
            new ConventionReader.GlobalValue(0x7e, 0, "i64:-9223372036854775808"),
            new ConventionReader.GlobalValue(0x7d, 0, "f32:0xffc00001"),
            new ConventionReader.GlobalValue(0x7b, 0, "v128:0x1:0xffffffffffffffff"),
            new ConventionReader.GlobalValue(0x6f, 0, "null:0x6f"),
            new ConventionReader.GlobalValue(0x6e, 0, "null:0x6e"),
            new ConventionReader.GlobalValue(0x7f, 0, "i32:0")),
        ConventionReader.read(bytes).globals());
    assertEquals(
        List.of(
            new Note(
                "globals-left-out",
                "written as zero or null because the value is missing: 2 globals, the first is"
                    + " 4")),
        Dumps.read(bytes).notes());
    assertThrows(
        IllegalArgumentException.class,
        () -> writer.addGlobal(new GlobalType(NumType.I32, Mutability.CONST), new Value.I64(0)));
  }

  @Test
  void valuesThatFramesCannotHoldAreMissingToOthers() {
    CoredumpWriter writer = new CoredumpWriter();
    Frame frame =
        new Frame(
            0,
            1,
            new BodyOffset(2),
            List.of(new Value.V128(1, 2), new Value.I32(3)),
            List.of(new Value.NullRef(AbstractHeapType.FUNC)));
    writer.addThread(new CoreThread("main", List.of(frame)));
    byte[] bytes = Dumps.written(writer);
    assertEquals(
        List.of(
            new ConventionReader.Activation(
                0, 1, 2, List.of("missing", "i32:3"), List.of("missing"))),
        ConventionReader.read(bytes).threads().get(0).frames());
    Coredump dump = Dumps.read(bytes);
    assertEquals(List.of(frame), dump.threads().get(0).frames());
    assertEquals(List.of(), dump.notes());
  }

  @Test
  void whatReadersRefuseIsLeftOutAndNoted() {
    CoredumpWriter writer = new CoredumpWriter().executableName("é".repeat(50_001));
    writer.addModule(new CoreModule("m"));
    for (int i = 0; i < 102; i++) {
      writer.addMemory(Dumps.pages(1), Dumps.memory(new byte[] {(byte) i}));
    }
    writer.addInstance(new CoreInstance(0, List.of(0, 99, 100, 101), List.of()));
    Region kept = new Region(99, new MemoryAddress(0), 1, Region.Kind.DATA, "");
    writer.addRegion(kept);
    writer.addRegion(new Region(100, new MemoryAddress(0), 1, Region.Kind.DATA, ""));
    writer.trap(
        new Trap(TrapKind.OTHER, "", 0).at(new MemoryFault(101, new MemoryAddress(70_000))));
    byte[] bytes = Dumps.written(writer);
    assertEquals(List.of(kept), Dumps.read(bytes).regions());
    assertEquals(
        new MemoryFault(CoreInstance.NOT_DUMPED, new MemoryAddress(70_000)),
        Dumps.read(bytes).trap().orElseThrow().fault());
    ConventionReader.Dump dump = ConventionReader.read(bytes);
    assertEquals("é".repeat(50_000), dump.executable());
    assertEquals(100, dump.memories().size());
    assertEquals(List.of(0L, 99L, 0xffffffffL, 0xffffffffL), dump.instances().get(0).memories());
    assertEquals(
        List.of(
            new Note(
                "memory-left-out",
                "2 of 102 memories are not in the dump: other readers refuse more than 100"),
            new Note("name-shortened", "a name of 50001 characters was cut to 50000")),
        Dumps.read(bytes).notes());
  }

  @Test
  void memory64SharedAndSmallPages() {
    CoredumpWriter writer = new CoredumpWriter();
    MemoryType wide =
        new MemoryType(
            SizeLimits.between(1, 1L << 40), AddressType.I64, MemoryType.Sharing.SHARED, 16);
    MemoryType bytewise =
        new MemoryType(SizeLimits.atLeast(0), AddressType.I32, MemoryType.Sharing.UNSHARED, 0);
    byte[] content = {0, 0, 5};
    writer.addMemory(wide, Dumps.memory(content));
    writer.addMemory(bytewise, Dumps.memory(content));
    byte[] bytes = Dumps.written(writer);
    ConventionReader.Dump dump = ConventionReader.read(bytes);
    assertEquals(7, dump.memories().get(0).flags());
    assertEquals(1, dump.memories().get(0).pages());
    assertEquals(8, dump.memories().get(1).flags());
    assertEquals(3, dump.memories().get(1).pages());
    assertArrayEquals(content, dump.memories().get(0).read(0, 3));
    assertArrayEquals(content, dump.memories().get(1).read(0, 3));
    Coredump read = Dumps.read(bytes);
    assertEquals(MemoryType.Sharing.SHARED, read.memories().get(0).type().sharing());
    assertEquals(3, read.memories().get(1).size());
  }

  private static byte[] written(CoredumpWriter writer, long sectionBytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.writeTo(Channels.newChannel(out), sectionBytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Two memories of 1000 bytes, none of them zero. */
  private static CoredumpWriter twoThousandBytes(WriterOptions options) {
    byte[] content = new byte[1000];
    Arrays.fill(content, (byte) 7);
    CoredumpWriter writer = new CoredumpWriter(options);
    writer.addMemory(Dumps.pages(1), Dumps.memory(content));
    writer.addMemory(Dumps.pages(1), Dumps.memory(content));
    return writer;
  }

  @Test
  void whatDoesNotFitIntoASectionIsCutAndNoted() {
    byte[] bytes =
        written(
            twoThousandBytes(
                WriterOptions.builder().overflow(WriterOptions.Overflow.LEAVE_OUT).build()),
            1500);
    ConventionReader.Dump dump = ConventionReader.read(bytes);
    assertEquals(1000, dump.memories().get(0).captured());
    int rest = dump.memories().get(1).captured();
    // Room for a section's name and the count; headers of six and seven bytes.
    assertEquals(1500 - 64 - 5 - 6 - 1000 - 7, rest);
    assertEquals(
        List.of(
            new Note(
                "memory-left-out",
                (1000 - rest)
                    + " bytes of memory 1 are not in the dump: a section holds less than 4 GiB")),
        Dumps.read(bytes).notes());
  }

  @Test
  void equalDumpsGiveEqualBytes() {
    assertArrayEquals(Dumps.written(linkedModules()), Dumps.written(linkedModules()));
    CoredumpWriter writer = linkedModules();
    assertArrayEquals(Dumps.written(writer), Dumps.written(writer));
  }

  /** A channel may take a byte at a time; one that fails fails the writing. */
  @Test
  void slowAndFailingChannels() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    linkedModules().writeTo(new Dribble(out, Integer.MAX_VALUE));
    assertArrayEquals(Dumps.written(linkedModules()), out.toByteArray());
    assertThrows(
        IOException.class,
        () -> linkedModules().writeTo(new Dribble(new ByteArrayOutputStream(), 100)));
  }

  private static final class Dribble implements WritableByteChannel {
    private final ByteArrayOutputStream out;
    private final int room;

    Dribble(ByteArrayOutputStream out, int room) {
      this.out = out;
      this.room = room;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (out.size() == room) {
        throw new IOException("no space left");
      }
      out.write(bytes.get());
      return 1;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Test
  void trapsOfEveryKindSurvive() {
    for (TrapKind kind : TrapKind.values()) {
      Trap trap = new Trap(kind, "ö " + kind.text(), Trap.NO_THREAD);
      assertEquals(
          Optional.of(trap), Dumps.read(Dumps.written(new CoredumpWriter().trap(trap))).trap());
      assertEquals(Optional.of(kind), TrapKind.ofId(kind.id()));
      assertTrue(kind.explanation().endsWith("."));
    }
  }
}
