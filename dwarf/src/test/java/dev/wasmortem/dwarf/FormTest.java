package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each form's code, length and value, from the tables of §7.5.5, §7.5.6 and DWARF 2 to 4. */
class FormTest {
  private static final Encoding V2 = new Encoding(2, 4, 8);
  private static final Encoding V4 = new Encoding(4, 4, 4);
  private static final Encoding V4_64 = new Encoding(4, 8, 8);
  private static final Encoding V5 = new Encoding(5, 4, 4);

  private static Arguments form(int code, Encoding encoding, int length, long number) {
    return Arguments.of(code, encoding, length, number);
  }

  /** Of the bytes 01 02 03 … : how many a value takes, and the number that they make. */
  static Stream<Arguments> forms() {
    return Stream.of(
        form(0x01, V4, 4, 0x04030201L), // addr
        form(0x01, V2, 8, 0x0807060504030201L),
        form(0x03, V4, 2 + 0x0201, 0), // block2
        form(0x04, V4, 4 + 0x04030201, 0), // block4: more than there is
        form(0x05, V4, 2, 0x0201), // data2
        form(0x06, V4, 4, 0x04030201L), // data4
        form(0x07, V4, 8, 0x0807060504030201L), // data8
        form(0x09, V4, 2, 0), // block
        form(0x0a, V4, 2, 0), // block1
        form(0x0b, V4, 1, 1), // data1
        form(0x0c, V4, 1, 1), // flag
        form(0x0d, V4, 1, 1), // sdata
        form(0x0e, V4, 4, 0x04030201L), // strp
        form(0x0e, V4_64, 8, 0x0807060504030201L),
        form(0x0f, V4, 1, 1), // udata
        form(0x10, V2, 8, 0x0807060504030201L), // ref_addr: an address in version 2
        form(0x10, V4, 4, 0x04030201L), // an offset since version 3
        form(0x10, V4_64, 8, 0x0807060504030201L),
        form(0x11, V4, 1, 1), // ref1
        form(0x12, V4, 2, 0x0201), // ref2
        form(0x13, V4, 4, 0x04030201L), // ref4
        form(0x14, V4, 8, 0x0807060504030201L), // ref8
        form(0x15, V4, 1, 1), // ref_udata
        form(0x16, V4, 1 + 8, 0), // indirect: to addr, form 1, of the bytes behind
        form(0x17, V4, 4, 0x04030201L), // sec_offset
        form(0x17, V4_64, 8, 0x0807060504030201L),
        form(0x18, V4, 2, 0), // exprloc
        form(0x19, V4, 0, 1), // flag_present
        form(0x1a, V5, 1, 1), // strx
        form(0x1b, V5, 1, 1), // addrx
        form(0x1c, V5, 4, 0x04030201L), // ref_sup4
        form(0x1d, V5, 4, 0x04030201L), // strp_sup
        form(0x1e, V5, 16, 0), // data16
        form(0x1f, V5, 4, 0x04030201L), // line_strp
        form(0x20, V4, 8, 0x0807060504030201L), // ref_sig8
        form(0x21, V5, 0, 77), // implicit_const
        form(0x22, V5, 1, 1), // loclistx
        form(0x23, V5, 1, 1), // rnglistx
        form(0x24, V5, 8, 0x0807060504030201L), // ref_sup8
        form(0x25, V5, 1, 1), // strx1
        form(0x26, V5, 2, 0x0201), // strx2
        form(0x27, V5, 3, 0x030201), // strx3
        form(0x28, V5, 4, 0x04030201L), // strx4
        form(0x29, V5, 1, 1), // addrx1
        form(0x2a, V5, 2, 0x0201), // addrx2
        form(0x2b, V5, 3, 0x030201), // addrx3
        form(0x2c, V5, 4, 0x04030201L), // addrx4
        form(0x1f01, V4, 1, 1), // GNU_addr_index
        form(0x1f02, V4, 1, 1), // GNU_str_index
        form(0x1f20, V4, 4, 0x04030201L), // GNU_ref_alt
        form(0x1f21, V4_64, 8, 0x0807060504030201L), // GNU_strp_alt
        form(0x2001, V5, 5, 1)); // LLVM_addrx_offset
  }

  @ParameterizedTest
  @MethodSource("forms")
  void readAndSkip(int code, Encoding encoding, int length, long number) {
    byte[] bytes = new byte[0x0203];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i + 1);
    }
    if (code == 0x16) {
      encoding = new Encoding(4, 4, 8);
      number = 0x0908070605040302L;
    }
    Cursor read = ByteSource.of("form", bytes).cursor();
    Cursor skipped = ByteSource.of("form", bytes).cursor();
    Form form = Form.of(code, read);
    AttributeValue value = new AttributeValue();
    Encoding unit = encoding;
    if (length > bytes.length) {
      assertThrows(FormatException.Truncated.class, () -> value.read(form, 77, read, unit));
      assertThrows(FormatException.Truncated.class, () -> form.skip(skipped, unit));
      return;
    }
    value.read(form, 77, read, unit);
    form.skip(skipped, unit);
    assertEquals(length, read.position());
    assertEquals(length, skipped.position());
    if (value.kind() != Form.Kind.BLOCK && value.kind() != Form.Kind.EXPRESSION) {
      assertEquals(number, value.number());
    } else {
      assertEquals(length, value.start() + value.length());
    }
    int fixed = form.fixedSize(unit);
    assertTrue(fixed < 0 || fixed == length);
    assertTrue(form.leastSize(unit) <= length);
  }

  @Test
  void everyFormIsTested() {
    long codes = forms().map(form -> form.get()[0]).distinct().count();
    assertEquals(Form.values().length - 1, codes); // string is tested below
    assertEquals(
        Form.values().length, Arrays.stream(Form.values()).map(Form::code).distinct().count());
  }

  @Test
  void stringsInPlace() {
    Cursor cursor = ByteSource.of("form", new byte[] {'a', 'b', 0, 9}).cursor();
    AttributeValue value = new AttributeValue();
    value.read(Form.STRING, 0, cursor, V4);
    assertEquals(3, cursor.position());
    assertEquals(0, value.start());
  }

  @Test
  void indirectFormsDoNotNest() {
    for (int code : new int[] {0x16, 0x21, 0x7e}) {
      byte[] bytes = {(byte) code, 0x16, 0x16, 0x0b, 1};
      Cursor cursor = ByteSource.of("form", bytes).cursor();
      AttributeValue value = new AttributeValue();
      assertThrows(FormatException.class, () -> value.read(Form.INDIRECT, 0, cursor, V4));
      Cursor again = ByteSource.of("form", bytes).cursor();
      assertThrows(FormatException.class, () -> Form.INDIRECT.skip(again, V4));
    }
  }

  @Test
  void formsThatDoNotExist() {
    Cursor cursor = ByteSource.of("form", new byte[0]).cursor();
    for (int code : new int[] {-1, 0, 2, 0x2d, 0x1f00, 0xffff, Integer.MAX_VALUE}) {
      assertThrows(FormatException.Unsupported.class, () -> Form.of(code, cursor));
    }
  }

  @Test
  void tombstones() {
    assertTrue(Encoding.isTombstone(0xffff_ffffL, 4));
    assertTrue(Encoding.isTombstone(0xffff_fffeL, 4));
    assertFalse(Encoding.isTombstone(0xffff_fffdL, 4));
    assertFalse(Encoding.isTombstone(0xffff_ffffL, 8));
    assertTrue(Encoding.isTombstone(-1, 8));
    assertTrue(Encoding.isTombstone(-2, 8));
    assertFalse(Encoding.isTombstone(-3, 8));
    assertTrue(Encoding.isTombstone(0xfe, 1));
  }
}
