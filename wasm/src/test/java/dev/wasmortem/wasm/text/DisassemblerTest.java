package dev.wasmortem.wasm.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.Sample;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisassemblerTest {
  /** Functions 0 and 1 are called f and "a b"; locals 0 x, 1 y; label 0 out; type 0 t. */
  private static WasmModule module(String code) {
    return module("01 7f", code);
  }

  private static WasmModule module(String locals, String code) {
    WasmBytes names =
        WasmBytes.empty()
            .bytes(1)
            .sized(WasmBytes.hex("02").u(0).name("f").u(1).name("a \"b\u202e"))
            .bytes(2)
            .sized(WasmBytes.hex("01 00 02 00 01 78 01 01 79"))
            .bytes(3)
            .sized(WasmBytes.hex("01 00 01 00 03 6f 75 74"))
            .bytes(4)
            .sized(WasmBytes.hex("01 00 01 74"))
            .bytes(10)
            .sized(WasmBytes.hex("01 01 01 00 03 66 73 74"));
    return WasmModule.read(
        WasmBytes.module()
            .types(WasmBytes.hex("60 01 7f 01 7e"), WasmBytes.hex("5f 02 7f 01 7f 01"))
            .functions(0, 0)
            .code(WasmBytes.body(locals, code), WasmBytes.body("", "00 0b"))
            .custom("name", names)
            .source("text.wasm"));
  }

  private static List<String> texts(String code) {
    List<String> lines = new ArrayList<>();
    WasmModule module = module(code);
    Disassembler.of(module)
        .print(
            module.body(0),
            line ->
                lines.add(
                    (line.mark() == CodeLine.Mark.TARGET ? "> " : "")
                        + "  ".repeat(line.depth())
                        + line.text()
                        + (line.note().isEmpty() ? "" : " ;; " + line.note())));
    return lines;
  }

  @Test
  void linesHaveOffsetsNamesAndTargets() {
    WasmModule module = module("02 40 20 00 0d 00 03 40 20 01 10 01 0c 00 0b 0b 42 05 0b");
    Disassembler disassembler = Disassembler.of(module);
    assertEquals(
        "func $f (;0;) (type $t (;0;)) (param $x i32) (result i64)", disassembler.signature(0));
    List<String> lines = new ArrayList<>();
    disassembler.printLocals(module.body(0), lines::add);
    disassembler.print(module.body(0), line -> lines.add(line.toString()));
    assertEquals(
        List.of(
            "(local $y i32)",
            "  000022 +0003  block $out  ;; @1",
            "  000024 +0005    local.get $x (;0;)",
            "  000026 +0007    br_if $out (;0;)  ;; to @1 0x32",
            "> 000028 +0009    loop  ;; @2",
            "  00002a +000b      local.get $y (;1;)",
            "  00002c +000d      call $\"a \\\"b\\u202e\" (;1;)",
            "  00002e +000f      br 0  ;; to @2 0x28",
            "  000030 +0011    end  ;; @2",
            "> 000031 +0012  end  ;; @1",
            "  000032 +0013  i64.const 5",
            "  000034 +0015  end  ;; @0"),
        lines);
  }

  @Test
  void indicesAlone() {
    WasmModule module = module("02 40 20 00 0d 00 10 01 0b 42 05 0b");
    Disassembler disassembler = Disassembler.of(module, Disassembler.Names.INDICES);
    assertEquals("func 0 (type 0) (param i32) (result i64)", disassembler.signature(0));
    List<String> lines = new ArrayList<>();
    disassembler.print(module.body(0), line -> lines.add(line.text()));
    assertEquals(
        List.of("block", "local.get 0", "br_if 0", "call 1", "end", "i64.const 5", "end"), lines);
  }

  @Test
  void everyKindOfImmediate() {
    assertEquals(
        List.of(
            "call_indirect 2 (type 1)",
            "f32.const 0x1.8p+0",
            "i32.store8 2 offset=5 align=2",
            "i64.load",
            "memory.copy 1 0",
            "memory.init 1 4",
            "v128.const i32x4 0x03020100 0x07060504 0x0b0a0908 0x0f0e0d0c",
            "i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
            "i8x16.extract_lane_s 15",
            "select (result (ref null $t (;0;)) i32)",
            "ref.null $t (;0;)",
            "ref.null func",
            "br_on_cast 0 (ref null $t (;0;)) (ref any) ;; to @0 0x89",
            "struct.get 1 $fst (;0;)",
            "struct.get 1 1",
            "array.new_fixed 4 300",
            "atomic.fence",
            "block $out (type $t (;0;)) ;; @1",
            "else ;; @1",
            "  br_table 1 $out (;0;) $out (;0;) ;; to @0 @1 @1",
            "> end ;; @1",
            "> end ;; @0"),
        texts(
            "11 01 02"
                + "43 00 00 c0 3f"
                + "3a 41 02 05"
                + "29 03 00"
                + "fc 0a 01 00"
                + "fc 08 04 01"
                + "fd 0c 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f"
                + "fd 0d 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f"
                + "fd 15 0f"
                + "1c 02 63 00 7f"
                + "d0 00"
                + "d0 70"
                + "fb 18 01 00 00 6e"
                + "fb 02 01 00"
                + "fb 02 01 01"
                + "fb 08 04 ac 02"
                + "fe 03 00"
                + "02 00"
                + "05"
                + "0e 02 01 00 00"
                + "0b 0b"));
  }

  /** A clause's label counts from outside its block, and so does a delegate's. */
  @Test
  void labelsThatCountFromOutside() {
    assertEquals(
        List.of(
            "block $out ;; @1",
            "  try_table (catch 7 $out (;0;)) (catch_all_ref 1) ;; @2 to @1 @0",
            "  end ;; @2",
            "  try ;; @3",
            "  delegate $out (;0;) ;; @3 to @1 0x38",
            "  try ;; @4",
            "  catch_all ;; @4",
            "    rethrow 0",
            "  end ;; @4",
            "> end ;; @1",
            "> end ;; @0"),
        texts("02 40 1f 40 02 00 07 00 03 01 0b 06 40 18 00 06 40 19 09 00 0b 0b 0b"));
  }

  @Test
  void aRangeHasTheInstructionsThatTouchIt() {
    WasmModule module = module("02 40 41 05 1a 0b 42 05 0b");
    List<String> lines = new ArrayList<>();
    Disassembler.of(module)
        .print(
            module.body(0),
            new BodyOffset(6),
            new BodyOffset(8),
            line -> lines.add(line.offset() + " " + line.depth() + " " + line.text()));
    assertEquals(List.of("0x5 1 i32.const 5", "0x7 1 drop"), lines);
  }

  @Test
  void damagedCodeGivesWhatStandsBefore() {
    WasmModule module = module("02 40 0c 00 0c 01 0c 09 27 0b");
    List<String> lines = new ArrayList<>();
    FunctionBody body = module.body(0);
    FormatException error =
        assertThrows(
            FormatException.class,
            () -> Disassembler.of(module).print(body, line -> lines.add(line.toString())));
    assertEquals("text.wasm+0x2a (instr): illegal opcode 0x27", error.getMessage());
    assertEquals(
        List.of(
            "  000022 +0003  block $out  ;; @1",
            "  000024 +0005    br $out (;0;)  ;; to @1",
            "  000026 +0007    br 1  ;; to @0",
            "  000028 +0009    br 9"),
        lines);
  }

  @Test
  void veryManyLocalsAreNotListed() {
    WasmModule module = module("ff ff ff ff 0f 7c", "42 05 0b");
    List<String> lines = new ArrayList<>();
    assertThrows(
        FormatException.class,
        () -> Disassembler.of(module).printLocals(module.body(0), lines::add));
    WasmModule many = module("02 7f,fd ff ff ff 0f 7c", "42 05 0b");
    assertThrows(
        FormatException.class, () -> Disassembler.of(many).printLocals(many.body(0), lines::add));
    WasmModule most = module("02 7f,f0 ff ff ff 0f 7c", "42 05 0b");
    Disassembler.of(most).printLocals(most.body(0), lines::add);
    assertEquals(List.of("(local $y i32) (local i32)", "(local f64)  ;; 3 to 4294967282"), lines);
  }

  /** Twice the code takes twice the text: nesting, long names and tables of labels. */
  @Test
  void outputIsLinear() {
    long half = size(20_000);
    long whole = size(40_000);
    assertTrue(whole < 2.2 * half, () -> half + " and " + whole);
  }

  private static long size(int blocks) {
    WasmBytes code = WasmBytes.empty();
    for (int i = 0; i < blocks; i++) {
      code.bytes(0x02, 0x40);
    }
    for (int i = 0; i < blocks; i++) {
      code.bytes(0x10, 0x00, 0x0c).u(i % 100).bytes(0x0b);
    }
    WasmBytes names =
        WasmBytes.empty().bytes(1).sized(WasmBytes.hex("01").u(0).name("n".repeat(blocks)));
    WasmModule module =
        WasmModule.read(
            WasmBytes.module()
                .types(WasmBytes.hex("60 00 00"))
                .functions(0)
                .code(WasmBytes.hex("00").add(code).add(WasmBytes.hex("0b")))
                .custom("name", names)
                .source("deep.wasm"));
    long[] size = {0};
    Disassembler.of(module).print(module.body(0), line -> size[0] += line.toString().length());
    return size[0];
  }

  @Test
  void theSampleIsShown() {
    WasmModule module = WasmModule.read(Sample.module().source("sample.wasm"));
    Disassembler disassembler = Disassembler.of(module);
    assertEquals(
        "func $\"imported \\x1b[31m\" (;0;) (type 3) (param i32)", disassembler.signature(0));
    assertEquals(
        "func $_ZN4core3fooE (;1;) (type 0) (param $a i32) (param i64) (result f32)",
        disassembler.signature(1));
    assertThrows(IllegalArgumentException.class, () -> disassembler.signature(3));
  }
}
