package dev.wasmortem.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.wasmortem.coredump.Value;
import org.junit.jupiter.api.Test;

class ValueTextTest {
  private static void assertShown(String type, String text, String raw, Value value) {
    Report.Value shown = ValueText.of(value);
    assertEquals(type, shown.type());
    assertEquals(text, shown.value());
    assertEquals(raw, shown.raw());
    assertEquals(Report.Trust.EXACT, shown.trust());
  }

  @Test
  void integersAreSignedDecimal() {
    assertShown("i32", "-2", "feffffff", new Value.I32(-2));
    assertShown("i32", "258", "02010000", new Value.I32(258));
    assertShown("i64", "-9000000000", "00e68ee7fdffffff", new Value.I64(-9000000000L));
  }

  @Test
  void floatsAreShortAndKeepTheirBits() {
    assertShown("f32", "1.5", "0000c03f", new Value.F32(0x3fc00000));
    assertShown("f32", "-0", "00000080", new Value.F32(0x80000000));
    assertShown("f32", "3", "00004040", new Value.F32(0x40400000));
    assertShown("f64", "-2.5", "00000000000004c0", new Value.F64(0xc004000000000000L));
    assertShown("f64", "1e300", "9c7500883ce4377e", new Value.F64(0x7e37e43c8800759cL));
    assertShown("f64", "inf", "000000000000f07f", new Value.F64(0x7ff0000000000000L));
    assertShown("f64", "-inf", "000000000000f0ff", new Value.F64(0xfff0000000000000L));
    assertShown("f32", "nan:0x400000", "0000c07f", new Value.F32(0x7fc00000));
    assertShown("f32", "-nan:0x1", "010080ff", new Value.F32(0xff800001));
    assertShown(
        "f64", "nan:0x8000000000001", "010000000000f87f", new Value.F64(0x7ff8000000000001L));
  }

  @Test
  void vectorsAreOneNumber() {
    assertShown(
        "v128",
        "0x0807060504030201100f0e0d0c0b0a09",
        "090a0b0c0d0e0f100102030405060708",
        new Value.V128(0x100f0e0d0c0b0a09L, 0x0807060504030201L));
  }

  @Test
  void aMissingValueSaysWhy() {
    Report.Value shown = ValueText.of(Value.MISSING);
    assertNull(shown.type());
    assertNull(shown.value());
    assertEquals(Report.Trust.ABSENT, shown.trust());
    assertEquals("not captured", shown.reason());
  }
}
