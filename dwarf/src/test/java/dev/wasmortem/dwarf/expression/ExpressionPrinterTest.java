package dev.wasmortem.dwarf.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.dwarf.InfoOffset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Expressions as LLVM's dumper prints them; the table was written by it. */
class ExpressionPrinterTest {
  private static final Path FIXTURE = Path.of("src/test/resources/fixtures/expressions");

  private static Expression expression(String hex) {
    String[] parts = hex.split(" ", -1);
    byte[] bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = (byte) Integer.parseInt(parts[i], 16);
    }
    return Expression.of(
        ByteSource.of("expression", bytes),
        ExpressionBytes.WASM32,
        new References() {
          @Override
          public Optional<ScalarType> baseType(InfoOffset entry) {
            return entry.value() == 0x2a
                ? Optional.of(new ScalarType("int", BaseEncoding.SIGNED, 4))
                : Optional.empty();
          }
        });
  }

  @Test
  void everyOperationThatTheDumperKnows() throws IOException {
    List<String> hex = Files.readAllLines(FIXTURE.resolve("expressions.txt"));
    assertEquals(
        Files.readAllLines(FIXTURE.resolve("expected.txt")),
        hex.stream().map(line -> expression(line).toString()).toList());
  }

  /** Where the dumper loses a parenthesis, or knows no such operation, or no such type. */
  @Test
  void others() {
    assertEquals(
        "DW_OP_entry_value(DW_OP_WASM_location 0x0 0x1, DW_OP_stack_value), DW_OP_stack_value",
        expression("a3 04 ed 00 01 9f 9f").toString());
    assertEquals(
        "DW_OP_const_type (0x0000002a) \"int\" 0x1 0x07", expression("a4 2a 01 07").toString());
    assertEquals("DW_OP_lit1, <decoding error> 01 02", expression("31 01 02").toString());
    assertEquals("DW_OP_convert <invalid base_type ref: 0x7>", expression("a8 07").toString());
    assertEquals("DW_OP_WASM_location_int 0x3 0x1", expression("ee 03 01 00 00 00").toString());
  }
}
