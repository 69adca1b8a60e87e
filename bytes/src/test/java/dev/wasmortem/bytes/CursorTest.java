package dev.wasmortem.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CursorTest {
  private static Cursor over(String hex) {
    return ByteSource.of("t", hex(hex)).cursor();
  }

  static byte[] hex(String hex) {
    String digits = hex.replace(" ", "");
    byte[] bytes = new byte[digits.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
    }
    return bytes;
  }

  // The values stand in the specifications: Core 3.0 §5.2.2, DWARF 5 §7.6 and its figures 22 and
  // 23.
  @ParameterizedTest
  @CsvSource({
    "02, 2",
    "7f, 127",
    "80 01, 128",
    "81 01, 129",
    "82 01, 130",
    "b9 64, 12857",
    "03, 3",
    "83 00, 3",
    "ff ff ff ff 0f, 4294967295",
    "80 80 80 80 00, 0",
  })
  void readsU32(String bytes, long value) {
    Cursor cursor = over(bytes);
    assertEquals(value, cursor.u32());
    assertTrue(cursor.atEnd());
    assertEquals(value, over(bytes).uleb128());
  }

  @ParameterizedTest
  @CsvSource({
    "02, 2",
    "7e, -2",
    "ff 00, 127",
    "81 7f, -127",
    "80 01, 128",
    "80 7f, -128",
    "81 01, 129",
    "ff 7e, -129",
    "7e, -2",
    "fe 7f, -2",
    "fe ff 7f, -2",
    "80 80 80 80 78, -2147483648",
    "ff ff ff ff 07, 2147483647",
  })
  void readsS32(String bytes, int value) {
    Cursor cursor = over(bytes);
    assertEquals(value, cursor.s32());
    assertTrue(cursor.atEnd());
    assertEquals(value, over(bytes).s33());
    assertEquals(value, over(bytes).s64());
    assertEquals(value, over(bytes).sleb128());
  }

  @ParameterizedTest
  @CsvSource({
    "80 80 80 80 80 80 80 80 80 7f, -9223372036854775808",
    "ff ff ff ff ff ff ff ff ff 00, 9223372036854775807",
    "80 80 80 80 08, 2147483648",
  })
  void readsS64(String bytes, long value) {
    assertEquals(value, over(bytes).s64());
    assertEquals(value, over(bytes).sleb128());
  }

  @ParameterizedTest
  @CsvSource({
    "80 80 80 80 70, -4294967296",
    "ff ff ff ff 0f, 4294967295",
    "80 80 80 80 78, -2147483648",
  })
  void readsS33(String bytes, long value) {
    assertEquals(value, over(bytes).s33());
  }

  // From the test suite's binary-leb128: too long, or bits set that the type has not.
  @ParameterizedTest
  @CsvSource({
    "83 80 80 80 80 00, integer representation too long",
    "82 80 80 80 70, integer too large",
    "82 80 80 80 1f, integer too large",
    "ff ff ff ff 80, integer representation too long",
  })
  void refusesU32(String bytes, String problem) {
    var e = assertThrows(FormatException.Malformed.class, () -> over(bytes).u32());
    assertEquals(problem, e.problem());
    assertEquals("t+0x0: " + problem, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "80 80 80 80 80 00, integer representation too long",
    "ff ff ff ff ff 7f, integer representation too long",
    "80 80 80 80 70, integer too large",
    "ff ff ff ff 0f, integer too large",
    "80 80 80 80 1f, integer too large",
    "ff ff ff ff 4f, integer too large",
  })
  void refusesS32(String bytes, String problem) {
    var e = assertThrows(FormatException.Malformed.class, () -> over(bytes).s32());
    assertEquals(problem, e.problem());
  }

  @ParameterizedTest
  @CsvSource({
    "80 80 80 80 80 80 80 80 80 80 00, integer representation too long",
    "80 80 80 80 80 80 80 80 80 7e, integer too large",
    "ff ff ff ff ff ff ff ff ff 01, integer too large",
  })
  void refusesS64(String bytes, String problem) {
    var e = assertThrows(FormatException.Malformed.class, () -> over(bytes).s64());
    assertEquals(problem, e.problem());
  }

  @Test
  void dwarfNumbersMayBePadded() {
    assertEquals(1, over("81 80 80 80 80 80 80 80 80 80 80 80 00").uleb128());
    assertEquals(-1, over("ff ff ff ff ff ff ff ff ff ff ff ff 7f").sleb128());
    assertEquals(1, over("81 80 80 80 80 80 80 80 80 80 80 80 00").sleb128());
    assertEquals(-1L, over("ff ff ff ff ff ff ff ff ff 01").uleb128());
    assertThrows(
        FormatException.Malformed.class, () -> over("ff ff ff ff ff ff ff ff ff 02").uleb128());
    assertThrows(
        FormatException.Malformed.class, () -> over("80 80 80 80 80 80 80 80 80 80 01").uleb128());
  }

  @Test
  void readsFixedNumbersLittleEndian() {
    Cursor cursor = over("01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f");
    assertEquals(0x01, cursor.u8());
    assertEquals(0x0302, cursor.u16le());
    assertEquals(0x07060504, cursor.i32le());
    assertEquals(0x0f0e0d0c0b0a0908L, cursor.i64le());
    assertTrue(cursor.atEnd());
    assertEquals(0xffffffffL, over("ff ff ff ff").u32le());
  }

  @Test
  void readsNames() {
    assertEquals("h€", over("04 68 e2 82 ac").name());
    assertEquals("", over("00").name());
    assertEquals("ab", over("61 62 00 63").cstring());
    var notUtf8 = assertThrows(FormatException.Malformed.class, () -> over("02 c3 28").name());
    assertEquals("a name that is not UTF-8", notUtf8.problem());
    assertThrows(FormatException.Truncated.class, () -> over("05 68").name());
    assertThrows(FormatException.Truncated.class, () -> over("61 62").cstring());
    byte[] huge = new ByteWriter().unsigned(100_001).bytes(new byte[100_001]).toByteArray();
    assertThrows(
        FormatException.LimitExceeded.class, () -> ByteSource.of("t", huge).cursor().name());
  }

  @Test
  void refusesCountsThatCannotFit() {
    assertEquals(2, over("02 aa bb").count(1));
    var e = assertThrows(FormatException.Malformed.class, () -> over("02 aa bb").count(2));
    assertEquals("a count of 2 cannot fit into the 2 bytes that are left", e.problem());
    assertThrows(FormatException.Malformed.class, () -> over("ff ff ff ff 0f 00 00").count(1));
  }

  @Test
  void errorsNameFileOffsetAndProduction() {
    ByteSource file = ByteSource.of("core.wasm", new byte[0x200]);
    Cursor cursor = file.slice(0x100, 0x100).slice(0xa0, 6).cursor().in("frame.locals");
    cursor.skip(4);
    var e = assertThrows(FormatException.Truncated.class, () -> cursor.i32le());
    assertEquals("core.wasm+0x1a6 (frame.locals): needs 1 more byte", e.getMessage());
    var skip = assertThrows(FormatException.Truncated.class, () -> cursor.seek(4).skip(5));
    assertEquals("core.wasm+0x1a4 (frame.locals): needs 3 more bytes", skip.getMessage());
  }

  @Test
  void movesAboutAndTakesParts() {
    Cursor cursor = over("00 01 02 03 04 05 06 07");
    ByteSource part = cursor.skip(2).take(3);
    assertEquals(3, part.size());
    assertEquals(new FileOffset(2), part.origin());
    assertEquals(4, part.u8(2));
    assertEquals(5, cursor.peek());
    assertEquals(5, cursor.position());
    assertEquals(new FileOffset(5), cursor.fileOffset());
    assertArrayEquals(new byte[] {5, 6}, cursor.bytes(2));
    assertEquals(0, cursor.seek(0).u8());
    assertEquals(7, cursor.remaining());
    assertThrows(FormatException.Truncated.class, () -> cursor.seek(9));
    assertThrows(FormatException.Truncated.class, () -> cursor.bytes(8));
    assertThrows(FormatException.Truncated.class, () -> part.u8(3));
    assertThrows(FormatException.Truncated.class, () -> part.slice(1, 3));
  }
}
