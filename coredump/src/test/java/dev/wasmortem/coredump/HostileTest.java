package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.HeapUse;
import dev.wasmortem.testkit.Mutations;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.code.BodyOffset;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Damaged and malicious dumps: typed errors or labelled results, in bounded time and space. */
final class HostileTest {
  @Test
  void everyCutAndFlipOfADumpWithEverything() {
    byte[] dump = Dumps.linkedModules().toByteArray();
    Mutations.check(dump, Everything::readStrictly);
    Mutations.check(dump, Everything::salvage);
  }

  @Test
  void everyCutAndFlipOfTheRewritersDialect() throws IOException {
    byte[] file = Files.readAllBytes(Shared.corpus("dumps/xtuc/cpp-k6-O0.core"));
    byte[] dump = Arrays.copyOf(file, 0x150);
    Mutations.check(dump, Everything::readStrictly);
    Mutations.check(dump, Everything::salvage);
  }

  @Test
  void everyCutAndFlipOfWasmEdges() {
    byte[] dump = ProducerTest.wasmEdge().toByteArray();
    Mutations.check(dump, Everything::readStrictly);
    Mutations.check(dump, Everything::salvage);
  }

  @Test
  void everyCutAndFlipOfGenuineDumps() throws IOException {
    for (String name : List.of("wat/locals", "wat/multimem", "wat/refs", "wat/user")) {
      byte[] dump = Files.readAllBytes(Shared.corpus("dumps/wasmtime48/" + name + ".core"));
      Mutations.check(dump, Everything::readStrictly);
      Mutations.check(dump, Everything::salvage);
    }
  }

  /**
   * A frame in the dialect of fixed numbers without an instance, cut off behind its first values:
   * with instances, it could be read as function 17 of instance 3, but the list has two.
   */
  @Test
  void aFrameThatIsCutOffIsNoOther() {
    byte[] whole =
        WasmBytes.module()
            .add(DumpBytes.core("a"))
            .add(DumpBytes.coremodules("A", "B"))
            .add(
                DumpBytes.coreinstances(
                    DumpBytes.instance(0, List.of(0L), List.of(0L)),
                    DumpBytes.instance(1, List.of(), List.of())))
            .add(
                WasmBytes.hex(
                    // custom section, 80 bytes; "corestack", "main", 3 frames; function 3
                    // at 17, 4 locals, 2 values: i32, i64, missing, f32; cut off
                    "00 50 09 636f7265737461636b 00 04 6d61696e 03 00 03 11 04 02 7ff9ffffff"
                        + "7e0000000000010000 01 7d0000c03f"))
            .toByteArray();
    Coredump dump = Coredump.salvage(ByteSource.of("cut", whole), Diagnostic.Sink.IGNORE);
    assertTrue(dump.isTruncated());
    assertEquals(List.of(), dump.threads().stream().flatMap(t -> t.frames().stream()).toList());
  }

  /** Whatever is cut off, the frames before are whole and right, and the rest is reported. */
  @Test
  void cutAnywhereTheWholeFramesAreGiven() {
    byte[] whole = Dumps.linkedModules().toByteArray();
    List<Frame> frames = Dumps.read(whole).threads().get(0).frames();
    int seen = 0;
    for (int cut = 8; cut < whole.length; cut++) {
      List<Diagnostic> diagnostics = new ArrayList<>();
      Coredump dump;
      try {
        dump = Coredump.salvage(ByteSource.of("cut", Arrays.copyOf(whole, cut)), diagnostics::add);
      } catch (FormatException e) {
        // Before the end of the name `core` nothing tells a dump.
        assertTrue(cut < 8 + 2 + 5, "cut at " + cut);
        continue;
      }
      List<CoreThread> threads = dump.threads();
      int given = threads.isEmpty() ? 0 : threads.get(0).frames().size();
      assertTrue(given >= seen, "cut at " + cut);
      seen = given;
      if (given > 0) {
        assertEquals(frames.subList(0, given), threads.get(0).frames(), "cut at " + cut);
      }
      if (dump.isTruncated()) {
        assertTrue(!diagnostics.isEmpty(), "cut at " + cut);
      }
    }
    assertEquals(2, seen);
  }

  @Test
  void aCutInTheMiddleOfADialectDoesNotChangeIt() {
    WasmBytes frames = WasmBytes.empty();
    for (int i = 0; i < 20; i++) {
      frames.add(
          DumpBytes.frameCountsFirst(
              0, i, i, List.of(DumpBytes.i32Fixed(i * 1000)), List.of(DumpBytes.i64Fixed(i))));
    }
    byte[] whole =
        WasmBytes.module()
            .custom("corestack", WasmBytes.of(0x00).name("main").u(20).add(frames))
            .toByteArray();
    for (int cut = whole.length - 200; cut < whole.length; cut++) {
      List<Diagnostic> diagnostics = new ArrayList<>();
      Coredump dump =
          Coredump.salvage(ByteSource.of("cut", Arrays.copyOf(whole, cut)), diagnostics::add);
      assertEquals("fixed-integers+counts-first", dump.dialect().name(), "cut at " + cut);
      assertTrue(dump.threads().get(0).frames().size() >= 9);
      assertEquals("stack-truncated", diagnostics.get(1).code());
      assertTrue(dump.isTruncated());
    }
  }

  @Test
  void aTruncatedMemoryIsLabelled() {
    byte[] whole = Dumps.linkedModules().toByteArray();
    // The file ends inside the last segment, "memory of B" at 65530.
    Coredump dump =
        Coredump.salvage(
            ByteSource.of("cut", Arrays.copyOf(whole, whole.length - 4)), Diagnostic.Sink.IGNORE);
    byte[] bytes = new byte[11];
    assertEquals(
        List.of(
            new MemoryRange(new MemoryAddress(65530), 7, MemoryState.CAPTURED),
            new MemoryRange(new MemoryAddress(65537), 4, MemoryState.TRUNCATED)),
        dump.memories().get(2).read(new MemoryAddress(65530), bytes, 0, 11));
    assertEquals(2, dump.threads().get(0).frames().size());
  }

  /** A few bytes that ask for billions of frames, values, modules, segments. */
  @Test
  void countsDoNotReserveSpace() {
    long many = 0xffff_fff0L;
    WasmBytes frame = WasmBytes.of(0x00).u(0).u(0).u(0);
    List<WasmBytes> dumps =
        List.of(
            WasmBytes.empty().custom("corestack", WasmBytes.of(0).name("t").u(many)),
            WasmBytes.empty()
                .custom(
                    "corestack", WasmBytes.of(0).name("t").u(1).add(frame).u(many).fill(40, 0x01)),
            WasmBytes.empty()
                .custom(
                    "corestack",
                    WasmBytes.of(0).name("t").u(1).add(frame).u(0).u(many).fill(40, 0x01)),
            WasmBytes.empty().custom("coremodules", WasmBytes.empty().u(many)),
            WasmBytes.empty().custom("coreinstances", WasmBytes.empty().u(many)),
            WasmBytes.empty().custom("coreinstances", WasmBytes.of(1, 0, 0).u(many).fill(9, 0)),
            WasmBytes.empty().custom("wasmortem.notes", WasmBytes.of(0).u(many)),
            WasmBytes.empty().section(5, WasmBytes.empty().u(many)),
            WasmBytes.empty().section(6, WasmBytes.empty().u(many)),
            WasmBytes.empty().memories(WasmBytes.memory(1)).section(11, WasmBytes.empty().u(many)));
    for (WasmBytes sections : dumps) {
      byte[] dump = WasmBytes.module().add(DumpBytes.core("")).add(sections).toByteArray();
      assertTimeout(
          Duration.ofSeconds(30),
          () -> {
            assertThrows(
                FormatException.class, () -> Everything.readStrictly(ByteSource.of("many", dump)));
            Everything.salvage(ByteSource.of("many", dump));
          });
      assertTrue(
          HeapUse.allocated(() -> Everything.salvage(ByteSource.of("many", dump))) < 1 << 20);
    }
  }

  /** 4 MB of values, far fewer than announced: the heap taken is a small multiple. */
  @Test
  void inflatedCountsOverManyBytesStayLinear() {
    byte[] dump =
        WasmBytes.module()
            .custom(
                "corestack",
                WasmBytes.of(0)
                    .name("t")
                    .u(1)
                    .add(WasmBytes.of(0, 0, 0, 0).u(0xffff_ffffL).fill(4_000_000, 0x01)))
            .toByteArray();
    assertTimeout(
        Duration.ofSeconds(30),
        () -> {
          Coredump salvaged = Coredump.salvage(ByteSource.of("many", dump), Diagnostic.Sink.IGNORE);
          assertTrue(HeapUse.allocated(salvaged::threads) < 8L * dump.length);
          assertEquals(0, salvaged.threads().get(0).frames().size());
        });
  }

  /** A frame of an instance that is not there: refused strictly, given and reported otherwise. */
  @Test
  void anInstanceThatDoesNotExist() {
    ByteSource source =
        WasmBytes.module()
            .add(DumpBytes.core(""))
            .add(DumpBytes.coremodules("m"))
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(), List.of())))
            .add(
                DumpBytes.corestack(
                    "main",
                    DumpBytes.frame(0, 1, 2, List.of(DumpBytes.i32(70_000)), List.of()),
                    DumpBytes.frame(7, 1, 2)))
            .source("d.core");
    FormatException error =
        assertThrows(FormatException.class, () -> Coredump.read(source).threads());
    assertTrue(
        error.getMessage().contains("(frame.instanceidx): instance 7 of 1 at most"),
        error.getMessage());
    List<Diagnostic> diagnostics = new ArrayList<>();
    Coredump salvaged = Coredump.salvage(source, diagnostics::add);
    assertEquals(7, salvaged.threads().get(0).frames().get(1).instance());
    assertEquals("convention", salvaged.dialect().name());
    assertEquals("stack-damaged", diagnostics.get(0).code());
  }

  /** Overlaps that make a naive index quadratic: small segments late, long ones before. */
  @Test
  void overlappingSegmentsStayLinear() {
    WasmBytes segments = WasmBytes.empty();
    int count = 30_000;
    byte[] two = {1, 2};
    // Long segments that all cover everything cost their bytes; these share a window of 4000.
    segments.u(count + 500);
    byte[] window = new byte[4000];
    Arrays.fill(window, (byte) 9);
    for (int i = 0; i < 500; i++) {
      segments.add(WasmBytes.segment(i, window));
    }
    for (int i = 0; i < count; i++) {
      segments.add(WasmBytes.segment(4 * (i * 7919 % count), two));
    }
    byte[] dump =
        WasmBytes.module()
            .add(DumpBytes.core(""))
            .memories(WasmBytes.memory(4))
            .section(11, segments)
            .toByteArray();
    assertTimeout(
        Duration.ofSeconds(30),
        () -> {
          CoreMemory memory = Dumps.read(dump).memories().get(0);
          byte[] read = new byte[8];
          memory.read(new MemoryAddress(0), read, 0, 8);
          assertEquals("[1, 2, 9, 9, 1, 2, 9, 9]", Arrays.toString(read));
          memory.read(new MemoryAddress(4496), read, 0, 8);
          assertEquals("[1, 2, 9, 0, 1, 2, 0, 0]", Arrays.toString(read));
        });
  }

  /** A million segments that all overlap, the longest first: memory and time stay linear. */
  @Test
  void aMillionOverlappingSegments() {
    int count = 1_000_000;
    WasmBytes segments = WasmBytes.empty().u(count);
    for (int i = 0; i < count; i++) {
      // Address falls while the number rises, three bytes each: all but the last are cut.
      int address = (count - i) * 2;
      segments.bytes(0x00, 0x41).s(address).bytes(0x0b, 0x03, i, i >> 8, i >> 16);
    }
    byte[] dump =
        WasmBytes.module()
            .add(DumpBytes.core(""))
            .memories(WasmBytes.memory(40))
            .section(11, segments)
            .toByteArray();
    assertTimeout(
        Duration.ofSeconds(30),
        () -> {
          CoreMemory memory = Dumps.read(dump).memories().get(0);
          byte[] read = new byte[6];
          long heap =
              HeapUse.allocated(() -> memory.read(new MemoryAddress(1_000_000), read, 0, 6));
          assertTrue(heap < 16L * dump.length, heap + " bytes for a dump of " + dump.length);
          // Segment i begins at 2·(10⁶−i), 500000 at 10⁶; its first byte is under the last one of
          // 500001, which is later.
          assertEquals(
              List.of(500001 >> 16, 500000 >> 8 & 255, 500000 >> 16, 499999 >> 8 & 255),
              List.of(read[0] & 255, read[1] & 255, read[2] & 255, read[3] & 255));
          assertEquals(2L * count + 1, memory.bytesIn(MemoryState.CAPTURED));
        });
  }

  /** Sections of ours that speak of more than there is. */
  @Test
  void statementsOfOursDoNotReserveSpace() {
    long many = 0xffff_fff0L;
    List<WasmBytes> lies =
        List.of(
            WasmBytes.empty().custom("wasmortem.memory", WasmBytes.of(0).u(many)),
            WasmBytes.empty().custom("wasmortem.memory", WasmBytes.of(0, 1, 2).u(many)),
            WasmBytes.empty().custom("wasmortem.segments", WasmBytes.of(0, 4).u(many).u(many)),
            WasmBytes.empty().custom("wasmortem.segments", WasmBytes.of(0, 7, 1, 1).u(many)),
            WasmBytes.empty().custom("wasmortem.data", WasmBytes.of(0, 0).u(many)),
            WasmBytes.empty().custom("wasmortem.data", WasmBytes.of(9)));
    for (WasmBytes lie : lies) {
      byte[] dump =
          WasmBytes.module()
              .add(DumpBytes.core(""))
              .add(lie)
              .memories(WasmBytes.memory(1))
              .data(WasmBytes.segment(0, new byte[] {1}))
              .toByteArray();
      assertTrue(HeapUse.allocated(() -> Everything.salvage(ByteSource.of("lie", dump))) < 1 << 20);
    }
  }

  /** An index that cannot be does not end a stack: what is before and behind it is read. */
  @Test
  void insaneIndicesAreReadOver() {
    ByteSource source =
        WasmBytes.module()
            .add(DumpBytes.core(""))
            .add(DumpBytes.coremodules("m"))
            .add(
                DumpBytes.coreinstances(
                    DumpBytes.instance(0xffff_fffeL, List.of(0x8000_0000L, 1L), List.of())))
            .add(
                DumpBytes.corestack(
                    "main",
                    DumpBytes.frame(0, 1, 2, List.of(DumpBytes.i32(70_000)), List.of()),
                    DumpBytes.frame(0xffff_ffffL, 0x8000_0001L, 0x9000_0000L),
                    DumpBytes.frame(0, 3, 4)))
            .source("d.core");
    assertThrows(FormatException.class, () -> Coredump.read(source).threads());
    Coredump salvaged = Coredump.salvage(source, Diagnostic.Sink.IGNORE);
    assertEquals(
        List.of(
            new Frame(0, 1, new BodyOffset(2), List.of(new Value.I32(70_000)), List.of()),
            Dumps.frame(Integer.MAX_VALUE, Integer.MAX_VALUE, 0),
            Dumps.frame(0, 3, 4)),
        salvaged.threads().get(0).frames());
    assertEquals(
        List.of(
            new CoreInstance(Integer.MAX_VALUE, List.of(CoreInstance.NOT_DUMPED, 1), List.of())),
        salvaged.instances());
    assertEquals(
        List.of("index-insane", "index-insane", "stack-damaged"),
        salvaged.diagnostics().stream().map(Diagnostic::code).toList());
  }

  /** One stack is damaged early; the other tells the dialect, and both give what is whole. */
  @Test
  void aDamagedStackDoesNotChangeTheDialect() {
    WasmBytes good =
        DumpBytes.frameCountsFirst(
            0, 7, 9, List.of(DumpBytes.i32Fixed(5)), List.of(DumpBytes.i64Fixed(1)));
    ByteSource source =
        WasmBytes.module()
            .add(DumpBytes.corestack("bad", good, WasmBytes.of(0x55), good))
            .add(DumpBytes.corestack("good", good, good))
            .source("d.core");
    Coredump dump = Coredump.salvage(source, Diagnostic.Sink.IGNORE);
    assertEquals("fixed-integers+counts-first", dump.dialect().name());
    assertEquals(1, dump.threads().get(0).frames().size());
    assertEquals(2, dump.threads().get(1).frames().size());
  }

  @Test
  void findingsOfOneKindAreNotListedForever() {
    WasmBytes segments = WasmBytes.empty().u(5000);
    for (int i = 0; i < 5000; i++) {
      segments.add(WasmBytes.segment(70_000 + i, new byte[] {1}));
    }
    byte[] dump =
        WasmBytes.module()
            .add(DumpBytes.core(""))
            .memories(WasmBytes.memory(1))
            .section(11, segments)
            .toByteArray();
    Coredump read = Dumps.read(dump);
    assertEquals(
        List.of(new MemoryRange(new MemoryAddress(0), 65536, MemoryState.UNSPECIFIED)),
        read.memories().get(0).ranges());
    List<String> found =
        read.diagnostics().stream()
            .filter(d -> d.code().equals("segment-out-of-bounds"))
            .map(Diagnostic::message)
            .toList();
    assertEquals(100, found.size());
    assertEquals(
        "segment 99 ends beyond memory 0 (more of this kind are not listed)", found.get(99));
  }

  @Test
  void namesAreNoTerminalControls() {
    WasmBytes dump =
        WasmBytes.module().custom("corestack", WasmBytes.of(0x1b).name("\u001b[31m").u(0));
    FormatException error =
        assertThrows(
            FormatException.class, () -> Coredump.read(dump.source("\u001b]0;x")).threads());
    assertTrue(error.getMessage().chars().allMatch(c -> c >= 0x20 && c < 0x7f));
  }
}
