package dev.wasmortem.symbols.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses as llvm-symbolizer-22 and llvm-addr2line-22 print them again with {@code -a}. */
class QueryTest {
  private static String read(AddressSpace.Radix radix, String line) {
    Query query =
        new Query(new AddressForm(radix), "dir/app.wasm".getBytes(StandardCharsets.UTF_8));
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    query.read(bytes, 0, bytes.length);
    return query.kind() + " " + Long.toHexString(query.address());
  }

  @ParameterizedTest
  @CsvSource({
    "0x900, CODE 900",
    "12, CODE c",
    "010, CODE 8",
    "0b11, CODE 3",
    "0o10, CODE 8",
    "' 0x20', CODE 20",
    "'0x20 x', CODE 20",
    "CODE 0x20, CODE 20",
    "DATA 0x400, DATA 400",
    "FRAME 0x900, FRAME 900",
    "0xffffffffffffffff, CODE ffffffffffffffff",
    "0xfffffffffffffffff, NONE 0",
    "0x, NONE 0",
    "-1, NONE 0",
    "'', NONE 0",
    "zzz, NONE 0",
    "CODE \"dir/app.wasm\" 0x12, CODE 12",
    "FILE:dir/app.wasm 0x12, CODE 12",
    "dir/other.wasm 0x12, NONE 0"
  })
  void linesForTheSymbolizer(String line, String expected) {
    assertEquals(expected, read(AddressSpace.Radix.BY_PREFIX, line));
  }

  @ParameterizedTest
  @CsvSource({"12, CODE 12", "010, CODE 10", "0x20, CODE 20", "ABC, CODE abc", "0b11, CODE b11"})
  void linesForAddr2line(String line, String expected) {
    assertEquals(expected, read(AddressSpace.Radix.HEXADECIMAL, line));
  }
}
