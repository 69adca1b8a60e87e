package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.Dialect.InstanceIndex;
import dev.wasmortem.coredump.Dialect.Integers;
import dev.wasmortem.coredump.Dialect.Layout;
import dev.wasmortem.coredump.WriterOptions.ModuleBytes;
import dev.wasmortem.coredump.diff.DumpDiff;
import dev.wasmortem.testkit.ConventionReader;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.code.BodyOffset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What options change in what is written. */
final class WriterOptionsTest {
  private static final Frame FRAME =
      new Frame(
          0,
          3,
          new BodyOffset(200),
          List.of(new Value.I32(-70_000), new Value.I64(5), new Value.F32(0x3f800000)),
          List.of(new Value.I64(-1), Value.MISSING));

  private static CoredumpWriter writer(WriterOptions options) {
    CoredumpWriter writer = new CoredumpWriter(options).executableName("m");
    writer.addModule(new CoreModule("m"));
    writer.addInstance(new CoreInstance(0, List.of(), List.of()));
    writer.addThread(new CoreThread("main", List.of(FRAME, FRAME)));
    return writer;
  }

  private static WasmBytes integer(Integers integers, long value, int width) {
    WasmBytes out = WasmBytes.of(width == 4 ? 0x7f : 0x7e);
    return integers == Integers.LEB ? out.s(value) : width == 4 ? out.le32(value) : out.le64(value);
  }

  /** Each combination, against bytes by hand, and read as what it is. */
  @Test
  void everyDialectOfFrames() {
    for (Integers integers : Integers.values()) {
      for (Layout layout : List.of(Layout.SEPARATE, Layout.COUNTS_FIRST)) {
        for (InstanceIndex instanceIndex : InstanceIndex.values()) {
          WasmBytes frame = WasmBytes.of(0);
          if (instanceIndex == InstanceIndex.PRESENT) {
            frame.u(0);
          }
          WasmBytes locals =
              integer(integers, -70_000, 4)
                  .add(integer(integers, 5, 8))
                  .bytes(0x7d)
                  .le32(0x3f800000);
          WasmBytes operands = integer(integers, -1, 8).bytes(0x01);
          frame.u(3).u(200).u(3);
          if (layout == Layout.COUNTS_FIRST) {
            frame.u(2).add(locals).add(operands);
          } else {
            frame.add(locals).u(2).add(operands);
          }
          Coredump dump =
              Dumps.read(
                  Dumps.written(
                      writer(
                          WriterOptions.builder()
                              .integers(integers)
                              .layout(layout)
                              .instanceIndex(instanceIndex)
                              .build())));
          ByteSource stack = dump.binary().customSections("corestack").get(0).payload();
          assertArrayEquals(
              WasmBytes.of(0).name("main").vec(frame, frame).toByteArray(),
              stack.cursor().bytes((int) stack.size()));
          assertEquals(List.of(FRAME, FRAME), dump.threads().get(0).frames());
          assertEquals(integers, dump.dialect().integers());
          assertEquals(layout, dump.dialect().layout());
          assertEquals(instanceIndex, dump.dialect().instanceIndex());
        }
      }
    }
    assertThrows(
        IllegalArgumentException.class, () -> WriterOptions.builder().layout(Layout.LOCALS_ONLY));
  }

  @Test
  void framesThatDoNotNameTheirInstanceAreNoted() {
    CoredumpWriter writer =
        writer(WriterOptions.builder().instanceIndex(InstanceIndex.ABSENT).build());
    writer.addThread(new CoreThread("other", List.of(Dumps.frame(1, 2, 3))));
    assertEquals(
        List.of(
            new Note(
                "frame-instances-left-out",
                "1 frame of another instance than the first: not said which")),
        Dumps.read(Dumps.written(writer)).notes());
  }

  /** A module with a body of zeros, which compress well. */
  private static byte[] module() {
    return WasmBytes.module().custom("zeros", WasmBytes.empty().fill(5000, 0)).toByteArray();
  }

  private static byte[] bytes(ByteSource source) {
    return source.cursor().bytes((int) source.size());
  }

  @Test
  void modulesGoWhereTheOptionsSay() {
    for (ModuleBytes place : ModuleBytes.values()) {
      CoredumpWriter writer = writer(WriterOptions.builder().moduleBytes(place).build());
      writer.addModule(new CoreModule("second"));
      String name = "m";
      writer.moduleBytes(0, ByteSource.of("m.wasm", module()));
      byte[] written = Dumps.written(writer);
      Coredump dump = Dumps.read(written);
      assertEquals("second", dump.modules().get(1).name());
      switch (place) {
        case NONE -> assertTrue(dump.moduleBytes(0).isEmpty());
        case EXTENSION -> {
          assertArrayEquals(module(), bytes(dump.moduleBytes(0).orElseThrow()));
          assertTrue(written.length < 400, "it is compressed");
          ConventionReader.read(written);
        }
        case INLINE -> {
          assertArrayEquals(module(), bytes(dump.moduleBytes(0).orElseThrow()));
          assertEquals(name, dump.modules().get(0).name(), "there is no place for it in the list");
          assertEquals(Dialect.ModuleEntries.INLINE, dump.dialect().moduleEntries());
          assertThrows(IllegalArgumentException.class, () -> ConventionReader.read(written));
        }
      }
    }
  }

  @Test
  void whatDoesNotCompressIsStored() {
    byte[] noise = new byte[3000];
    new Random(5).nextBytes(noise);
    CoredumpWriter writer = writer(WriterOptions.DEFAULT);
    writer.moduleBytes(0, ByteSource.of("noise", noise));
    byte[] written = Dumps.written(writer);
    assertArrayEquals(noise, bytes(Dumps.read(written).moduleBytes(0).orElseThrow()));
    assertTrue(written.length < 3200);
  }

  /** A module's file goes before the memory does, but after what is to be kept first. */
  @Test
  void modulesAreLeftOutOfASmallDumpAndNoted() {
    byte[] noise = new byte[3000];
    new Random(5).nextBytes(noise);
    CoredumpWriter writer = writer(WriterOptions.builder().maxBytes(2500).build());
    writer.addMemory(Dumps.bytewise(), Dumps.memory(noise));
    writer.moduleBytes(0, ByteSource.of("noise", noise));
    byte[] written = Dumps.written(writer);
    assertTrue(written.length <= 2500 && written.length > 2450, () -> written.length + " bytes");
    Coredump dump = Dumps.read(written);
    assertTrue(dump.moduleBytes(0).isEmpty());
    assertEquals(
        List.of("module-bytes-left-out", "memory-left-out"),
        dump.notes().stream().map(Note::code).toList());
  }

  /** 300 segments in sections of 900 bytes: an index, numbered sections, nothing lost. */
  @Test
  void moreThanASectionHoldsGoesToNumberedSections() throws IOException {
    byte[] memory = new byte[20_000];
    for (int i = 0; i < memory.length; i += 66) {
      memory[i] = (byte) (1 + i % 100);
    }
    CoredumpWriter writer = new CoredumpWriter();
    writer.addMemory(Dumps.pages(0), Dumps.memory(new byte[] {1}));
    writer.addMemory(Dumps.bytewise(), Dumps.memory(memory));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.writeTo(Channels.newChannel(out), 900);
    Coredump dump = Dumps.read(out.toByteArray());
    assertTrue(dump.binary().customSections("wasmortem.data").size() > 2);
    assertEquals(1, dump.binary().customSections("wasmortem.segments").size());
    byte[] read = new byte[memory.length];
    dump.memories().get(1).read(new MemoryAddress(0), read, 0, read.length);
    assertArrayEquals(memory, read);
    assertEquals(List.of(), dump.diagnostics());
    assertEquals(List.of(), dump.notes());
  }

  /** Without its index a dump reads the same; with one that lies, too. */
  @Test
  void theIndexSaysWhatTheSegmentsSay() {
    byte[] memory = new byte[20_000];
    for (int i = 0; i < memory.length; i += 66) {
      memory[i] = (byte) (1 + i % 100);
    }
    CoredumpWriter writer = new CoredumpWriter();
    writer.addMemory(Dumps.bytewise(), Dumps.memory(memory));
    byte[] indexed = Dumps.written(writer);
    byte[] plain = indexed.clone();
    int name = new String(indexed, StandardCharsets.ISO_8859_1).indexOf("segments");
    plain[name] = 'x';
    List<MemoryRange> expected = Dumps.read(plain).memories().get(0).ranges();
    assertEquals(expected, Dumps.read(indexed).memories().get(0).ranges());
    assertEquals(2 * 304, expected.size());
  }

  @Test
  void manySelectedRangesAreJoined() {
    byte[] memory = new byte[20_000];
    Arrays.fill(memory, (byte) 3);
    List<AddressRange> ranges = new ArrayList<>();
    for (int i = 0; i < memory.length; i += 40) {
      ranges.add(new AddressRange(new MemoryAddress(i), 10));
    }
    CoredumpWriter writer = new CoredumpWriter(WriterOptions.builder().maxSegments(100).build());
    writer.addMemory(Dumps.bytewise(), Dumps.memory(memory), MemorySelection.ranges(ranges, "x"));
    byte[] written = Dumps.written(writer);
    assertTrue(ConventionReader.read(written).segments() <= 100);
    byte[] read = new byte[10];
    for (AddressRange range : ranges) {
      assertEquals(
          List.of(new MemoryRange(range.start(), 10, MemoryState.CAPTURED)),
          Dumps.read(written).memories().get(0).read(range.start(), read, 0, 10));
    }
    assertEquals(
        memory.length - ranges.size() * 10,
        Dumps.read(written).memories().get(0).bytesIn(MemoryState.NOT_CAPTURED));
    // Of the bytes between them none is in the file: nowhere do eleven follow each other.
    assertFalse(new String(written, StandardCharsets.ISO_8859_1).contains("\3".repeat(11)));
  }

  /** Of all that the segments of other tools do not cover, nothing becomes known. */
  @Test
  void manyGapsStayGaps() {
    WasmBytes[] segments = new WasmBytes[20_000];
    for (int i = 0; i < segments.length; i++) {
      segments[i] = WasmBytes.segment(i * 200, Dumps.ascii("A".repeat(50)));
    }
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .add(DumpBytes.core("many"))
                .memories(WasmBytes.memory(1000))
                .data(segments)
                .source("many.core"));
    byte[] copy = Dumps.written(CoredumpWriter.copyOf(dump, WriterOptions.DEFAULT));
    assertEquals(20_000, ConventionReader.read(copy).segments());
    CoreMemory memory = Dumps.read(copy).memories().get(0);
    assertEquals(1_000_000, memory.bytesIn(MemoryState.CAPTURED));
    assertEquals(65_536_000 - 1_000_000, memory.bytesIn(MemoryState.UNSPECIFIED));
    assertEquals(dump.memories().get(0).ranges(), memory.ranges());
    assertEquals(List.of(), DumpDiff.of(dump, Dumps.read(copy)).memories());
  }

  /** More gaps than other readers take segments: zeros stand in some, and they are told apart. */
  @Test
  void moreGapsThanSegmentsAreZero() {
    byte[] memory = new byte[480_000];
    Arrays.fill(memory, (byte) 3);
    List<AddressRange> ranges = new ArrayList<>();
    for (int i = 0; i < memory.length; i += 4) {
      ranges.add(new AddressRange(new MemoryAddress(i), i % 3 == 0 ? 2 : 1));
    }
    CoredumpWriter writer = new CoredumpWriter();
    writer.addMemory(Dumps.bytewise(), Dumps.memory(memory), MemorySelection.ranges(ranges, "x"));
    byte[] written = Dumps.written(writer);
    assertTrue(ConventionReader.read(written).segments() <= 100_000);
    assertFalse(new String(written, StandardCharsets.ISO_8859_1).contains("\3".repeat(3)));
    CoreMemory read = Dumps.read(written).memories().get(0);
    assertEquals(160_000, read.bytesIn(MemoryState.CAPTURED));
    assertEquals(320_000, read.bytesIn(MemoryState.NOT_CAPTURED));
  }
}
