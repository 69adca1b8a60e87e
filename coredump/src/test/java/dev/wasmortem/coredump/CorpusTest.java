package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.testkit.ConventionReader;
import dev.wasmortem.testkit.CorpusDump;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmtimeLog;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.code.BodyOffset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The genuine dumps of the corpus, against what their producers said of them. */
final class CorpusTest {
  static List<CorpusDump> wasmtimeDumps() {
    return Shared.wasmtimeDumps();
  }

  @ParameterizedTest
  @MethodSource("wasmtimeDumps")
  void framesAreThoseOfTheLog(CorpusDump corpus) throws IOException {
    try (ByteSource file = ByteSource.open(corpus.core())) {
      Coredump dump = Coredump.read(file);
      assertEquals(1, dump.threads().size());
      assertEquals("main", dump.threads().get(0).name());
      List<String> expected = new ArrayList<>();
      for (WasmtimeLog.Frame frame : corpus.log().frames()) {
        // Wasmtime writes 0 for an offset that it does not know.
        expected.add(frame.function() + "@" + Math.max(0, frame.bodyOffset()));
      }
      List<String> read = new ArrayList<>();
      for (Frame frame : dump.threads().get(0).frames()) {
        read.add(frame.function() + "@" + frame.codeOffset().value());
        assertTrue(frame.locals().isEmpty() && frame.stack().isEmpty());
      }
      assertEquals(expected, read);
      assertEquals("convention", dump.dialect().name());
      assertEquals(Producer.WASMTIME, dump.dialect().producer());
      Everything.read(dump);
      assertEquals(List.of(), dump.diagnostics());
    }
  }

  /** Against the test kit's reader, which shares no code with ours. */
  @ParameterizedTest
  @MethodSource("wasmtimeDumps")
  void anIndependentReaderReadsTheSame(CorpusDump corpus) throws IOException {
    ConventionReader.Dump other = ConventionReader.read(Files.readAllBytes(corpus.core()));
    try (ByteSource file = ByteSource.open(corpus.core())) {
      Coredump dump = Coredump.read(file);
      assertEquals(other.executable(), dump.executableName().orElseThrow());
      assertEquals(other.modules(), dump.modules().stream().map(CoreModule::name).toList());
      assertEquals(
          other.instances(),
          dump.instances().stream()
              .map(
                  instance ->
                      new ConventionReader.Instance(
                          instance.module(),
                          unsigned(instance.memories()),
                          unsigned(instance.globals())))
              .toList());
      assertEquals(other.globals().size(), dump.globals().size());
      for (int i = 0; i < other.globals().size(); i++) {
        if (dump.globals().get(i).value() instanceof Value.I32 i32) {
          assertEquals(other.globals().get(i).value(), "i32:" + i32.value());
        }
      }
      assertEquals(other.memories().size(), dump.memories().size());
      for (CoreMemory memory : dump.memories()) {
        ConventionReader.Memory same = other.memories().get(memory.index());
        int size = (int) memory.size();
        assertEquals(same.pages() * 65536, size);
        byte[] bytes = new byte[size];
        List<MemoryRange> ranges = memory.read(new MemoryAddress(0), bytes, 0, size);
        assertArrayEquals(same.read(0, size), bytes);
        assertEquals(
            same.captured(),
            ranges.stream()
                .filter(range -> range.state() == MemoryState.CAPTURED)
                .mapToLong(MemoryRange::length)
                .sum());
      }
    }
  }

  private static List<Long> unsigned(List<Integer> indices) {
    return indices.stream().map(Integer::toUnsignedLong).toList();
  }

  @ParameterizedTest
  @MethodSource("wasmtimeDumps")
  void aCopyHasTheSameBytesInTheConventionsSections(CorpusDump corpus) throws IOException {
    DumpEdit stacksOnly =
        new DumpEdit() {
          @Override
          public List<MemoryDraft> memories(List<MemoryDraft> memories) {
            return memories.stream()
                .map(m -> new MemoryDraft(m.type(), m.source(), MemorySelection.nothing("a test")))
                .toList();
          }
        };
    try (ByteSource file = ByteSource.open(corpus.core())) {
      Coredump dump = Coredump.read(file);
      byte[] copy = Dumps.written(CoredumpWriter.copyOf(dump, WriterOptions.DEFAULT, stacksOnly));
      for (String name : List.of("core", "coremodules", "coreinstances", "corestack")) {
        assertArrayEquals(payload(dump, name), payload(Dumps.read(copy), name), name);
      }
    }
  }

  private static byte[] payload(Coredump dump, String name) {
    List<Section> sections = dump.binary().customSections(name);
    assertEquals(1, sections.size(), name);
    ByteSource payload = sections.get(0).payload();
    return payload.cursor().bytes((int) payload.size());
  }

  @Test
  void salvagingAWholeDumpGivesTheSame() throws IOException {
    for (CorpusDump corpus : Shared.wasmtimeDumps()) {
      try (ByteSource file = ByteSource.open(corpus.core())) {
        Coredump strict = Coredump.read(file);
        Coredump salvaged = Coredump.salvage(file, d -> assertEquals("nothing", d.toString()));
        assertEquals(strict.threads(), salvaged.threads());
        assertEquals(strict.instances(), salvaged.instances());
        assertEquals(strict.globals(), salvaged.globals());
      }
    }
  }

  @Test
  void globalsAndMemoriesOfTheLocalsDemo() throws IOException {
    try (ByteSource file = ByteSource.open(Shared.corpus("dumps/wasmtime48-twice/locals.core"))) {
      Coredump dump = Coredump.read(file);
      assertEquals(
          List.of(
              new CoreInstance(0, List.of(0), List.of(0, 1, 2, 3)),
              new CoreInstance(0, List.of(1), List.of(4, 5, 6, 7))),
          dump.instances());
      assertEquals(new Value.I32(42), dump.globals().get(0).value());
      assertEquals(new Value.I32(99), dump.globals().get(4).value());
      assertEquals(new Value.I64(-1), dump.globals().get(5).value());
      assertEquals(new Value.F32(0x3fc00000), dump.globals().get(6).value());
      // A NaN with a payload.
      assertEquals(new Value.F64(0x7ff8000000000001L), dump.globals().get(7).value());
      CoreMemory second = dump.memories().get(1);
      assertEquals(2 * 65536, second.size());
      byte[] text = new byte[14];
      List<MemoryRange> ranges = second.read(new MemoryAddress(16), text, 0, 14);
      assertEquals("hello coredump", new String(text, StandardCharsets.US_ASCII));
      assertEquals(
          List.of(new MemoryRange(new MemoryAddress(16), 14, MemoryState.CAPTURED)), ranges);
    }
  }

  @Test
  void vectorsAndReferencesInGlobals() throws IOException {
    try (ByteSource file = ByteSource.open(Shared.corpus("dumps/wasmtime48/wat/refs.core"))) {
      Coredump dump = Coredump.read(file);
      assertEquals(
          "[NULL_REF, NULL_REF, V128]",
          dump.globals().stream().map(global -> global.value().kind()).toList().toString());
      assertEquals(
          new Value.V128(0x0000000200000001L, 0x0000000400000003L), dump.globals().get(2).value());
    }
  }

  /** The values are read off the bytes of the file by hand. */
  @Test
  void rewritersDialect() throws IOException {
    try (ByteSource file = ByteSource.open(Shared.corpus("dumps/xtuc/c-k3-O0.core"))) {
      Coredump dump = Coredump.read(file);
      assertEquals("fixed-integers+counts-first", dump.dialect().name());
      assertEquals(Producer.XTUC_REWRITER, dump.dialect().producer());
      List<Frame> frames = dump.threads().get(0).frames();
      assertEquals(11, frames.size());
      Frame youngest = frames.get(0);
      assertEquals(12, youngest.function());
      assertEquals(new BodyOffset(373), youngest.codeOffset());
      assertEquals(15, youngest.locals().size());
      assertEquals(new Value.I32(0xff30), youngest.locals().get(0));
      assertEquals(new Value.I32(4), youngest.locals().get(1));
      assertEquals(new Value.I32(0xfd90), youngest.locals().get(3));
      assertEquals(new Value.I64(0), frames.get(6).locals().get(12));
      assertEquals(
          new Frame(0, 7, new BodyOffset(2), List.of(new Value.I32(0)), List.of()), frames.get(9));
      assertEquals(new Frame(0, 0x44, new BodyOffset(0), List.of(), List.of()), frames.get(10));
      assertEquals(List.of(new CoreModule("")), dump.modules());
      assertEquals(List.of(new CoreInstance(0, List.of(0), List.of())), dump.instances());
      // The file is the memory itself, with the dump laid over its first bytes.
      CoreMemory memory = dump.memories().get(0);
      assertEquals(
          List.of(
              new MemoryRange(new MemoryAddress(0), 553, MemoryState.NOT_CAPTURED),
              new MemoryRange(new MemoryAddress(553), 131072 - 553, MemoryState.CAPTURED)),
          memory.ranges());
    }
  }

  @Test
  void rewritersDialectWithFloats() throws IOException {
    try (ByteSource file = ByteSource.open(Shared.corpus("dumps/xtuc/cpp-k6-O0.core"))) {
      Coredump dump = Coredump.read(file);
      assertEquals("fixed-integers+counts-first", dump.dialect().name());
      assertEquals(Producer.XTUC_REWRITER, dump.dialect().producer());
      List<Frame> frames = dump.threads().get(0).frames();
      assertEquals(9, frames.size());
      assertEquals(
          new Frame(
              0,
              364,
              new BodyOffset(54),
              List.of(
                  new Value.I32(0xfde4),
                  new Value.I32(5),
                  new Value.I32(0xfdc0),
                  new Value.I32(0xfde4)),
              List.of()),
          frames.get(0));
      assertEquals(Double.doubleToRawLongBits(25.5), 0x4039800000000000L);
      assertEquals(new Value.F64(0x4039800000000000L), frames.get(3).locals().get(11));
    }
  }
}
