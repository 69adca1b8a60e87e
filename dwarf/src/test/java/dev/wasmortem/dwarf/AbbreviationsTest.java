package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import org.junit.jupiter.api.Test;

class AbbreviationsTest {
  private static Abbreviations read(ByteWriter bytes) {
    return Abbreviations.read(
        ByteSource.of(".debug_abbrev", bytes.toByteArray()).cursor(), new Budget("test", 1 << 20));
  }

  @Test
  void entriesInOrder() {
    ByteWriter bytes =
        new ByteWriter()
            .unsigned(1)
            .unsigned(0x11)
            .u8(1)
            .unsigned(0x03)
            .unsigned(0x0e) // name, strp
            .unsigned(0x2111)
            .unsigned(0x21)
            .signed(-5) // a vendor's, implicit_const
            .u8(0)
            .u8(0)
            .unsigned(2)
            .unsigned(0x2e)
            .u8(0)
            .u8(0)
            .u8(0)
            .u8(0);
    Abbreviations table = read(bytes);
    assertEquals(0, table.entry(1));
    assertEquals(0x11, table.tag(0));
    assertTrue(table.hasChildren(0));
    assertEquals(0, table.firstAttribute(0));
    assertEquals(2, table.endAttribute(0));
    assertEquals(0x03, table.name(0));
    assertEquals(0x0e, table.form(0));
    assertEquals(0, table.constant(0));
    assertEquals(0x2111, table.name(1));
    assertEquals(-5, table.constant(1));
    assertEquals(1, table.entry(2));
    assertEquals(0x2e, table.tag(1));
    assertFalse(table.hasChildren(1));
    assertEquals(2, table.firstAttribute(1));
    assertEquals(2, table.endAttribute(1));
    assertEquals(-1, table.entry(0));
    assertEquals(-1, table.entry(3));
    assertEquals(-1, table.entry(-1));
    assertEquals(-1, table.entry(1L << 32 | 1));
  }

  @Test
  void codesInAnyOrder() {
    ByteWriter bytes = new ByteWriter();
    for (long code : new long[] {1, 2, 9, -1, 3, 2}) {
      bytes.unsigned(code).unsigned(0x20 + (code & 0xf)).u8(0).u8(0).u8(0);
    }
    Abbreviations table = read(bytes.u8(0));
    assertEquals(0x21, table.tag(table.entry(1)));
    assertEquals(0x22, table.tag(table.entry(2)));
    assertEquals(1, table.entry(2)); // the first of two
    assertEquals(0x29, table.tag(table.entry(9)));
    assertEquals(0x2f, table.tag(table.entry(-1)));
    assertEquals(0x23, table.tag(table.entry(3)));
    assertEquals(-1, table.entry(4));
  }

  @Test
  void manyEntriesAndAttributes() {
    ByteWriter bytes = new ByteWriter();
    int count = 1000;
    for (int code = 1; code <= count; code++) {
      bytes.unsigned(code).unsigned(code).u8(0);
      for (int i = 0; i < code % 7; i++) {
        bytes.unsigned(i + 1).unsigned(0x21).signed(code * 10L + i);
      }
      bytes.u8(0).u8(0);
    }
    Abbreviations table = read(bytes.u8(0));
    for (int code = 1; code <= count; code++) {
      int entry = table.entry(code);
      assertEquals(code, table.tag(entry));
      assertEquals(code % 7, table.endAttribute(entry) - table.firstAttribute(entry));
      for (int i = 0; i < code % 7; i++) {
        assertEquals(code * 10L + i, table.constant(table.firstAttribute(entry) + i));
      }
    }
  }

  @Test
  void readingStopsAtTheEntryThatIsWanted() {
    byte[] bytes = {1, 0x11, 1, 0, 0, 2, 0x2e, 0, 0, 0, 3, 0x34, 0, 0, 0, 0};
    Cursor cursor = ByteSource.of(".debug_abbrev", bytes).cursor();
    Abbreviations part = Abbreviations.readUpTo(2, cursor, new Budget("test", 100));
    assertEquals(10, cursor.position());
    assertFalse(part.isComplete());
    assertEquals(1, part.entry(2));
    assertEquals(-1, part.entry(3));
    cursor.seek(0);
    Abbreviations whole = Abbreviations.readUpTo(7, cursor, new Budget("test", 100));
    assertTrue(whole.isComplete());
    assertEquals(2, whole.entry(3));
  }

  @Test
  void damage() {
    ByteWriter cut = new ByteWriter().unsigned(1).unsigned(0x11).u8(1).unsigned(3);
    assertThrows(FormatException.Truncated.class, () -> read(cut));
    ByteWriter large = new ByteWriter().unsigned(1).unsigned(1L << 40).u8(1);
    assertThrows(FormatException.LimitExceeded.class, () -> read(large));
    ByteWriter noEnd = new ByteWriter().unsigned(1).unsigned(1).u8(1).u8(0).u8(0);
    assertThrows(FormatException.Truncated.class, () -> read(noEnd));
    byte[] table = new ByteWriter().unsigned(1).unsigned(1).u8(1).u8(0).u8(0).u8(0).toByteArray();
    assertThrows(
        FormatException.LimitExceeded.class,
        () ->
            Abbreviations.read(
                ByteSource.of(".debug_abbrev", table).cursor(), new Budget("test", 4)));
  }
}
