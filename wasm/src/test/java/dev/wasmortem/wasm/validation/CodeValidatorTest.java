package dev.wasmortem.wasm.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stacks worked out by hand. Function 1 is typed; function 0 takes i32 and f64, gives i64. */
class CodeValidatorTest {
  @Test
  void operandsOfATrappingDivision() {
    // 1 i64.const 7; 3 i32.const 1; 5 i32.const 0; 7 i32.div_s; 8 drop; 9 drop; a end
    WasmModule module = module("42 07 41 01 41 00 6d 1a 1a 0b");
    assertEquals("", stack(module, 1));
    assertEquals("i64", stack(module, 3));
    assertEquals("i64 | i32 i32", stack(module, 7));
    assertEquals("i64 | i32", stack(module, 8));
    assertEquals("", stack(module, 10));
  }

  @Test
  void aCallTakesItsArguments() {
    // 1 i64.const 0; 3 i32.const 1; 5 f64.const 0; e call 0; 10 drop; 11 drop; 12 end
    WasmModule module = module("42 00 41 01 44 0000000000000000 10 00 1a 1a 0b");
    assertEquals("i64 | i32 f64", stack(module, 0xe));
    assertEquals("i64 | i64", stack(module, 0x10));
  }

  @Test
  void aStoreInABlockWithinABlock() {
    // 1 i32.const; 3 block; 5 i64.const; 7 loop; 9 i32.const; b i64.const; d i64.store; 10 end
    WasmModule module = module("41 01 02 40 42 02 03 40 41 03 42 04 37 03 00 0b 1a 0b 1a 0b");
    assertEquals("i32 i64 | i32 i64", stack(module, 0xd));
    assertEquals("i32 | i64", stack(module, 0x11));
  }

  @Test
  void noInstructionBeginsThere() {
    WasmModule module = module("41 80 80 00 1a 0b");
    assertEquals(Optional.empty(), before(module, 2));
    assertEquals(Optional.empty(), before(module, 0), "the local declarations");
    assertEquals(Optional.empty(), before(module, 7), "past the end");
    assertEquals("i32", before(module, 5).orElseThrow().type(0).orElseThrow().toString());
  }

  @Test
  void afterCodeThatIsNeverLeft() {
    // 1 i32.const; 3 block; 5 i64.const; 7 br 0; 9 i64.mul; a drop; b f32.const; 10 drop; 11 end
    WasmModule module = module("41 01 02 40 42 07 0c 00 7e 1a 43 00000000 1a 0b 1a 0b");
    OperandStack before = before(module, 9).orElseThrow();
    assertEquals(OperandStack.Reachability.UNREACHABLE, before.reachability());
    assertEquals("i32", stack(module, 9), "what is below the block");
    assertEquals("i32 | i64", stack(module, 0xa));
    assertEquals("i32 | f32", stack(module, 0x10));
    assertEquals(
        OperandStack.Reachability.REACHABLE, before(module, 0x12).orElseThrow().reachability());
    assertEquals("| i32", stack(module, 0x12));
  }

  @Test
  void unknownOperands() {
    // 1 unreachable; 2 select; 3 drop; 4 end
    WasmModule module = module("00 1b 1a 0b");
    OperandStack before = before(module, 3).orElseThrow();
    assertEquals(1, before.size());
    assertEquals(Optional.empty(), before.type(0));
    assertEquals("unreachable", before(module, 1).orElseThrow().opcode().mnemonic());
  }

  @Test
  void aBlockTakesItsParameters() {
    // type 2 is [i32] -> [i32 i32]. 1 i32.const; 3 i32.const; 5 block 2; 7 i32.const; 9 end
    WasmModule module = module("41 01 41 02 02 02 41 03 0b 1a 1a 1a 0b");
    assertEquals("i32 | i32", stack(module, 5));
    assertEquals("i32 i32", stack(module, 7));
    assertEquals("i32 i32 | i32", stack(module, 0xa));
  }

  @Test
  void exceptions() {
    // tag 0 is [i32 f64]. 1 block 3 ([] -> [i32 f64]); 3 try_table (catch 0 0); 9 end; a
    // unreachable;
    // b end; c drop; d drop; e end
    WasmModule module = module("02 03 1f 40 01 00 00 00 0b 00 0b 1a 1a 0b");
    assertEquals("i32 | f64", stack(module, 0xc));
    // 1 try; 3 catch 0; 5 drop; 6 drop; 7 catch_all; 8 rethrow 0; a end; b end
    WasmModule legacy = module("06 40 07 00 1a 1a 19 09 00 0b 0b");
    assertEquals("i32 | f64", stack(legacy, 5));
  }

  @Test
  void invalidCode() {
    assertEquals("type mismatch: expected i32, found i64", problem("42 00 41 00 6a 1a 0b"));
    assertEquals("type mismatch: an operand is missing", problem("1a 0b"));
    assertEquals("unknown label 1", problem("0c 01 0b"));
    assertEquals("unknown local 0", problem("20 00 1a 0b"));
    assertEquals("unknown function 2", problem("10 02 0b"));
    assertEquals("alignment must not be larger than natural", problem("41 00 28 03 00 1a 0b"));
    assertEquals("type mismatch: 1 operands too many at the end of a block", problem("41 00 0b"));
  }

  private static String problem(String code) {
    WasmModule module = module(code);
    return assertThrows(
            FormatException.Malformed.class,
            () -> CodeValidator.of(module).validate(module.body(1)))
        .problem();
  }

  /** Returns the types bottom first, a bar before those that the instruction pops. */
  private static String stack(WasmModule module, int offset) {
    OperandStack stack = before(module, offset).orElseThrow();
    String types =
        IntStream.range(0, stack.size())
            .mapToObj(
                i -> (i == stack.size() - stack.popped() ? "| " : "") + stack.type(i).orElseThrow())
            .collect(Collectors.joining(" "));
    return types;
  }

  private static Optional<OperandStack> before(WasmModule module, int offset) {
    return CodeValidator.of(module).before(module.body(1), new BodyOffset(offset));
  }

  private static WasmModule module(String code) {
    return WasmModule.read(
        WasmBytes.module()
            .types(
                WasmBytes.hex("60 02 7f 7c 01 7e"),
                WasmBytes.hex("60 00 00"),
                WasmBytes.hex("60 01 7f 02 7f 7f"),
                WasmBytes.hex("60 00 02 7f 7c"),
                WasmBytes.hex("60 02 7f 7c 00"))
            .imports(WasmBytes.importFunction("env", "f", 0))
            .functions(1)
            .memories(WasmBytes.memory(1))
            .section(13, WasmBytes.hex("01 00 04"))
            .code(WasmBytes.body("", code))
            .source("code.wasm"));
  }
}
