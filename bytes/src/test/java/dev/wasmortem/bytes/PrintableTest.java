package dev.wasmortem.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void plainTextStays() {
    assertEquals("core::fmt::write a\\b é €", Printable.escape("core::fmt::write a\\b é €"));
  }

  @Test
  void controlsAreEscaped() {
    assertEquals("\\x1b]8;;x\\x07", Printable.escape("\u001b]8;;x\u0007"));
    assertEquals("\\x0a\\x0d\\x09\\x00\\x7f", Printable.escape("\n\r\t\0\u007f"));
    assertEquals("\\x9b31m", Printable.escape("\u009b31m"));
  }

  @Test
  void whatReordersALineIsEscaped() {
    assertEquals("a\\u202eb\\u2066", Printable.escape("a\u202eb\u2066"));
    assertEquals("\\u2028\\u2029\\u200b\\ufeff", Printable.escape("\u2028\u2029\u200b\ufeff"));
    assertEquals("\\ud800", Printable.escape("\ud800"));
    assertEquals("\\U000e0001", Printable.escape("\udb40\udc01"));
    assertEquals("\ud83d\ude00", Printable.escape("\ud83d\ude00"));
  }

  @Test
  void whatIsEscapedStays() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String once = Printable.escape("a" + Character.toString(c) + "\\");
      assertEquals(once, Printable.escape(once));
    }
  }

  @Test
  void locationsArePrintable() {
    assertEquals("a\\x1b+0x10 (p)", new Location("a\u001b", new FileOffset(16), "p").toString());
    assertEquals("a+0x10", new Location("a", new FileOffset(16), "").toString());
  }
}
