package dev.wasmortem.wasm.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.WasmBytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstructionReaderTest {
  @Test
  void offsetsAndText() {
    assertEquals(
        List.of(
            "0x0 block (result i32)",
            "0x2 i32.const -5",
            "0x4 br_if 0",
            "0x6 i32.load offset=300 align=2",
            "0xa end",
            "0xb drop",
            "0xc end"),
        lines("02 7f 41 7b 0d 00 28 01 ac 02 0b 1a 0b"));
  }

  @Test
  void everyKindOfImmediate() {
    assertEquals(
        List.of(
            "0x0 br_table 0 1 2",
            "0x5 call_indirect 3 1",
            "0x8 f32.const nan:0x200000",
            "0xd f64.const -0x1.8p+1",
            "0x16 select (result i64)",
            "0x19 ref.null func",
            "0x1b i32.store8 2 offset=5",
            "0x1f memory.copy 1 0",
            "0x23 v128.const i32x4 0x03020100 0x07060504 0x0b0a0908 0x0f0e0d0c",
            "0x35 i8x16.extract_lane_s 15",
            "0x38 br_on_cast 3 0 any 2",
            "0x3e array.new_fixed 4 300",
            "0x43 atomic.fence 0",
            "0x46 try_table (type 1) (0 7 0) (3 0)",
            "0x4e end",
            "0x4f end"),
        lines(
            "0e 02 00 01 02"
                + "11 03 01"
                + "43 00 00 a0 7f"
                + "44 00 00 00 00 00 00 08 c0"
                + "1c 01 7e"
                + "d0 70"
                + "3a 40 02 05"
                + "fc 0a 01 00"
                + "fd 0c 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f"
                + "fd 15 0f"
                + "fb 18 03 00 6e 02"
                + "fb 08 04 ac 02"
                + "fe 03 00"
                + "1f 01 02 00 07 00 03 00"
                + "0b 0b"));
  }

  @Test
  void lengthsAddUp() {
    InstructionReader reader = reader("41 80 80 00 fd 80 80 00 00 00 1a 0b");
    assertTrue(reader.next());
    assertEquals(4, reader.length(), "a padded number");
    assertTrue(reader.next());
    assertEquals(Opcode.V128_LOAD, reader.opcode());
    assertEquals(new BodyOffset(4), reader.offset());
    assertEquals(6, reader.length(), "a padded code");
  }

  @Test
  void anExpressionAmidOtherThings() {
    Cursor cursor = WasmBytes.hex("41 01 02 40 0b 0b ff ff").source("expr").cursor();
    InstructionReader reader = InstructionReader.ofExpression(cursor);
    int count = 0;
    while (reader.next()) {
      count++;
    }
    assertEquals(4, count);
    assertEquals(6, cursor.position());
    assertFalse(reader.next());
  }

  @Test
  void malformedCode() {
    assertEquals("illegal opcode 0x27", problem("27 0b"));
    assertEquals("illegal opcode 0xfd 0x9a", problem("fd 9a 01 0b"));
    assertEquals("illegal opcode 0xfc 0xffffffff", problem("fc ff ff ff ff 0f 0b"));
    assertEquals("malformed memop flags 128", problem("28 80 01 00 0b"));
    assertEquals("zero byte expected", problem("fe 03 01 0b"));
    assertEquals("malformed cast flags", problem("fb 18 04 00 6e 6e 0b"));
    assertEquals("malformed clause kind 4", problem("1f 40 01 04 00 0b 0b"));
    assertEquals("integer too large", problem("41 ff ff ff ff 4f 0b"));
    assertEquals("bytes after the end of the function", problem("0b 01"));
    assertEquals("value type 0x5b", problem("02 5b 0b 0b"));
    assertEquals("needs 1 more byte", problem("02 40 0b"));
  }

  @Test
  void errorsStandAtTheirByte() {
    FormatException error =
        assertThrows(FormatException.class, () -> lines("01 01 44 00 00 00 00 00 00 00 00 27"));
    assertEquals("code+0xb (instr): illegal opcode 0x27", error.getMessage());
  }

  private static String problem(String hex) {
    return assertThrows(FormatException.class, () -> lines(hex)).problem();
  }

  private static List<String> lines(String hex) {
    List<String> lines = new ArrayList<>();
    InstructionReader reader = reader(hex);
    while (reader.next()) {
      lines.add(reader.offset() + " " + reader.instruction());
    }
    return lines;
  }

  private static InstructionReader reader(String hex) {
    return InstructionReader.ofBody(WasmBytes.hex(hex).source("code"), new BodyOffset(0));
  }
}
