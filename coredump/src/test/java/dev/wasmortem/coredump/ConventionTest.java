package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.types.MemoryType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the convention says, on dumps whose bytes are written by hand. */
final class ConventionTest {
  /** The example of the convention's discussion: B.g calls A.f, which traps. */
  @Test
  void linkedModules() {
    Coredump dump = Coredump.read(Dumps.linkedModules().source("linked.core"));

    assertEquals(Optional.of("b.wasm"), dump.executableName());
    assertEquals(List.of(new CoreModule("A"), new CoreModule("B")), dump.modules());
    assertEquals(
        List.of(
            new CoreInstance(0, List.of(0, 1), List.of(0)),
            new CoreInstance(1, List.of(2, 1), List.of(1, 0, CoreInstance.NOT_DUMPED))),
        dump.instances());
    assertEquals(
        List.of(
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
                        List.of(new Value.F64(0x3ff8000000000000L)))))),
        dump.threads());
    assertEquals(
        Optional.of(new Trap(TrapKind.INTEGER_DIVIDE_BY_ZERO, "integer divide by zero", 0)),
        dump.trap());
    assertEquals(List.of(new Note("globals-left-out", "one is missing")), dump.notes());
    assertEquals(new Value.I32(-2), dump.globals().get(0).value());
    assertEquals(new Value.F64(0x7ff8000000000001L), dump.globals().get(1).value());
    assertTrue(dump.dialect().isConvention());
    assertEquals(List.of(), dump.diagnostics());

    // B's memory 1 is A's memory 1: the maps name the same memory of the dump.
    int shared = dump.instances().get(1).memories().get(1);
    assertEquals(dump.instances().get(0).memories().get(1), shared);
    assertEquals("shared", text(dump.memories().get(shared), 0, 6));
    assertEquals("memory of A", text(dump.memories().get(0), 16, 11));
    int own = dump.instances().get(1).memories().get(0);
    assertEquals("memory of B", text(dump.memories().get(own), 65530, 11));
    assertEquals(2 * 65536, dump.memories().get(own).size());
  }

  @Test
  void twoInstancesOfOneModule() {
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .add(
                    DumpBytes.corestack("main", DumpBytes.frame(1, 5, 3), DumpBytes.frame(0, 5, 9)))
                .add(
                    DumpBytes.coreinstances(
                        DumpBytes.instance(0, List.of(0L), List.of(0L)),
                        DumpBytes.instance(0, List.of(1L), List.of(1L))))
                .add(DumpBytes.coremodules("twice"))
                .memories(WasmBytes.memory(1), WasmBytes.memory(1))
                .globals(
                    WasmBytes.global(0x7f, 0, WasmBytes.of(0x41).s(1)),
                    WasmBytes.global(0x7f, 0, WasmBytes.of(0x41).s(2)))
                .data(
                    WasmBytes.segment(0, Dumps.ascii("one")),
                    WasmBytes.segment(1, 0, Dumps.ascii("two")))
                .source("twice.core"));

    Frame youngest = dump.threads().get(0).frames().get(0);
    CoreInstance instance = dump.instances().get(youngest.instance());
    assertEquals(0, instance.module());
    assertEquals("two", text(dump.memories().get(instance.memories().get(0)), 0, 3));
    assertEquals(new Value.I32(2), dump.globals().get(instance.globals().get(0)).value());
    CoreInstance caller = dump.instances().get(dump.threads().get(0).frames().get(1).instance());
    assertEquals("one", text(dump.memories().get(caller.memories().get(0)), 0, 3));
    assertEquals(Optional.empty(), dump.executableName());
  }

  @Test
  void severalThreads() {
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .add(DumpBytes.core("t"))
                .add(DumpBytes.corestack("main", DumpBytes.frame(0, 1, 1)))
                .add(DumpBytes.corestack("worker ü"))
                .add(DumpBytes.corestack("main", DumpBytes.frame(0, 2, 2)))
                .source("threads.core"));
    assertEquals(
        List.of(
            new CoreThread("main", List.of(Dumps.frame(0, 1, 1))),
            new CoreThread("worker ü", List.of()),
            new CoreThread("main", List.of(Dumps.frame(0, 2, 2)))),
        dump.threads());
  }

  @Test
  void laterSegmentsWinAndGapsAreLabelled() {
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .add(DumpBytes.core("m"))
                .memories(WasmBytes.memory(1))
                .data(
                    WasmBytes.segment(10, Dumps.ascii("abcdefghij")),
                    WasmBytes.segment(30, Dumps.ascii("xyz")),
                    WasmBytes.segment(12, Dumps.ascii("CD")),
                    WasmBytes.segment(18, Dumps.ascii("IJKL")),
                    WasmBytes.of(0x01).u(4).raw(Dumps.ascii("pass")),
                    WasmBytes.segment(40, new byte[0]))
                .source("m.core"));
    CoreMemory memory = dump.memories().get(0);
    assertEquals("abCDefghIJKL", text(memory, 10, 12));
    byte[] range = new byte[32];
    assertEquals(
        List.of(
            new MemoryRange(new MemoryAddress(8), 2, MemoryState.UNSPECIFIED),
            new MemoryRange(new MemoryAddress(10), 12, MemoryState.CAPTURED),
            new MemoryRange(new MemoryAddress(22), 8, MemoryState.UNSPECIFIED),
            new MemoryRange(new MemoryAddress(30), 3, MemoryState.CAPTURED),
            new MemoryRange(new MemoryAddress(33), 6, MemoryState.UNSPECIFIED)),
        memory.read(new MemoryAddress(8), range, 1, 31));
    assertEquals(
        "\0\0\0abCDefghIJKL\0\0\0\0\0\0\0\0xyz\0\0\0\0\0\0",
        new String(range, StandardCharsets.US_ASCII));
    assertEquals(
        List.of(
            new MemoryRange(new MemoryAddress(65534), 2, MemoryState.UNSPECIFIED),
            new MemoryRange(new MemoryAddress(65536), 2, MemoryState.OUT_OF_BOUNDS)),
        memory.read(new MemoryAddress(65534), new byte[4], 0, 4));
    assertEquals(List.of(), memory.read(new MemoryAddress(0), new byte[4], 4, 0));
  }

  @Test
  void highAddressesAndMemory64() {
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .add(DumpBytes.core("m"))
                .memories(WasmBytes.memory(65536), WasmBytes.of(0x04).u(1L << 20))
                .data(
                    WasmBytes.segment(0xffff0000, Dumps.ascii("high")),
                    WasmBytes.of(0x02, 0x01, 0x42)
                        .s(1L << 33)
                        .bytes(0x0b)
                        .u(4)
                        .raw(Dumps.ascii("wide")))
                .source("m.core"));
    assertEquals("high", text(dump.memories().get(0), 0xffff0000L, 4));
    assertEquals("wide", text(dump.memories().get(1), 1L << 33, 4));
    assertEquals(1L << 36, dump.memories().get(1).size());
    assertEquals(3, dump.memories().get(1).ranges().size());
  }

  @Test
  void theDataSectionIsNotWalkedForTheFrames() {
    WasmBytes dump =
        WasmBytes.module()
            .add(DumpBytes.core("m"))
            .add(DumpBytes.coremodules("m"))
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(0L), List.of())))
            .add(DumpBytes.corestack("main", DumpBytes.frame(0, 3, 4)))
            .memories(WasmBytes.memory(1))
            .section(11, WasmBytes.empty().fill(1000, 0xff));
    Coredump read = Coredump.read(dump.source("garbage.core"));
    assertEquals(List.of(Dumps.frame(0, 3, 4)), read.threads().get(0).frames());
    assertEquals(1, read.memories().size());
    assertEquals(65536, read.memories().get(0).size());
    FormatException error =
        assertThrows(FormatException.class, () -> read.memories().get(0).ranges());
    assertTrue(error.getMessage().startsWith("garbage.core+0x"), error.getMessage());
  }

  @Test
  void ofSectionsThatStandTwiceTheFirstCounts() {
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .add(DumpBytes.core("first"))
                .add(DumpBytes.core("second"))
                .add(DumpBytes.coremodules("a"))
                .add(DumpBytes.coremodules("b", "c"))
                .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(0L), List.of())))
                .memories(WasmBytes.memory(1))
                .memories(WasmBytes.memory(2), WasmBytes.memory(3))
                .data(WasmBytes.segment(0, Dumps.ascii("first")))
                .data(WasmBytes.segment(0, Dumps.ascii("other")))
                .source("twice.core"));
    assertEquals(Optional.of("first"), dump.executableName());
    assertEquals(List.of(new CoreModule("a")), dump.modules());
    assertEquals(1, dump.memories().size());
    assertEquals("first", text(dump.memories().get(0), 0, 5));
    dump.modules();
    assertEquals(
        List.of(
            "another section memory; the first counts",
            "another section data; the first counts",
            "2 sections core; the first counts",
            "2 sections coremodules; the first counts"),
        dump.diagnostics().stream().map(Diagnostic::message).toList());
  }

  /** Wasmtime's list lacks the shared memory in the middle. */
  @Test
  void sharedMemoriesThatWereDropped() {
    MemoryType unshared = Dumps.pages(1);
    MemoryType shared = MemoryType.read(WasmBytes.of(0x03, 1, 2).source("m").cursor());
    CoreInstance instance = new CoreInstance(0, List.of(4, 7), List.of());
    assertEquals(
        List.of(4, CoreInstance.NOT_DUMPED, 7),
        instance.memoriesOf(List.of(unshared, shared, unshared)));
    assertEquals(List.of(4, 7), instance.memoriesOf(List.of(unshared, shared)));
    assertEquals(List.of(4, 7), instance.memoriesOf(List.of(unshared)));
  }

  @Test
  void modulesThatStandInTheList() {
    WasmBytes named =
        WasmBytes.module()
            .types(WasmBytes.funcType("", ""))
            .custom("name", WasmBytes.of(0).sized(WasmBytes.empty().name("inner")))
            .functions(0)
            .code(WasmBytes.body("", "0b"));
    WasmBytes empty = WasmBytes.module();
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .add(
                    DumpBytes.coremodulesOf(
                        DumpBytes.moduleInline(named),
                        DumpBytes.moduleInline(empty),
                        DumpBytes.moduleNamed("by name"),
                        DumpBytes.moduleInlineSized(named),
                        DumpBytes.moduleInlineSized(empty),
                        DumpBytes.moduleInline(named),
                        DumpBytes.moduleNamed(""),
                        DumpBytes.moduleInline(named)))
                .source("inline.core"));
    assertEquals(
        List.of("inner", "", "by name", "inner", "", "inner", "", "inner"),
        dump.modules().stream().map(CoreModule::name).toList());
    for (int i : new int[] {0, 3, 5, 7}) {
      ByteSource bytes = dump.moduleBytes(i).orElseThrow();
      assertArrayEquals(named.toByteArray(), bytes.cursor().bytes((int) bytes.size()), "" + i);
    }
    assertEquals(8, dump.moduleBytes(1).orElseThrow().size());
    assertEquals(Optional.empty(), dump.moduleBytes(2));
    assertEquals("inline-modules", dump.dialect().name());
  }

  @Test
  void whatIsNoDump() {
    ByteSource module = WasmBytes.module().custom("name", WasmBytes.empty()).source("a.wasm");
    assertFalse(Coredump.isCoredump(WasmModule.read(module)));
    FormatException error = assertThrows(FormatException.class, () -> Coredump.read(module));
    assertEquals(
        "a.wasm+0x0 (coredump): a WebAssembly binary, not a core dump: it has no section core,"
            + " corestack, coremodules or coreinstances",
        error.getMessage());
    assertThrows(FormatException.class, () -> Coredump.salvage(module, d -> {}));
    assertTrue(
        Coredump.isCoredump(
            WasmModule.read(WasmBytes.module().add(DumpBytes.core("")).source("b"))));
  }

  @Test
  void errorsSayWhereAndWhat() {
    WasmBytes dump =
        WasmBytes.module()
            .add(DumpBytes.core("m"))
            .custom("coremodules", WasmBytes.of(1, 7).name("m"));
    // 8 + 9 for core, 2 + 12 for the header, 1 for the count.
    FormatException error =
        assertThrows(FormatException.class, () -> Coredump.read(dump.source("x.core")).modules());
    assertEquals(
        "x.core+0x21 (coremodule): coremodule begins with 0x7, not 0x00", error.getMessage());
  }

  @Test
  void extensionsOfLaterDaysAreSkipped() {
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .add(DumpBytes.core("m"))
                .custom("wasmortem.trap", WasmBytes.of(9, 9, 9))
                .custom(
                    "wasmortem.notes",
                    WasmBytes.of(0, 1)
                        .sized(WasmBytes.empty().name("c").name("m").raw(Dumps.ascii("more")))
                        .raw(Dumps.ascii("and more")))
                .source("m.core"));
    assertEquals(Optional.empty(), dump.trap());
    assertEquals(List.of(new Note("c", "m")), dump.notes());
    assertEquals("unknown-extension-version", dump.diagnostics().get(0).code());
  }

  private static String text(CoreMemory memory, long address, int length) {
    byte[] bytes = new byte[length];
    List<MemoryRange> ranges = memory.read(new MemoryAddress(address), bytes, 0, length);
    assertEquals(
        List.of(new MemoryRange(new MemoryAddress(address), length, MemoryState.CAPTURED)), ranges);
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
