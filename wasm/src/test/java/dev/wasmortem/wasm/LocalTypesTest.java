package dev.wasmortem.wasm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.types.FuncType;
import dev.wasmortem.wasm.types.NumType;
import dev.wasmortem.wasm.types.RefType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Declarations of locals, written again; the bytes by hand from §5.5.13. */
class LocalTypesTest {
  private static final FuncType TWO_NUMBERS =
      new FuncType(List.of(NumType.I32, NumType.I32), List.of());

  /** Padded counts, an empty run, two runs of one type, a reference in its long form. */
  private static final String WORDY = "85 00  02 7f  81 80 00 7f  00 7c  03 7e  01 63 70";

  private static LocalTypes wordy() {
    return LocalTypes.read(TWO_NUMBERS, WasmBytes.hex(WORDY).source("locals").cursor());
  }

  private static void assertWritten(String expected, LocalTypes locals) {
    ByteWriter out = new ByteWriter();
    locals.writeTo(out);
    assertArrayEquals(WasmBytes.hex(expected).toByteArray(), out.toByteArray());
  }

  private static void assertWritten(String expected, LocalTypes locals, String form) {
    ByteWriter out = new ByteWriter();
    locals.writeTo(out, WasmBytes.hex(form + "0b").source("form"));
    assertArrayEquals(WasmBytes.hex(expected).toByteArray(), out.toByteArray());
  }

  @Test
  void asFewAsWillDo() {
    assertEquals(9, wordy().count());
    assertWritten("03  03 7f  03 7e  01 70", wordy());
    assertWritten("00", LocalTypes.of(TWO_NUMBERS));
    assertWritten("00", LocalTypes.NONE);
  }

  @Test
  void inTheFormOfTheOriginal() {
    assertWritten(WORDY, wordy(), WORDY);
    assertWritten("00", LocalTypes.of(TWO_NUMBERS), "00");
  }

  @Test
  void moreThanTheOriginal() {
    LocalTypes more = wordy().and(1, RefType.FUNCREF).and(2, NumType.F32);
    assertEquals(12, more.count());
    assertEquals(RefType.FUNCREF, more.type(9));
    assertWritten(WORDY.replace("85 00", "87 00") + " 01 70  02 7d", more, WORDY);
    assertWritten("04  03 7f  03 7e  02 70  02 7d", more);
  }

  @Test
  void otherThanTheOriginal() {
    LocalTypes other = LocalTypes.of(TWO_NUMBERS).and(4, NumType.I32).and(1, NumType.F64);
    // Two runs of i32 are alike, then comes another type: what is left is written anew.
    assertWritten(
        "84 00  02 7f  81 80 00 7f  01 7f  01 7c", other, "84 00 02 7f 81 80 00 7f 01 7e 01 7c");
    LocalTypes fewer = LocalTypes.of(TWO_NUMBERS).and(1, NumType.I32);
    assertWritten("81 00  01 7f", fewer, WORDY);
  }

  @Test
  void parametersAreNotDeclared() {
    LocalTypes locals = LocalTypes.of(TWO_NUMBERS).and(1, NumType.I32);
    assertEquals(2, locals.parameterCount());
    assertEquals(2, locals.runEnd(0));
    assertEquals(3, locals.runEnd(2));
    assertWritten("01  01 7f", locals);
  }

  @Test
  void asManyAsTheFormatCanTell() {
    LocalTypes all = LocalTypes.NONE.and(0xffff_ffffL, NumType.I64);
    assertWritten("01  ff ff ff ff 0f 7e", all);
    assertWritten("02  ff ff ff ff 0f 7e  00 7f", all, "02 ff ff ff ff 0f 7e 00 7f");
    assertThrows(IllegalArgumentException.class, () -> all.and(1, NumType.I32));
    assertThrows(IllegalArgumentException.class, () -> LocalTypes.NONE.and(0, NumType.I32));
  }
}
