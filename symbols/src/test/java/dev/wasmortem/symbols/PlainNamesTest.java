package dev.wasmortem.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Names are demangled once, however long they are, and not all of them are kept. */
class PlainNamesTest {
  private static final int LONG = 90_000;

  private final PlainNames names = new PlainNames();

  /** Asks for a function without parameters, by a linkage name that is another object each time. */
  private String ask(String name) {
    return names.of("_Z" + name.length() + name + "v").orElseThrow();
  }

  @Test
  void longNamesAreKept() {
    String name = "a".repeat(LONG);
    String first = ask(name);
    assertEquals(name, first);
    assertSame(first, ask(name));
  }

  @Test
  void namesThatAreNotMangled() {
    assertEquals(Optional.empty(), names.of("main"));
    assertEquals(Optional.empty(), names.of("main"));
  }

  /** Each costs 180,000 characters and some; 64 Mi are kept. */
  @Test
  void notAllAreKept() {
    String first = ask("a".repeat(LONG));
    for (int i = 0; i < 300; i++) {
      ask("b".repeat(LONG) + i);
    }
    assertSame(first, ask("a".repeat(LONG)));
    for (int i = 300; i < 400; i++) {
      ask("b".repeat(LONG) + i);
    }
    assertNotSame(first, ask("a".repeat(LONG)));
  }
}
