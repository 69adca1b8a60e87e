package dev.wasmortem.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wasmortem.bytes.Cursor;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MutationsTest {
  private final byte[] bytes = {1, 2};

  @Test
  void cutsAndFlips() {
    assertEquals(
        List.of(0, 1), Mutations.cuts(bytes).map(mutation -> mutation.bytes().length).toList());
    List<Mutations.Mutation> flips = Mutations.bitFlips(bytes).toList();
    assertEquals(16, flips.size());
    assertArrayEquals(new byte[] {0, 2}, flips.get(0).bytes());
    assertArrayEquals(new byte[] {1, (byte) 0x82}, flips.get(15).bytes());
    assertEquals(2 + 16 + 8, Mutations.all(bytes).count());
  }

  @Test
  void onlyFormatExceptionsAreAccepted() {
    Mutations.check(bytes, source -> source.cursor().in("two").u16le());
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                Mutations.check(
                    bytes,
                    source -> {
                      Cursor cursor = source.cursor();
                      if (cursor.u8() != 1) {
                        throw new IllegalStateException("not one");
                      }
                    }));
    assertEquals(
        "bit 0 of 0x0 flipped: java.lang.IllegalStateException: not one", error.getMessage());
  }
}
