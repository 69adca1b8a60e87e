package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.code.BodyOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who wrote a dump, on bytes written by hand as the producers' sources write them. */
final class ProducerTest {
  /**
   * {@code lib/executor/coredump.cpp}: four-byte i32s, no instance index, nothing of the memory.
   */
  static WasmBytes wasmEdge() {
    return WasmBytes.module()
        .add(DumpBytes.core(""))
        .add(
            DumpBytes.corestack(
                "main",
                DumpBytes.frameWasmEdge(
                    12,
                    0x1234,
                    List.of(DumpBytes.i32Fixed(7), DumpBytes.i32Fixed(-1)),
                    List.of(DumpBytes.i32Fixed(0x01000000))),
                DumpBytes.frameWasmEdge(0, 0, List.of(), List.of())))
        .add(DumpBytes.coremodulesUnsized("wasi-app"))
        .add(DumpBytes.coreinstances())
        .memories(WasmBytes.memory(2, 16))
        .section(6, WasmBytes.of(1, 0x7f, 1, 0x0b));
  }

  @Test
  void wasmEdgesLayout() {
    Coredump dump = Coredump.read(wasmEdge().source("edge.core"));
    assertEquals(
        List.of(
            new Frame(
                0,
                12,
                new BodyOffset(0x1234),
                List.of(new Value.I32(7), new Value.I32(-1)),
                List.of(new Value.I32(0x01000000))),
            Dumps.frame(0, 0, 0)),
        dump.threads().get(0).frames());
    Dialect dialect = dump.dialect();
    assertEquals(
        "fixed-integers+counts-first+no-instance-index+unsized-module-names", dialect.name());
    assertEquals(Producer.WASMEDGE, dialect.producer());
    assertEquals(
        List.of(
            "its sections are those of WasmEdge, in its order: core, corestack, coremodules,"
                + " coreinstances, memory, global",
            "frames name no instance, and the list of instances is empty",
            "every value is an i32 of four bytes"),
        dialect.producerEvidence());
    assertEquals(List.of(new CoreModule("wasi-app")), dump.modules());
    assertEquals(List.of(new CoreInstance(0, List.of(0), List.of(0))), dump.instances());
    // The global's initialiser is an `end` and nothing else.
    assertEquals(Value.MISSING, dump.globals().get(0).value());
    assertEquals(
        List.of("implied-instance"), dump.diagnostics().stream().map(Diagnostic::code).toList());
  }

  @Test
  void wasmEdgeForWasmgdb() {
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .add(DumpBytes.core(""))
                .add(
                    DumpBytes.corestack(
                        "main",
                        DumpBytes.frameWasmEdgeForWasmgdb(
                            12, 0x1234, List.of(DumpBytes.i32Fixed(7)), 3),
                        DumpBytes.frameWasmEdgeForWasmgdb(0, 0, List.of(), 1)))
                .add(DumpBytes.coremodulesUnsized(""))
                .add(DumpBytes.coreinstances())
                .source("edge.core"));
    assertEquals(
        List.of(
            new Frame(0, 12, new BodyOffset(0x1234), List.of(new Value.I32(7)), List.of()),
            Dumps.frame(0, 0, 0)),
        dump.threads().get(0).frames());
    assertEquals(
        "fixed-integers+counts-first+no-operands+no-instance-index+unsized-module-names",
        dump.dialect().name());
    assertEquals(Producer.WASMEDGE, dump.dialect().producer());
  }

  /** Frames of the host are counted by WasmEdge and not written. */
  @Test
  void fewerFramesThanAnnounced() {
    WasmBytes frames =
        WasmBytes.empty()
            .add(DumpBytes.frameWasmEdge(12, 5, List.of(DumpBytes.i32Fixed(7)), List.of()))
            .add(DumpBytes.frameWasmEdge(0, 0, List.of(), List.of()));
    Coredump dump =
        Coredump.salvage(
            WasmBytes.module()
                .add(DumpBytes.core(""))
                .custom("corestack", WasmBytes.of(0).name("main").u(5).add(frames))
                .add(DumpBytes.coremodulesUnsized("m"))
                .add(DumpBytes.coreinstances())
                .source("edge.core"),
            Diagnostic.Sink.IGNORE);
    assertEquals(2, dump.threads().get(0).frames().size());
    assertEquals(Producer.WASMEDGE, dump.dialect().producer());
    assertEquals(
        "edge.core+0x23 (corestack.frames): 5 frames are announced, the section ends after 2",
        dump.diagnostics().stream()
            .filter(d -> d.code().equals("frames-missing"))
            .findFirst()
            .orElseThrow()
            .toString());
  }

  @Test
  void ours() {
    Coredump dump = Coredump.read(Dumps.linkedModules().source("ours.core"));
    assertEquals(Producer.WASMORTEM, dump.dialect().producer());
    assertEquals(
        List.of("it has sections of ours: wasmortem.trap, wasmortem.notes, wasmortem.memory"),
        dump.dialect().producerEvidence());
  }

  /** Wasmtime's order, with what Wasmtime never writes. */
  @Test
  void otherThanWasmtime() {
    Coredump dump =
        Coredump.read(
            WasmBytes.module()
                .add(DumpBytes.core("a.wasm"))
                .memories(WasmBytes.memory(1))
                .globals()
                .data()
                .add(DumpBytes.coremodules("a"))
                .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(0L), List.of())))
                .add(
                    DumpBytes.corestack(
                        "main", DumpBytes.frame(0, 1, 2, List.of(DumpBytes.i32(3)), List.of())))
                .source("a.core"));
    assertEquals(Producer.UNKNOWN, dump.dialect().producer());
    assertFalse(dump.dialect().producerEvidence().isEmpty());
  }
}
