package dev.wasmortem.coredump;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.BuildId;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.types.AbstractHeapType;
import dev.wasmortem.wasm.types.AddressType;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.Mutability;
import dev.wasmortem.wasm.types.NumType;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.SizeLimits;
import dev.wasmortem.wasm.types.TableType;
import java.time.Instant;
import java.util.List;

/**
 * A dump with every section that a small one has, by hand and by the writer; it is the example of
 * {@code docs/FORMAT.md}.
 *
 * <p>Module B imports A's function f. B's g called it through the host, and it read beyond its
 * memory. Each instance has a memory of its own; one memory, one global and a table they share.
 */
public final class EverySection {
  private static final byte[] MODULE = {0, 0x61, 0x73, 0x6d, 1, 0, 0, 0};
  private static final String BEYOND = "out of bounds memory access";

  private EverySection() {}

  /** Returns the names of all sections of ours, without their prefix. */
  public static List<String> sections() {
    return List.of(
        "trap",
        "process",
        "modules",
        "notes",
        "values",
        "host-frames",
        "tables",
        "regions",
        "memory",
        "segments",
        "data",
        "module-bytes");
  }

  /** Returns the dump byte by byte. */
  static WasmBytes bytes() {
    return WasmBytes.module()
        .add(DumpBytes.core("b.wasm"))
        .add(DumpBytes.coremodules("A", "B"))
        .add(
            DumpBytes.coreinstances(
                DumpBytes.instance(0, List.of(0L, 1L), List.of(0L)),
                DumpBytes.instance(1, List.of(2L, 1L), List.of(1L, 0L, 0xffffffffL))))
        .custom("wasmortem.trap", trap())
        .custom("wasmortem.process", process())
        .custom("wasmortem.modules", modules())
        .custom("wasmortem.notes", notes())
        .custom(
            "wasmortem.values",
            WasmBytes.of(0)
                .vec(
                    WasmBytes.of(0, 0)
                        .vec(WasmBytes.of(1, 0x7b).fill(15, 0xab).bytes(0xcd))
                        .vec(WasmBytes.of(1, 0xd2, 0x70, 1, 1)))
                .vec(WasmBytes.of(1, 0x64, 0x6f)))
        .custom(
            "wasmortem.host-frames",
            WasmBytes.of(0)
                .vec(
                    WasmBytes.of(0)
                        .vec(
                            WasmBytes.of(1).name("Host.f(Host.java:7)"),
                            WasmBytes.of(2).name("main"))))
        .custom("wasmortem.tables", tables())
        .add(
            DumpBytes.corestack(
                "main",
                DumpBytes.frame(
                    0,
                    0,
                    0x0c,
                    List.of(DumpBytes.i32(65536), DumpBytes.missing()),
                    List.of(DumpBytes.i32(-7), DumpBytes.missing())),
                DumpBytes.frame(
                    1,
                    1,
                    0x15,
                    List.of(DumpBytes.i64(-0x123456789L), DumpBytes.f32(0x7fa00001)),
                    List.of(DumpBytes.f64(0x3ff8000000000000L)))))
        .custom(
            "wasmortem.regions",
            WasmBytes.of(0)
                .vec(
                    WasmBytes.empty().sized(WasmBytes.of(0, 16, 11).name("data").name(".rodata")),
                    WasmBytes.empty()
                        .sized(WasmBytes.of(0).u(1024).u(1024).name("stack").name(""))))
        .custom(
            "wasmortem.memory",
            WasmBytes.of(0)
                .vec(
                    WasmBytes.of(2).vec(WasmBytes.of(16, 6, 4)),
                    WasmBytes.of(2, 0),
                    WasmBytes.of(2).vec(WasmBytes.of(0).u(65530).bytes(3))))
        .memories(WasmBytes.memory(1), WasmBytes.memory(1, 3), WasmBytes.memory(2))
        .globals(
            WasmBytes.global(0x7f, 0, WasmBytes.of(0x41).s(-2)),
            WasmBytes.global(0x6f, 0, WasmBytes.of(0xd0, 0x6f)))
        .data(
            WasmBytes.segment(16, Dumps.ascii("****** of A")),
            WasmBytes.segment(1, 0, Dumps.ascii("shared")),
            WasmBytes.segment(2, 65530, Dumps.ascii("memory of B")))
        .custom("wasmortem.module-bytes", WasmBytes.of(0, 0, 0, 8).raw(MODULE))
        .custom("made-by", WasmBytes.empty().raw(Dumps.ascii("another tool")));
  }

  private static WasmBytes trap() {
    return WasmBytes.of(0)
        .name("out-of-bounds-memory-access")
        .name(BEYOND)
        .u(0)
        .vec(
            field(1, WasmBytes.of(0)),
            field(2, WasmBytes.of(0).u(65536)),
            field(3, WasmBytes.of(1, 0x7f).s(65536)),
            field(4, WasmBytes.of(1).name("Trap").name(BEYOND)));
  }

  private static WasmBytes process() {
    return WasmBytes.of(0)
        .vec(
            field(1, WasmBytes.of(2).name("b").name("-v")),
            field(2, WasmBytes.of(1).name("HOME=/")),
            field(3, WasmBytes.empty().name("endive")),
            field(4, WasmBytes.empty().name("1.0")),
            field(5, WasmBytes.empty().name("moon")),
            field(6, WasmBytes.empty().s(1_700_000_000L).u(5)),
            field(7, WasmBytes.empty().u(4711)));
  }

  private static WasmBytes modules() {
    WasmBytes identity =
        WasmBytes.empty()
            .vec(
                field(1, WasmBytes.empty().fill(32, 0x5a)),
                field(2, WasmBytes.of(0xc0, 0xff, 0xee)),
                field(3, WasmBytes.empty().name("a.debug")),
                field(4, WasmBytes.empty().u(8)));
    return WasmBytes.of(0).vec(identity, WasmBytes.of(0));
  }

  private static WasmBytes notes() {
    return WasmBytes.of(0)
        .vec(
            WasmBytes.empty().sized(WasmBytes.empty().name("globals-left-out").name("one is gone")),
            WasmBytes.empty()
                .sized(
                    WasmBytes.empty()
                        .name("memory-left-out")
                        .name("65530 bytes of memory 2 are not in the dump: not asked for")));
  }

  private static WasmBytes tables() {
    return WasmBytes.of(0)
        .vec(
            WasmBytes.of(0x70, 0x01, 2, 10)
                .u(5)
                .vec(
                    WasmBytes.of(1, 0xd0, 0x70),
                    WasmBytes.of(1, 0xd2, 0x70, 0, 0),
                    WasmBytes.of(2, 0x64, 0x70)))
        .vec(WasmBytes.empty().vecU(0), WasmBytes.empty().vecU(0xffffffffL, 0));
  }

  private static WasmBytes field(int id, WasmBytes content) {
    return WasmBytes.of(id).sized(content);
  }

  /** Returns a writer of the same. */
  static CoredumpWriter writer() {
    CoredumpWriter writer = new CoredumpWriter().executableName("b.wasm");
    int a =
        writer.addModule(
            new CoreModule(
                "A",
                ModuleIdentity.builder()
                    .sha256("5a".repeat(32))
                    .buildId(new BuildId("c0ffee"))
                    .debugInfoUrl("a.debug")
                    .fileSize(8)
                    .build()));
    int b = writer.addModule(new CoreModule("B"));
    addMemories(writer);
    int one = writer.addGlobal(new GlobalType(NumType.I32, Mutability.VAR), new Value.I32(-2));
    int two =
        writer.addGlobal(
            new GlobalType(RefType.EXTERNREF, Mutability.CONST),
            new Value.OpaqueRef(AbstractHeapType.EXTERN));
    int table =
        writer.addTable(
            new CoreTable(
                new TableType(RefType.FUNCREF, SizeLimits.between(2, 10), AddressType.I32),
                5,
                List.of(
                    new CoreTable.Run(1, new Value.NullRef(AbstractHeapType.FUNC)),
                    new CoreTable.Run(1, new Value.FuncRef(AbstractHeapType.FUNC, 0, 0)),
                    new CoreTable.Run(2, new Value.OpaqueRef(AbstractHeapType.FUNC)))));
    int none = CoreInstance.NOT_DUMPED;
    writer.addInstance(new CoreInstance(a, List.of(0, 1), List.of(one), List.of(table)));
    writer.addInstance(
        new CoreInstance(b, List.of(2, 1), List.of(two, one, none), List.of(none, table)));
    writer.addThread(thread());
    return writer
        .trap(
            new Trap(TrapKind.OUT_OF_BOUNDS_MEMORY_ACCESS, BEYOND, 0)
                .in(0, 0)
                .at(new MemoryFault(0, new MemoryAddress(65536)))
                .withOperands(List.of(new Value.I32(65536)))
                .withExceptions(List.of(new HostException("Trap", BEYOND))))
        .process(
            ProcessInfo.builder()
                .arguments(List.of("b", "-v"))
                .environment(List.of("HOME=/"))
                .runtime("endive")
                .runtimeVersion("1.0")
                .host("moon")
                .time(Instant.ofEpochSecond(1_700_000_000L, 5))
                .pid(4711)
                .build())
        .addRegion(new Region(0, new MemoryAddress(16), 11, Region.Kind.DATA, ".rodata"))
        .addRegion(new Region(0, new MemoryAddress(1024), 1024, Region.Kind.STACK, ""))
        .note(new Note(Note.GLOBALS_LEFT_OUT, "one is gone"))
        .moduleBytes(a, ByteSource.of("a.wasm", MODULE))
        .foreignSection("made-by", ByteSource.of("other", Dumps.ascii("another tool")));
  }

  private static void addMemories(CoredumpWriter writer) {
    byte[] own = new byte[65536];
    System.arraycopy(Dumps.ascii("****** of A"), 0, own, 16, 11);
    byte[] shared = new byte[65536];
    System.arraycopy(Dumps.ascii("shared"), 0, shared, 0, 6);
    byte[] other = new byte[2 * 65536];
    System.arraycopy(Dumps.ascii("memory of B"), 0, other, 65530, 11);
    other[7] = 9;
    MemoryRange secret = new MemoryRange(new MemoryAddress(16), 6, MemoryState.REDACTED);
    writer.addMemory(
        Dumps.pages(1), Dumps.memory(own), MemorySelection.all().states(List.of(secret)));
    // The maximum stays, the minimum becomes the size.
    writer.addMemory(MemoryType.of(SizeLimits.between(0, 3)), Dumps.memory(shared));
    writer.addMemory(
        Dumps.pages(1),
        Dumps.memory(other),
        MemorySelection.ranges(
            List.of(new AddressRange(new MemoryAddress(65530), 70_000)), "not asked for"));
  }

  private static CoreThread thread() {
    return new CoreThread(
        "main",
        List.of(
            new Frame(
                0,
                0,
                new BodyOffset(0x0c),
                List.of(
                    new Value.I32(65536), new Value.V128(0xababababababababL, 0xcdabababababababL)),
                List.of(new Value.I32(-7), new Value.FuncRef(AbstractHeapType.FUNC, 1, 1))),
            new Frame(
                1,
                1,
                new BodyOffset(0x15),
                List.of(new Value.I64(-0x123456789L), new Value.F32(0x7fa00001)),
                List.of(new Value.F64(0x3ff8000000000000L)))),
        List.of(new HostFrame(1, "Host.f(Host.java:7)"), new HostFrame(2, "main")));
  }
}
