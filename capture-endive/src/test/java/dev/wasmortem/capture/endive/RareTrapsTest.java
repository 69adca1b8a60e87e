package dev.wasmortem.capture.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.testkit.ConventionReader.Activation;
import dev.wasmortem.testkit.ConventionReader.Dump;
import dev.wasmortem.testkit.WasmBytes;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import run.endive.runtime.Instance;
import run.endive.wasm.Parser;

/** Traps of instructions that wabt does not know, in modules written byte by byte. */
class RareTrapsTest {
  private final Session session = new Session();

  /** Type 0 is a function, 1 an array of i32, 2 a structure of an i32. */
  @ParameterizedTest
  @CsvSource({
    // ref.null 0, call_ref 0
    "d0 00 14 00, 3, NULL_REFERENCE, missing",
    // ref.null func, ref.as_non_null, drop
    "d0 70 d4 1a, 3, NULL_REFERENCE, missing",
    // ref.null exn, throw_ref
    "d0 69 0a, 3, NULL_REFERENCE, missing",
    // i64.const 7, ref.null 1, i32.const 0, array.get 1, drop, drop
    "42 07 d0 01 41 00 fb 0b 01 1a 1a, 7, NULL_REFERENCE, i64:7 missing i32:0",
    // ref.null 2, struct.get 2 0, drop
    "d0 02 fb 02 02 00 1a, 3, NULL_REFERENCE, missing",
    // ref.null i31, i31.get_s, drop
    "d0 6c fb 1d 1a, 3, NULL_REFERENCE, missing",
    // i32.const 1, array.new_default 1, i32.const 5, array.get 1, drop
    "41 01 fb 07 01 41 05 fb 0b 01 1a, 8, OUT_OF_BOUNDS_ARRAY_ACCESS, missing i32:5",
    // i32.const 1, ref.i31, ref.cast (ref struct), drop
    "41 01 fb 1c fb 16 6b 1a, 5, CAST_FAILURE, missing",
    // i32.const 2, i32.atomic.load, drop
    "41 02 fe 10 02 00 1a, 3, UNALIGNED_ATOMIC, i32:2",
  })
  void trap(String code, int offset, TrapKind kind, String operands) {
    byte[] bytes =
        WasmBytes.module()
            .types(
                WasmBytes.funcType("", ""),
                WasmBytes.of(0x5e, 0x7f, 0x01),
                WasmBytes.of(0x5f, 0x01, 0x7f, 0x01))
            .functions(0)
            .memories(WasmBytes.of(0x03, 0x01, 0x02))
            .exports(WasmBytes.export("f", 0, 0))
            .code(WasmBytes.body("", code + " 0b"))
            .toByteArray();
    Instance instance =
        session.capture.builder(Parser.parse(bytes), ByteSource.of("rare", bytes)).build();
    Dump dump = session.dumpOf(() -> instance.export("f").apply());
    assertEquals(kind, session.core().trap().orElseThrow().kind());
    assertEquals(
        List.of(new Activation(0, 0, offset, List.of(), List.of(operands.split(" ")))),
        dump.threads().get(0).frames());
    assertEquals(3, dump.memories().get(0).flags());
  }
}
