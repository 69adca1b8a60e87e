package dev.wasmortem.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class WasmBytesTest {
  /** Examples of the DWARF 5 standard (§7.6, tables 7.6 and 7.7) and of the Wasm specification. */
  @Test
  void lebExamplesOfTheStandards() {
    assertEquals("02", hex(WasmBytes.empty().u(2)));
    assertEquals("7f", hex(WasmBytes.empty().u(127)));
    assertEquals("8001", hex(WasmBytes.empty().u(128)));
    assertEquals("b964", hex(WasmBytes.empty().u(12857)));
    assertEquals("ffffffff0f", hex(WasmBytes.empty().u(0xffffffffL)));
    assertEquals("ffffffffffffffffff01", hex(WasmBytes.empty().u(-1)));
    assertEquals("7e", hex(WasmBytes.empty().s(-2)));
    assertEquals("ff00", hex(WasmBytes.empty().s(127)));
    assertEquals("807f", hex(WasmBytes.empty().s(-128)));
    assertEquals("8080808078", hex(WasmBytes.empty().s(Integer.MIN_VALUE)));
    assertEquals("8380808000", hex(WasmBytes.empty().uPadded(3, 5)));
    assertEquals("feffffff7f", hex(WasmBytes.empty().sPadded(-2, 5)));
  }

  @Test
  void moduleWithOneFunction() {
    byte[] module =
        WasmBytes.module()
            .types(WasmBytes.funcType("7f7f", "7f"))
            .functions(0)
            .code(WasmBytes.body("", "2000 2001 6a 0b"))
            .toByteArray();
    assertArrayEquals(
        HexFormat.of()
            .parseHex(
                "0061736d01000000"
                    + "010701600"
                    + "27f7f017f"
                    + "03020100"
                    + "0a09010700"
                    + "20002001"
                    + "6a0b"),
        module);
  }

  private static String hex(WasmBytes bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
