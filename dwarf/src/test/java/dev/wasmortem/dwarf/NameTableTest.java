package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Diagnostic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of names written by hand, sound and damaged. */
class NameTableTest {
  private final NamesBytes bytes = new NamesBytes();
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private List<Long> named(String... names) {
    Dwarf dwarf = Dwarf.of(bytes.build().sections(), diagnostics::add);
    List<Long> offsets = new ArrayList<>();
    for (String name : names) {
      dwarf.named(name).forEach(entry -> offsets.add(entry.offset().value()));
    }
    return offsets;
  }

  /** The index is refused, once, and a walk finds what it would have. */
  private void assertRefused(String problem) {
    assertEquals(
        List.of((long) NamesBytes.INT, (long) NamesBytes.LONG, (long) NamesBytes.INT),
        named("int", "long", "int"));
    assertEquals(1, diagnostics.size(), diagnostics::toString);
    assertEquals("dwarf-names-damaged", diagnostics.get(0).code());
    assertTrue(diagnostics.get(0).message().contains(problem), diagnostics::toString);
  }

  /** Has each name mean the other's entry, which shows that the index is used: a walk does not. */
  private void swap() {
    bytes.entries = new ByteWriter().i32le(6).i32le(0);
  }

  @Test
  void aTableWithoutHashesIsReadNameByName() {
    swap();
    assertEquals(
        List.of((long) NamesBytes.LONG, (long) NamesBytes.INT),
        named("int", "long", "in", "longer"));
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void aBucketEndsWhereTheNextBegins() {
    swap();
    // The hashes by hand: the first is even, the second odd.
    ByteWriter hashes = new ByteWriter().i32le(0x0b888030).i32le(0x7c9a2f35);
    bytes.counts[3] = 2;
    bytes.hashed = new ByteWriter().i32le(1).i32le(2).bytes(hashes);
    assertEquals(
        List.of((long) NamesBytes.LONG, (long) NamesBytes.INT), named("int", "long", "in"));
    bytes.hashed = new ByteWriter().i32le(0).i32le(2).bytes(hashes);
    assertEquals(List.of((long) NamesBytes.INT), named("int", "long"), "an empty bucket");
    // Each bucket begins with the other's name, and so has none of its own.
    bytes.hashed = new ByteWriter().i32le(2).i32le(1).bytes(hashes);
    assertEquals(List.of(), named("int", "long"));
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void aBucketThatBeginsBehindAllNames() {
    bytes.counts[3] = 1;
    bytes.hashed = new ByteWriter().i32le(3).i32le(0x0b888030).i32le(0x7c9a2f35);
    assertRefused("a bucket of name 3 of 2");
  }

  @Test
  void whatAnAbbreviationHasBesidesIsPassedOver() {
    // A parent that is none, a hash, what a vendor says as a block, and the unit.
    bytes.abbreviations =
        new ByteWriter()
            .bytes(new byte[] {1, 0x24, 4, 0x19, 5, 7, (byte) 0x80, 0x40, 0x0a, 1, 0x0b, 3, 0x13})
            .bytes(new byte[] {0, 0, 0});
    ByteWriter entry = new ByteWriter().u8(1).i64le(-1).u8(2).u8(9).u8(9).u8(0);
    bytes.pool = new ByteWriter().bytes(entry).i32le(NamesBytes.LONG).u8(0);
    bytes.entries = new ByteWriter().i32le(0).i32le(0);
    assertEquals(List.of((long) NamesBytes.LONG), named("int"));
    assertEquals(List.of(), diagnostics);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void countsOf32Bits(int count) {
    bytes.counts[count] = -1;
    assertRefused("ends behind its section");
  }

  @Test
  void anEntryOfAnotherTag() {
    bytes.pool = new ByteWriter().u8(1).i32le(0x0c).u8(0);
    assertRefused("another entry than there is");
  }

  @Test
  void anEntryOutsideItsUnit() {
    bytes.pool = new ByteWriter().u8(1).i32le(-1).u8(0);
    assertRefused("another entry than there is");
  }

  @Test
  void aUnitThatIsNot() {
    bytes.units = new ByteWriter().i32le(4);
    assertRefused("where none begins");
  }

  @Test
  void entriesOfNoUnit() {
    bytes.counts[0] = 0;
    bytes.units = new ByteWriter();
    assertRefused("a name of no unit");
  }

  @Test
  void aUnitThatTheLinkerLeftOut() {
    bytes.units = new ByteWriter().i32le(-1);
    assertEquals(List.of((long) NamesBytes.INT), named("int"), "by a walk, once");
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void anUnknownAbbreviation() {
    bytes.pool = new ByteWriter().u8(7).u8(0);
    assertRefused("abbreviation 7");
  }

  @Test
  void anUnknownForm() {
    bytes.abbreviations = new ByteWriter().bytes(new byte[] {1, 0x24, 3, 0x7e, 0, 0, 0});
    assertRefused("form 0x7e");
  }

  /** A flag takes no byte, so that entries of very many would cost much more than they take. */
  @Test
  void anAbbreviationOfVeryManyValues() {
    bytes.abbreviations = new ByteWriter().u8(1).u8(0x24);
    for (int i = 0; i < 65; i++) {
      bytes.abbreviations.u8(4).u8(0x19);
    }
    bytes.abbreviations.u8(0).u8(0).u8(0);
    assertRefused("more than 64 values");
  }

  @Test
  void aTypeUnitThatIsNot() {
    bytes.abbreviations = new ByteWriter().bytes(new byte[] {1, 0x24, 2, 0x0b, 3, 0x13, 0, 0, 0});
    bytes.pool = new ByteWriter().u8(1).u8(7).i32le(NamesBytes.INT).u8(0);
    assertRefused("a type unit that the table does not have");
  }

  @Test
  void anEntryThatSaysNotWhere() {
    bytes.abbreviations = new ByteWriter().bytes(new byte[] {1, 0x24, 4, 0x19, 0, 0, 0});
    assertRefused("does not say where");
  }

  @Test
  void anotherVersion() {
    DwarfBytes changed = bytes.build();
    byte[] table = changed.section(".debug_names").toByteArray();
    table[4] = 6;
    Dwarf dwarf =
        Dwarf.of(
            name ->
                name.equals(".debug_names")
                    ? Optional.of(ByteSource.of(name, table))
                    : changed.sections().section(name),
            diagnostics::add);
    assertEquals(1, dwarf.named("int").size());
    assertEquals(1, diagnostics.size());
    assertTrue(diagnostics.get(0).message().contains("version 6"));
  }

  /** All names are one, and have one chain of entries. */
  private void chain() {
    int names = 20_000;
    bytes.counts[4] = names;
    bytes.strings = new ByteWriter();
    bytes.entries = new ByteWriter();
    bytes.pool = new ByteWriter();
    for (int i = 0; i < names; i++) {
      bytes.strings.i32le(0);
      bytes.entries.i32le(0);
      bytes.pool.u8(1).i32le(NamesBytes.INT);
    }
  }

  @Test
  void aChainThatManyNamesShare() {
    chain();
    bytes.pool.u8(0);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertEquals(List.of((long) NamesBytes.INT), named("int", "long")));
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void aChainWithoutAnEnd() {
    chain();
    assertRefused("needs 1 more byte");
  }

  @Test
  void everyCutAndEveryFlippedBit() {
    DwarfBytes.damage(
        bytes.build().toFile(),
        sections -> Samples.walk(Dwarf.of(sections, Diagnostic.Sink.IGNORE)));
  }
}
