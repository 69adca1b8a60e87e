package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.lint.Lint;
import dev.wasmortem.testkit.ConventionReader;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.HeapUse;
import dev.wasmortem.testkit.Mutations;
import dev.wasmortem.testkit.WasmBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our sections: against bytes by hand, cut, flipped, inflated, and of later versions. */
final class EverySectionTest {
  @Test
  void writesTheBytesOfTheHandWrittenDump() {
    assertArrayEquals(EverySection.bytes().toByteArray(), Dumps.written(EverySection.writer()));
  }

  @Test
  void readsWhatWasGivenToTheWriter() {
    Coredump dump = Dumps.read(EverySection.bytes().toByteArray());
    Trap trap = dump.trap().orElseThrow();
    assertEquals(0, trap.frame());
    assertEquals(new MemoryAddress(65536), trap.memoryFault().orElseThrow().address());
    assertEquals(List.of(new Value.I32(65536)), trap.operands());
    assertEquals("Trap", trap.exceptions().get(0).className());
    assertEquals(Optional.of(List.of("b", "-v")), dump.process().orElseThrow().arguments());
    assertEquals("c0ffee", dump.modules().get(0).identity().buildId().orElseThrow().hex());
    assertEquals(ModuleIdentity.UNKNOWN, dump.modules().get(1).identity());
    assertEquals(8, dump.moduleBytes(0).orElseThrow().size());
    assertTrue(dump.moduleBytes(1).isEmpty());
    assertEquals(List.of(CoreInstance.NOT_DUMPED, 0), dump.instances().get(1).tables());
    assertEquals(Value.Kind.FUNC_REF, dump.tables().get(0).element(1).kind());
    assertEquals(Value.MISSING, dump.tables().get(0).element(4));
    assertEquals(4, dump.tables().get(0).captured());
    assertEquals(2, dump.threads().get(0).hostFrames().get(1).position());
    assertEquals(Value.Kind.V128, dump.threads().get(0).frames().get(0).locals().get(1).kind());
    assertEquals(Value.Kind.OPAQUE_REF, dump.globals().get(1).value().kind());
    assertEquals(Region.Kind.STACK, dump.regions().get(1).kind());
    assertEquals(
        List.of(MemoryState.REDACTED, MemoryState.CAPTURED),
        dump.memories().get(0).ranges().stream()
            .map(MemoryRange::state)
            .filter(state -> state != MemoryState.KNOWN_ZERO)
            .toList());
    assertEquals(List.of(), dump.diagnostics());
  }

  /** Others see the convention's part, whole. */
  @Test
  void othersSkipIt() {
    ConventionReader.Dump dump = ConventionReader.read(EverySection.bytes().toByteArray());
    assertEquals(List.of("A", "B"), dump.modules());
    assertEquals(2, dump.threads().get(0).frames().size());
    assertEquals("null:0x6f", dump.globals().get(1).value());
    assertEquals(11, dump.memories().get(2).captured());
  }

  @Test
  void aCopyIsTheSame() {
    byte[] bytes = EverySection.bytes().toByteArray();
    CoredumpWriter copy = CoredumpWriter.copyOf(Dumps.read(bytes), WriterOptions.DEFAULT);
    assertArrayEquals(bytes, Dumps.written(copy));
  }

  @Test
  void everyCutAndFlip() {
    byte[] dump = EverySection.bytes().toByteArray();
    Mutations.check(dump, Everything::readStrictly);
    Mutations.check(dump, Everything::salvage);
  }

  /** Whatever becomes of one of our sections, the convention's part stays what it is. */
  @Test
  void damageInOurSectionsTouchesNothingElse() {
    byte[] whole = EverySection.bytes().toByteArray();
    Coredump good = Dumps.read(whole);
    List<Frame> frames = good.threads().get(0).frames();
    good.binary().sections().stream()
        .filter(section -> section.name().startsWith("wasmortem."))
        .forEach(
            section -> {
              int start = (int) section.payload().origin().value();
              for (int at = start; at < start + section.payload().size(); at++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) 0xff;
                Coredump dump =
                    Coredump.salvage(ByteSource.of("d", damaged), Diagnostic.Sink.IGNORE);
                Everything.read(dump);
                assertEquals(good.modules().size(), dump.modules().size());
                assertEquals(2, dump.threads().get(0).frames().size());
                assertEquals(frames.get(1), dump.threads().get(0).frames().get(1));
                assertEquals(good.globals().get(0), dump.globals().get(0));
                byte[] read = new byte[11];
                dump.memories().get(0).read(new MemoryAddress(16), read, 0, 11);
                assertArrayEquals(Dumps.ascii("****** of A"), read);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("dev.wasmortem.coredump.EverySection#sections")
  void aVersionOfLaterDaysIsSkippedAndReported(String section) {
    byte[] dump =
        WasmBytes.module()
            .add(DumpBytes.core("x"))
            .custom("wasmortem." + section, WasmBytes.of(1, 0xff, 0xff))
            .memories(WasmBytes.memory(1))
            .data(WasmBytes.segment(1, new byte[] {5}))
            .toByteArray();
    List<Diagnostic> found = new ArrayList<>();
    Coredump read = Coredump.salvage(ByteSource.of("later", dump), found::add);
    Everything.read(read);
    assertTrue(
        found.stream()
            .anyMatch(d -> d.message().contains("version 1 of wasmortem." + section + " is")),
        found::toString);
    byte[] one = new byte[1];
    read.memories().get(0).read(new MemoryAddress(1), one, 0, 1);
    assertEquals(5, one[0]);
  }

  /** A few bytes that ask for billions. */
  @ParameterizedTest
  @ValueSource(
      strings = {"modules", "notes", "values", "host-frames", "tables", "regions", "memory"})
  void countsReserveNothing(String section) {
    byte[] dump =
        WasmBytes.module()
            .add(DumpBytes.core("x"))
            .custom("wasmortem." + section, WasmBytes.of(0).u(0xffff_fff0L).fill(50, 0))
            .memories(WasmBytes.memory(1))
            .toByteArray();
    assertThrows(FormatException.class, () -> Everything.readStrictly(ByteSource.of("many", dump)));
    assertTrue(HeapUse.allocated(() -> Everything.salvage(ByteSource.of("many", dump))) < 1 << 20);
  }

  private static Coredump withModule(long size, byte[] packed) {
    return Coredump.salvage(
        WasmBytes.module()
            .add(DumpBytes.core("x"))
            .add(DumpBytes.coremodules("m"))
            .custom("wasmortem.module-bytes", WasmBytes.of(0, 0, 1).u(size).raw(packed))
            .source("packed"),
        Diagnostic.Sink.IGNORE);
  }

  private static byte[] deflated(int zeros) {
    Deflater deflater = new Deflater();
    deflater.setInput(new byte[zeros]);
    deflater.finish();
    byte[] out = new byte[zeros / 500 + 100];
    byte[] packed = Arrays.copyOf(out, deflater.deflate(out));
    deflater.end();
    return packed;
  }

  /** Of modules that expand to too much together the first is given; lint holds none. */
  @Test
  void modulesTogetherAreCapped() {
    long each = 140 << 20;
    WasmBytes packed = WasmBytes.empty().raw(deflated((int) each));
    byte[] dump =
        WasmBytes.module()
            .add(DumpBytes.core("x"))
            .add(DumpBytes.coremodules("m", "n", "o"))
            .custom("wasmortem.module-bytes", WasmBytes.of(0, 0, 1).u(each).add(packed))
            .custom("wasmortem.module-bytes", WasmBytes.of(0, 1, 1).u(each).add(packed))
            .custom("wasmortem.module-bytes", WasmBytes.of(0, 2, 0).u(1).bytes(0))
            .toByteArray();
    List<Diagnostic> found = new ArrayList<>();
    Coredump read = Coredump.salvage(ByteSource.of("bomb", dump), found::add);
    assertEquals(Optional.empty(), read.moduleBytes(1));
    assertEquals(1, read.moduleBytes(2).orElseThrow().size());
    assertEquals(List.of("module-bytes-ignored"), found.stream().map(Diagnostic::code).toList());
    assertTrue(found.get(0).message().contains("-m"), found::toString);
    assertEquals(each, read.moduleBytes(0).orElseThrow().size());
    assertTrue(
        HeapUse.allocated(() -> Lint.check(ByteSource.of("bomb", dump), Map.of())) < 4 << 20);
  }

  /** What expands to other than it says, or to too much, is not given. */
  @Test
  void compressedBytesAreCapped() {
    byte[] packed = deflated(1 << 20);
    assertEquals(1 << 20, withModule(1 << 20, packed).moduleBytes(0).orElseThrow().size());
    for (long size : new long[] {0, (1 << 20) - 1, (1 << 20) + 1, 1L << 40, -1}) {
      Coredump dump = withModule(size, packed);
      assertTrue(HeapUse.allocated(() -> assertTrue(dump.moduleBytes(0).isEmpty())) < 8 << 20);
      List<Diagnostic> found = dump.diagnostics();
      assertEquals("module-bytes-damaged", found.get(found.size() - 1).code());
    }
    assertFalse(withModule(9, new byte[0]).moduleBytes(0).isPresent());
    assertFalse(withModule(9, new byte[] {1, 2, 3, 4, 5}).moduleBytes(0).isPresent());
    assertFalse(
        withModule(1 << 20, Arrays.copyOf(packed, packed.length / 2)).moduleBytes(0).isPresent());
  }
}
