package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.testkit.CorpusDump;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the bytes of memories are worth, and why. */
final class MemoryStatesTest {
  private static final String ZERO =
      "Wasmtime wrote the dump, which leaves out zeros only: every segment lies within one of its"
          + " chunks of 4096 bytes";

  /** Two memories as Wasmtime writes them; the second segment of the first ends its chunk. */
  private static WasmBytes wasmtime(byte[] first, int secondAddress) {
    return WasmBytes.module()
        .add(DumpBytes.core("a.wasm"))
        .memories(WasmBytes.memory(1), WasmBytes.memory(1))
        .globals()
        .data(
            WasmBytes.segment(16, first),
            WasmBytes.segment(secondAddress, Dumps.ascii("two")),
            WasmBytes.segment(1, 5000, Dumps.ascii("three")));
  }

  private static WasmBytes withStack(WasmBytes dump) {
    return dump.add(DumpBytes.coremodules("a"))
        .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(0L, 1L), List.of())))
        .add(DumpBytes.corestack("main", DumpBytes.frame(0, 1, 2)));
  }

  private static String states(CoreMemory memory) {
    StringBuilder text = new StringBuilder();
    for (MemoryRange range : memory.ranges()) {
      text.append(range.start().value()).append('+').append(range.length());
      text.append(' ').append(range.state()).append(", ");
    }
    return text.substring(0, text.length() - 2);
  }

  private static Coredump salvaged(byte[] bytes) {
    return Coredump.salvage(ByteSource.of("cut", bytes), Diagnostic.Sink.IGNORE);
  }

  @Test
  void whatWasmtimeLeavesOutIsZero() {
    Coredump dump = Coredump.read(withStack(wasmtime(Dumps.ascii("one"), 8189)).source("a.core"));
    assertEquals(Producer.WASMTIME, dump.dialect().producer());
    CoreMemory memory = dump.memories().get(0);
    assertEquals(
        "0+16 KNOWN_ZERO, 16+3 CAPTURED, 19+8170 KNOWN_ZERO, 8189+3 CAPTURED,"
            + " 8192+57344 KNOWN_ZERO",
        states(memory));
    assertEquals(ZERO, memory.reason(new MemoryAddress(0)));
    assertEquals("a segment holds these bytes", memory.reason(new MemoryAddress(16)));
    assertEquals("the memory ends before", memory.reason(new MemoryAddress(65536)));
    assertEquals(6, memory.bytesIn(MemoryState.CAPTURED));
    assertEquals(65530, memory.bytesIn(MemoryState.KNOWN_ZERO));
  }

  /** Its segments never cross the border of a chunk, and there is one in each. */
  @Test
  void segmentsThatWasmtimeDoesNotWrite() {
    for (int address : new int[] {8190, 20}) {
      CoreMemory memory =
          Coredump.read(withStack(wasmtime(Dumps.ascii("one"), address)).source("a.core"))
              .memories()
              .get(0);
      assertEquals(0, memory.bytesIn(MemoryState.KNOWN_ZERO));
      assertEquals(65530, memory.bytesIn(MemoryState.UNSPECIFIED));
    }
  }

  /** Segments ascend: what stands before the last one that is there is known. */
  @Test
  void aDumpOfWasmtimesThatIsCutOff() {
    byte[] whole = wasmtime(Dumps.ascii("one"), 8189).toByteArray();
    Coredump dump = salvaged(Arrays.copyOf(whole, whole.length - 2));
    assertTrue(dump.isTruncated());
    assertEquals(Producer.WASMTIME, dump.dialect().producer());
    assertEquals(0, dump.memories().get(0).bytesIn(MemoryState.TRUNCATED));
    CoreMemory second = dump.memories().get(1);
    assertEquals("0+5000 KNOWN_ZERO, 5000+3 CAPTURED, 5003+60533 TRUNCATED", states(second));
    assertEquals(
        "a segment holds these bytes in the part of the file that is cut off",
        second.reason(new MemoryAddress(5003)));
    assertEquals(
        "segments may stand in the part of the file that is cut off",
        second.reason(new MemoryAddress(5005)));

    // Cut behind the Data section nothing of the memories is missing.
    byte[] stack = withStack(wasmtime(Dumps.ascii("one"), 8189)).toByteArray();
    Coredump whole2 = salvaged(Arrays.copyOf(stack, whole.length + 5));
    assertTrue(whole2.isTruncated());
    assertEquals(0, whole2.memories().get(1).bytesIn(MemoryState.TRUNCATED));
    assertEquals(65531, whole2.memories().get(1).bytesIn(MemoryState.KNOWN_ZERO));
  }

  /** Wasmtime leaves out what does not fill a chunk, which only small pages make possible. */
  @Test
  void theRestOfAMemoryThatIsNoWholeChunk() {
    WasmBytes pagesOfOneByte = WasmBytes.of(0x08).u(5000).u(0);
    Coredump dump =
        Coredump.read(
            withStack(
                    WasmBytes.module()
                        .add(DumpBytes.core("a.wasm"))
                        .memories(pagesOfOneByte, WasmBytes.memory(0))
                        .globals()
                        .data())
                .source("a.core"));
    assertEquals("0+4096 KNOWN_ZERO, 4096+904 NOT_CAPTURED", states(dump.memories().get(0)));
    assertEquals(
        "Wasmtime writes whole chunks of 4096 bytes only",
        dump.memories().get(0).reason(new MemoryAddress(4999)));
    assertEquals(0, dump.memories().get(1).size());
  }

  @Test
  void genuineDumpsHaveNothingUnspecified() throws IOException {
    for (CorpusDump corpus : Shared.wasmtimeDumps()) {
      try (ByteSource file = ByteSource.open(corpus.core())) {
        for (CoreMemory memory : Coredump.read(file).memories()) {
          long captured = memory.bytesIn(MemoryState.CAPTURED);
          assertEquals(memory.size(), captured + memory.bytesIn(MemoryState.KNOWN_ZERO));
        }
      }
    }
  }

  @Test
  void theRewritersDumpLiesOverTheMemory() throws IOException {
    try (ByteSource file = ByteSource.open(Shared.corpus("dumps/xtuc/c-k3-O0.core"))) {
      CoreMemory memory = Coredump.read(file).memories().get(0);
      assertEquals("0+553 NOT_CAPTURED, 553+130519 CAPTURED", states(memory));
      assertEquals(
          "the program wrote the dump over these bytes of its own memory",
          memory.reason(new MemoryAddress(552)));
    }
  }

  @Test
  void wasmEdgeWritesNoMemory() {
    CoreMemory memory =
        Coredump.read(ProducerTest.wasmEdge().source("edge.core")).memories().get(0);
    assertEquals("0+131072 NOT_CAPTURED", states(memory));
    assertEquals("WasmEdge writes nothing of the memories", memory.reason(new MemoryAddress(7)));
  }

  /** By hand from docs/FORMAT.md: rest, then ranges as gap, length, state. */
  private static WasmBytes said(int rest, int... ranges) {
    WasmBytes memory = WasmBytes.of(rest).u(ranges.length / 3);
    for (int range : ranges) {
      memory.u(range);
    }
    return WasmBytes.empty().custom("wasmortem.memory", WasmBytes.of(0x00).u(1).add(memory));
  }

  private static CoreMemory memory(WasmBytes said, WasmBytes... segments) {
    return Coredump.read(
            WasmBytes.module()
                .add(DumpBytes.core("m"))
                .add(said)
                .memories(WasmBytes.memory(1))
                .data(segments)
                .source("m.core"))
        .memories()
        .get(0);
  }

  @Test
  void aDumpSaysByItselfWhatItsGapsAre() {
    WasmBytes segment = WasmBytes.segment(100, Dumps.ascii("0123456789"));
    CoreMemory memory = memory(said(0x02), segment);
    assertEquals("0+100 KNOWN_ZERO, 100+10 CAPTURED, 110+65426 KNOWN_ZERO", states(memory));
    assertEquals(
        "the dump's section wasmortem.memory says so", memory.reason(new MemoryAddress(0)));
    assertEquals("0+100 NOT_CAPTURED", states(memory(said(0x03), segment)).split(",", 2)[0]);
    assertEquals("0+100 UNSPECIFIED", states(memory(said(0x00), segment)).split(",", 2)[0]);
    assertEquals("0+100 UNSPECIFIED", states(memory(said(0x01), segment)).split(",", 2)[0]);
  }

  /** Redacted bytes stand in the dump; a range that is said to be captured and is not, does not. */
  @Test
  void rangesThatADumpSpeaksOf() {
    WasmBytes segment = WasmBytes.segment(100, Dumps.ascii("0123456789"));
    CoreMemory memory =
        memory(said(0x02, 50, 10, 0x03, 44, 2, 0x04, 50, 8, 0x01, 36, 4, 0x04), segment);
    assertEquals(
        "0+50 KNOWN_ZERO, 50+10 NOT_CAPTURED, 60+40 KNOWN_ZERO, 100+4 CAPTURED, 104+2 REDACTED,"
            + " 106+4 CAPTURED, 110+46 KNOWN_ZERO, 156+8 UNSPECIFIED, 164+36 KNOWN_ZERO,"
            + " 200+4 REDACTED, 204+65332 KNOWN_ZERO",
        states(memory));
    byte[] bytes = new byte[10];
    assertEquals(
        List.of(
            new MemoryRange(new MemoryAddress(98), 2, MemoryState.KNOWN_ZERO),
            new MemoryRange(new MemoryAddress(100), 4, MemoryState.CAPTURED),
            new MemoryRange(new MemoryAddress(104), 2, MemoryState.REDACTED),
            new MemoryRange(new MemoryAddress(106), 2, MemoryState.CAPTURED)),
        memory.read(new MemoryAddress(98), bytes, 0, 10));
    assertEquals("\0\00001234567", new String(bytes, StandardCharsets.US_ASCII));
    assertEquals(
        "the dump's section wasmortem.memory says that these bytes are in it; they are not",
        memory.reason(new MemoryAddress(156)));
  }

  /** What is redacted and not known is redacted, and its bytes are written. */
  @Test
  void aRangeInTwoStatesIsInOne() {
    byte[] bytes = new byte[65536];
    Arrays.fill(bytes, 10, 110, (byte) 'x');
    CoredumpWriter writer = new CoredumpWriter();
    writer.addMemory(
        Dumps.pages(1),
        Dumps.memory(bytes),
        MemorySelection.all()
            .states(
                List.of(
                    new MemoryRange(new MemoryAddress(10), 100, MemoryState.REDACTED),
                    new MemoryRange(new MemoryAddress(50), 4, MemoryState.UNSPECIFIED))));
    byte[] file = Dumps.written(writer);
    Coredump dump = Dumps.read(file);
    CoreMemory memory = dump.memories().get(0);
    assertEquals("0+10 KNOWN_ZERO, 10+100 REDACTED, 110+65426 KNOWN_ZERO", states(memory));
    byte[] read = new byte[65536];
    memory.read(new MemoryAddress(0), read, 0, read.length);
    assertArrayEquals(bytes, read);
    assertArrayEquals(file, Dumps.written(CoredumpWriter.copyOf(dump, WriterOptions.DEFAULT)));
  }

  /** What lies in a range is in its state, whatever segments cover it; but bytes are no zeros. */
  @Test
  void rangesCountMoreThanSegments() {
    CoreMemory memory =
        memory(
            said(0x02, 0, 4, 0x03, 4, 4, 0x00, 0, 4, 0x04, 0, 4, 0x01, 0, 4, 0x02),
            WasmBytes.segment(0, Dumps.ascii("SECRETSECRETSECRETSECRET")));
    assertEquals(
        "0+4 NOT_CAPTURED, 4+4 CAPTURED, 8+4 UNSPECIFIED, 12+4 REDACTED, 16+8 CAPTURED,"
            + " 24+65512 KNOWN_ZERO",
        states(memory));
    byte[] bytes = new byte[24];
    memory.read(new MemoryAddress(0), bytes, 0, 24);
    assertEquals("SECRETSECRETSECRETSECRET", new String(bytes, StandardCharsets.US_ASCII));
  }

  @Test
  void rangesBeyondTheMemoryChangeNothing() {
    CoreMemory memory =
        memory(said(0x02, 65530, 100, 0x03, 1 << 30, 5, 0x04), WasmBytes.segment(0, new byte[1]));
    assertEquals("0+1 CAPTURED, 1+65529 KNOWN_ZERO, 65530+6 NOT_CAPTURED", states(memory));
  }

  /** Without a minimum a memory is as large as its segments need, with a maximum or without. */
  @Test
  void aMemoryOfNoSizeThatHasSegments() {
    for (WasmBytes type :
        List.of(WasmBytes.memory(0), WasmBytes.memory(0, 3), WasmBytes.of(0x04, 0x00))) {
      Coredump dump =
          Coredump.read(
              WasmBytes.module()
                  .add(DumpBytes.core("m"))
                  .memories(type)
                  .data(
                      WasmBytes.segment(16, Dumps.ascii("hello")),
                      WasmBytes.segment(70_000, Dumps.ascii("x")))
                  .source("m.core"));
      assertEquals(
          "0+16 UNSPECIFIED, 16+5 CAPTURED, 21+69979 UNSPECIFIED, 70000+1 CAPTURED,"
              + " 70001+61071 UNSPECIFIED",
          states(dump.memories().get(0)));
      byte[] copy = Dumps.written(CoredumpWriter.copyOf(dump, WriterOptions.DEFAULT));
      CoreMemory copied = Dumps.read(copy).memories().get(0);
      assertEquals(dump.memories().get(0).ranges(), copied.ranges());
      assertEquals(2, copied.type().limits().min());
    }
  }

  /** Pages of 2⁶³ bytes, which are not valid: one is all that can be told of. */
  @Test
  void aPageThatIsLargerThanAnyMemory() {
    for (int min : new int[] {0, 1}) {
      CoreMemory memory =
          Dumps.read(
                  Dumps.written(
                      CoredumpWriter.copyOf(
                          Coredump.read(
                              WasmBytes.module()
                                  .add(DumpBytes.core("m"))
                                  .memories(WasmBytes.of(0x08, min, 63))
                                  .data(WasmBytes.segment(16, Dumps.ascii("hello")))
                                  .source("m.core")),
                          WriterOptions.DEFAULT)))
              .memories()
              .get(0);
      assertEquals(Long.MAX_VALUE, memory.size());
      assertEquals(1, memory.type().limits().min());
      assertEquals(5, memory.bytesIn(MemoryState.CAPTURED));
    }
  }

  /** The last byte that a 32-bit memory can have, and the first that it cannot. */
  @Test
  void aMemoryOfNoSizeEndsWithTheAddresses() {
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .add(DumpBytes.core("m"))
                .memories(WasmBytes.memory(0))
                .data(WasmBytes.segment(-2, Dumps.ascii("last")))
                .source("m.core"));
    assertEquals(1L << 32, dump.memories().get(0).size());
    assertEquals(2, dump.memories().get(0).bytesIn(MemoryState.CAPTURED));
  }

  /** A Data section of two segments, with an index by hand; headers take five bytes. */
  private static WasmBytes indexed(long size, int firstSkip, int secondGap) {
    WasmBytes index =
        WasmBytes.of(0x00).u(size).u(2).u(1).u(2).u(16).u(3).u(firstSkip).u(secondGap).u(4).u(5);
    return WasmBytes.module()
        .add(DumpBytes.core("m"))
        .add(said(0x02))
        .custom("wasmortem.segments", index)
        .memories(WasmBytes.memory(1))
        .data(
            WasmBytes.segment(16, Dumps.ascii("one")), WasmBytes.segment(60, Dumps.ascii("four")));
  }

  @Test
  void theDumpsOwnIndexIsUsed() {
    // The count, then 00 41 10 0b 03 "one", 00 41 3c 0b 04 "four".
    WasmBytes whole = indexed(18, 6, 41);
    Coredump dump = Coredump.read(whole.source("m.core"));
    String states =
        "0+16 KNOWN_ZERO, 16+3 CAPTURED, 19+41 KNOWN_ZERO, 60+4 CAPTURED, 64+65472 KNOWN_ZERO";
    assertEquals(states, states(dump.memories().get(0)));
    byte[] bytes = new byte[4];
    dump.memories().get(0).read(new MemoryAddress(60), bytes, 0, 4);
    assertEquals("four", new String(bytes, StandardCharsets.US_ASCII));
    assertTrue(dump.diagnostics().stream().noneMatch(d -> d.code().startsWith("segment")));

    // What it tells of the part that is cut off is truncated, the rest is still known.
    Coredump cut = salvaged(Arrays.copyOf(whole.toByteArray(), whole.size() - 2));
    assertEquals(
        "0+16 KNOWN_ZERO, 16+3 CAPTURED, 19+41 KNOWN_ZERO, 60+2 CAPTURED, 62+2 TRUNCATED,"
            + " 64+65472 KNOWN_ZERO",
        states(cut.memories().get(0)));
    Coredump early = salvaged(Arrays.copyOf(whole.toByteArray(), whole.size() - 10));
    assertEquals(
        "0+16 KNOWN_ZERO, 16+2 CAPTURED, 18+1 TRUNCATED, 19+41 KNOWN_ZERO, 60+4 TRUNCATED,"
            + " 64+65472 KNOWN_ZERO",
        states(early.memories().get(0)));
  }

  @Test
  void anIndexThatLiesIsNotBelieved() {
    for (WasmBytes lie : List.of(indexed(19, 6, 41), indexed(18, 5, 41), indexed(18, 6, 40))) {
      Coredump dump = Coredump.read(lie.source("m.core"));
      assertEquals(
          "0+16 KNOWN_ZERO, 16+3 CAPTURED, 19+41 KNOWN_ZERO, 60+4 CAPTURED, 64+65472 KNOWN_ZERO",
          states(dump.memories().get(0)));
      assertTrue(
          dump.diagnostics().stream().anyMatch(d -> d.code().equals("segment-index-ignored")));
    }
  }

  /** The index has a list for a second memory, which there is not. */
  @Test
  void anIndexOfOtherMemoriesIsNotBelieved() {
    WasmBytes index = WasmBytes.of(0x00, 18, 2, 2, 1, 16, 3, 6, 1, 60, 4, 5);
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .add(DumpBytes.core("m"))
                .custom("wasmortem.segments", index)
                .memories(WasmBytes.memory(1))
                .data(
                    WasmBytes.segment(16, Dumps.ascii("one")),
                    WasmBytes.segment(60, Dumps.ascii("four")))
                .source("m.core"));
    assertEquals(7, dump.memories().get(0).bytesIn(MemoryState.CAPTURED));
    assertEquals(
        "the index tells of segments of memory 1 of 1",
        dump.diagnostics().stream()
            .filter(d -> d.code().equals("segment-index-ignored"))
            .findFirst()
            .orElseThrow()
            .message());
  }

  @Test
  void segmentsGoOnInSectionsOfOurs() {
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .add(DumpBytes.core("m"))
                .memories(WasmBytes.memory(1), WasmBytes.memory(1))
                .data(WasmBytes.segment(0, Dumps.ascii("abcdef")))
                .custom(
                    "wasmortem.data",
                    WasmBytes.of(0, 0).vec(WasmBytes.segment(1, 8, Dumps.ascii("more"))))
                .custom(
                    "wasmortem.data",
                    WasmBytes.of(0, 1).vec(WasmBytes.segment(2, Dumps.ascii("XY"))))
                .source("m.core"));
    byte[] bytes = new byte[6];
    dump.memories().get(0).read(new MemoryAddress(0), bytes, 0, 6);
    assertEquals("abXYef", new String(bytes, StandardCharsets.US_ASCII));
    assertEquals(
        "0+8 UNSPECIFIED, 8+4 CAPTURED, 12+65524 UNSPECIFIED", states(dump.memories().get(1)));
  }

  /** Against an array into which the segments are copied one after the other. */
  @Test
  void overlapsAgainstCopying() {
    Random random = new Random(4);
    for (int round = 0; round < 300; round++) {
      int size = 1 + random.nextInt(400);
      int[] expected = new int[65536];
      Arrays.fill(expected, -1);
      WasmBytes[] segments = new WasmBytes[random.nextInt(40)];
      for (int i = 0; i < segments.length; i++) {
        byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 8 : 100)];
        random.nextBytes(bytes);
        int address = random.nextInt(size);
        segments[i] = WasmBytes.segment(address, bytes);
        for (int j = 0; j < bytes.length; j++) {
          expected[address + j] = bytes[j] & 0xff;
        }
      }
      byte[] read = new byte[600];
      int at = 0;
      for (MemoryRange range :
          memory(said(0x02), segments).read(new MemoryAddress(0), read, 0, read.length)) {
        for (long i = 0; i < range.length(); i++, at++) {
          assertEquals(expected[at] >= 0, range.state() == MemoryState.CAPTURED, "byte " + at);
          assertEquals(Math.max(0, expected[at]), read[at] & 0xff, "byte " + at);
        }
      }
      assertEquals(read.length, at);
    }
  }

  /** Islands in a sea of zeros: a hundred or so, so that our writer adds an index. */
  private static byte[] islands(int size) {
    Random random = new Random(11);
    byte[] memory = new byte[size];
    for (int at = 40; at + 30 < size; at += 30 + random.nextInt(900)) {
      for (int i = 0; i < 1 + random.nextInt(20); i++) {
        memory[at + i] = (byte) (1 + random.nextInt(255));
      }
    }
    return memory;
  }

  /** What is called captured is what it was, what is called zero was zero; wherever it is cut. */
  private static void checkCuts(byte[] dump, byte[] memory) {
    byte[] read = new byte[memory.length];
    int told = 0;
    for (int cut = dump.length; cut > 16; cut -= 1 + cut % 37) {
      Coredump salvaged = salvaged(Arrays.copyOf(dump, cut));
      if (salvaged.memories().isEmpty()) {
        break;
      }
      int at = 0;
      for (MemoryRange range :
          salvaged.memories().get(0).read(new MemoryAddress(0), read, 0, read.length)) {
        boolean captured = range.state() == MemoryState.CAPTURED;
        if (captured || range.state() == MemoryState.KNOWN_ZERO) {
          int end = at + (int) range.length();
          byte[] expected = Arrays.copyOfRange(memory, at, end);
          assertArrayEquals(
              captured ? expected : new byte[end - at], expected, range + " cut at " + cut);
          told += end - at;
        }
        at += (int) range.length();
      }
      assertArrayEquals(
          cut == dump.length ? memory : read, read, "the whole dump tells the whole memory");
    }
    assertTrue(told > memory.length, "something is told of dumps that are cut off, too");
  }

  @Test
  void ourDumpsTellTheTruthWhereverTheyAreCut() {
    byte[] memory = islands(65536);
    CoredumpWriter writer = new CoredumpWriter().executableName("cut");
    int module = writer.addModule(new CoreModule("m"));
    int index = writer.addMemory(Dumps.pages(1), Dumps.memory(memory));
    writer.addInstance(new CoreInstance(module, List.of(index), List.of()));
    writer.addThread(new CoreThread("main", List.of(Dumps.frame(0, 1, 2))));
    byte[] dump = Dumps.written(writer);
    assertEquals(
        1, Dumps.read(dump).binary().customSections("wasmortem.segments").size(), "an index");
    checkCuts(dump, memory);
  }

  /** Trimmed chunks of 4096 bytes, as {@code coredump.rs} makes them. */
  @Test
  void wasmtimesDumpsTellTheTruthWhereverTheyAreCut() {
    byte[] memory = islands(65536);
    Arrays.fill(memory, 8192, 20480, (byte) 0);
    WasmBytes[] segments = new WasmBytes[16];
    int count = 0;
    for (int chunk = 0; chunk < 65536; chunk += 4096) {
      int start = chunk;
      int end = chunk + 4096;
      while (start < end && memory[start] == 0) {
        start++;
      }
      while (end > start && memory[end - 1] == 0) {
        end--;
      }
      if (start < end) {
        segments[count++] = WasmBytes.segment(start, Arrays.copyOfRange(memory, start, end));
      }
    }
    byte[] dump =
        WasmBytes.module()
            .add(DumpBytes.core("a.wasm"))
            .memories(WasmBytes.memory(1))
            .globals()
            .data(Arrays.copyOf(segments, count))
            .add(DumpBytes.coremodules("a"))
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(0L), List.of())))
            .add(DumpBytes.corestack("main", DumpBytes.frame(0, 1, 2)))
            .toByteArray();
    assertEquals(Producer.WASMTIME, Dumps.read(dump).dialect().producer());
    checkCuts(dump, memory);
  }
}
