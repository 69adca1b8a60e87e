package dev.wasmortem.wasm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.Widths;
import dev.wasmortem.wasm.text.Disassembler;
import dev.wasmortem.wasm.validation.CodeValidator;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads whatever bytes as the body of a function: only {@link FormatException} may come out, and
 * what is well formed is printed and written again as it was.
 */
class CodeFuzzTest {
  static Stream<Arguments> seeds() {
    return Stream.of(
            "00 0b",
            "03 02 7f 01 7e 01 63 70 20 00 41 80 80 00 6a 21 00 0b",
            "00 02 40 03 7f 41 01 04 01 05 0b 0c 00 0b 1a 0e 01 00 00 0b 0b",
            "00 41 00 28 42 80 00 90 03 1a fc 0a 00 00 10 00 11 01 00 0b",
            "00 1f 40 02 00 00 00 02 00 08 00 0b 06 40 07 00 19 18 00 0b",
            "00 fd 0c 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 fd 15 0f 1a d0 70 1c 01 6f 0b",
            "00 fb 18 03 00 6e 02 e3 00 02 01 00 00 01 00 fe 10 02 08 42 7f 44 00 00 00 00 00 00 f8"
                + " 7f 0b")
        .map(hex -> Arguments.of(WasmBytes.hex(hex).toByteArray()));
  }

  /** Returns a module with something in most index spaces and a body for its one function. */
  private static WasmModule module(byte[] body) {
    return WasmModule.read(
        WasmBytes.module()
            .types(WasmBytes.hex("60 00 00"), WasmBytes.hex("60 01 7f 01 7f"))
            .functions(0)
            .section(4, WasmBytes.hex("01 70 00 01"))
            .section(5, WasmBytes.hex("01 00 01"))
            .section(13, WasmBytes.hex("01 00 00"))
            .globals(WasmBytes.hex("7f 01 41 00 0b"))
            .section(10, WasmBytes.of(1).u(body.length).raw(body))
            .source("fuzz.wasm"));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void reads(byte[] bytes) {
    WasmModule module = module(bytes);
    try {
      CodeValidator.of(module).validate(module.body(0));
    } catch (FormatException expected) {
      // What a validator is there for.
    }
    long instructions;
    try {
      instructions = count(module.body(0));
    } catch (FormatException expected) {
      return;
    }
    long[] lines = {0};
    Disassembler.of(module)
        .print(module.body(0), line -> lines[0] += line.text().isEmpty() ? 0 : 1);
    assertEquals(instructions, lines[0]);
    assertArrayEquals(Rewriting.copy(module), Rewriting.rewrite(module, Widths.KEPT));
    WasmModule shortest =
        WasmModule.read(ByteSource.of("shortest", Rewriting.rewrite(module, Widths.MINIMAL)));
    assertEquals(instructions, count(shortest.body(0)));
  }

  private static long count(FunctionBody body) {
    long count = 0;
    for (InstructionReader reader = body.instructions(); reader.next(); ) {
      count++;
    }
    return count;
  }
}
