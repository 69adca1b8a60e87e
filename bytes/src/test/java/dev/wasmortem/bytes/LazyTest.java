package dev.wasmortem.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LazyTest {
  private int made;

  @Test
  void isMadeOnceAndNotBefore() {
    Lazy<String> lazy = new Lazy<>(() -> "value " + ++made);
    assertEquals(0, made);
    assertEquals("value 1", lazy.get());
    assertSame(lazy.get(), lazy.get());
    assertEquals(1, made);
  }

  @Test
  void whatIsMalformedIsReadOnce() {
    Lazy<String> lazy =
        new Lazy<>(
            () -> {
              made++;
              throw ByteSource.of("file", new byte[1]).cursor().malformed("wrong");
            });
    FormatException first = assertThrows(FormatException.class, lazy::get);
    assertSame(first, assertThrows(FormatException.class, lazy::get));
    assertEquals(1, made);
  }

  @Test
  void otherErrorsAreNotKept() {
    Lazy<String> lazy =
        new Lazy<>(
            () -> {
              if (++made == 1) {
                throw new IllegalStateException("the disk is gone");
              }
              return "value";
            });
    assertThrows(IllegalStateException.class, lazy::get);
    assertEquals("value", lazy.get());
  }
}
