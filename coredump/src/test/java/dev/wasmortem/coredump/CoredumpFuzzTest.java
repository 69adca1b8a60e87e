package dev.wasmortem.coredump;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes, reading a dump ends in time with a result or a {@link FormatException}. */
final class CoredumpFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
        Dumps.linkedModules().toByteArray(),
        WasmBytes.module()
            .add(
                DumpBytes.corestack(
                    "main",
                    DumpBytes.frameCountsFirst(
                        0,
                        7,
                        9,
                        List.of(DumpBytes.i32Fixed(-1), DumpBytes.i64Fixed(1)),
                        List.of(DumpBytes.missing()))))
            .add(DumpBytes.core(""))
            .memories(WasmBytes.memory(0, 2))
            .data(WasmBytes.segment(100, Dumps.ascii("rewriter")))
            .toByteArray(),
        ProducerTest.wasmEdge().toByteArray(),
        WasmBytes.module()
            .add(
                DumpBytes.coremodulesOf(
                    DumpBytes.moduleInline(WasmBytes.module().functions(0)),
                    DumpBytes.moduleInlineSized(WasmBytes.module()),
                    DumpBytes.moduleNamed("m")))
            .custom("wasmortem.memory", WasmBytes.of(0, 1, 2, 1, 9, 3, 4))
            .custom("wasmortem.segments", WasmBytes.of(0, 9, 1, 1, 1, 8, 3, 6))
            .memories(WasmBytes.memory(1))
            .data(WasmBytes.segment(8, Dumps.ascii("abc")))
            .toByteArray(),
        WasmBytes.module()
            .add(
                DumpBytes.corestack(
                    "old",
                    DumpBytes.frameWithoutInstance(
                        1, 2, List.of(DumpBytes.f64(1)), List.of(DumpBytes.f32(2)))))
            .toByteArray());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void coredump(byte[] bytes) {
    try {
      Everything.readStrictly(ByteSource.of("fuzz", bytes));
    } catch (FormatException expected) {
      // What a strict reading may say.
    }
    try {
      Everything.salvage(ByteSource.of("fuzz", bytes));
    } catch (FormatException expected) {
      // No WebAssembly, or no dump.
    }
  }
}
