package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Walks over entries written by hand. */
class EntryReaderTest {
  private final DwarfBytes bytes = new DwarfBytes();

  @BeforeEach
  void abbreviations() {
    bytes.section(".debug_abbrev");
    bytes.abbreviation(1, 0x11, 1); // a unit
    bytes.abbreviation(2, 0x2e, 1, 0x03, 0x08, 0x01, 0x13); // a function, with DW_AT_sibling
    bytes.abbreviation(3, 0x34, 0, 0x03, 0x08, 0x49, 0x13); // a variable and its type
    bytes.abbreviation(4, 0x24, 0, 0x0b, 0x0b); // a base type
    bytes.abbreviation(5, 0x0b, 1, 0x02, 0x18, 0x3c, 0x19); // a block, with an expression
    bytes.add(".debug_abbrev", 0);
  }

  /** Offsets count from the unit's first byte; its header takes eleven. */
  private Dwarf tree() {
    bytes.addUnit(
        4,
        0,
        new ByteWriter()
            .u8(1) // 11: unit
            .u8(2) // 12: function f, sibling at 35
            .u8('f')
            .u8(0)
            .i32le(38)
            .u8(3) // 19: variable a of type 38
            .u8('a')
            .u8(0)
            .i32le(38)
            .u8(5) // 26: block, expression of two bytes
            .u8(2)
            .u8(0x91)
            .u8(0x10)
            .u8(3) // 30: variable b, whose type is itself
            .u8('b')
            .u8(0)
            .i32le(30)
            .u8(0) // 37: end of the block; wrong, the sibling skips it
            .u8(4) // 38: base type
            .u8(4)
            .u8(0)
            .u8(0));
    return Dwarf.of(bytes.sections(), Diagnostic.Sink.IGNORE);
  }

  @Test
  void everythingInItsOrder() {
    EntryReader reader = tree().units().get(0).root().read();
    List<String> seen = new ArrayList<>();
    do {
      seen.add(reader.depth() + " " + Tag.name(reader.tagCode()) + " " + reader.entry());
    } while (reader.next());
    assertEquals(
        List.of(
            "0 DW_TAG_compile_unit 0x0000000b",
            "1 DW_TAG_subprogram 0x0000000c",
            "2 DW_TAG_variable 0x00000013",
            "2 DW_TAG_lexical_block 0x0000001a",
            "3 DW_TAG_variable 0x0000001e",
            "2 DW_TAG_base_type 0x00000026"),
        seen);
    assertFalse(reader.next());
  }

  @Test
  void siblingsAndAttributes() {
    EntryReader reader = tree().units().get(0).root().read();
    assertTrue(reader.firstChild());
    assertEquals(Optional.of("f"), reader.text(Attribute.NAME));
    assertEquals(Optional.empty(), reader.text(Attribute.LINKAGE_NAME));
    assertTrue(reader.nextSibling());
    assertEquals(Optional.of(Tag.BASE_TYPE), reader.knownTag());
    assertEquals(4, reader.number(Attribute.BYTE_SIZE, -1));
    assertFalse(reader.nextSibling());
    assertFalse(reader.next());
  }

  @Test
  void siblingsWithoutTheirOffsets() {
    Entry function = tree().units().get(0).entryAt(12).orElseThrow();
    EntryReader reader = function.read();
    assertFalse(reader.nextSibling(), "the first entry of a walk has none");
    assertTrue(reader.firstChild());
    assertTrue(reader.nextSibling());
    assertTrue(reader.is(Tag.LEXICAL_BLOCK));
    assertTrue(reader.flag(Attribute.DECLARATION));
    assertEquals(2, reader.block(Attribute.LOCATION).orElseThrow().size());
    assertEquals(0x91, reader.block(Attribute.LOCATION).orElseThrow().u8(0));
    assertTrue(reader.nextSibling());
    assertTrue(reader.is(Tag.BASE_TYPE));
    assertFalse(reader.nextSibling());
  }

  @Test
  void referencesAndOwners() {
    Unit unit = tree().units().get(0);
    EntryReader reader = unit.entryAt(19).orElseThrow().read();
    Entry type = reader.reference(Attribute.TYPE).orElseThrow();
    reader.moveTo(type);
    assertTrue(reader.is(Tag.BASE_TYPE));
    reader.moveTo(unit.entryAt(30).orElseThrow());
    assertEquals(Optional.of(reader.entry()), reader.reference(Attribute.TYPE));
    assertEquals(unit.entryAt(26), reader.entry().parent());
    assertEquals(unit.entryAt(12), reader.entry().parent().flatMap(Entry::parent));
    assertEquals(Optional.of(unit.root()), unit.entryAt(12).orElseThrow().parent());
    assertEquals(Optional.empty(), unit.root().parent());
  }

  @Test
  void whatIsNoEntry() {
    Dwarf dwarf = tree();
    Unit unit = dwarf.units().get(0);
    assertEquals(Optional.empty(), unit.entryAt(10));
    assertEquals(Optional.empty(), unit.entryAt(42));
    assertEquals(Optional.empty(), unit.entryAt(-1));
    assertEquals(Optional.empty(), dwarf.entryAt(new InfoOffset(400)));
    Entry end = dwarf.entryAt(new InfoOffset(37)).orElseThrow();
    assertThrows(FormatException.Malformed.class, end::read);
    Entry text = unit.entryAt(20).orElseThrow();
    assertThrows(FormatException.Malformed.class, text::read);
  }

  @Test
  void aTypeBySignature() {
    int table = bytes.section(".debug_abbrev").size();
    bytes.abbreviation(1, 0x11, 0, 0x49, 0x20).add(".debug_abbrev", 0);
    ByteWriter unit =
        new ByteWriter()
            .i16le(4)
            .i32le(0)
            .u8(4)
            .i64le(77)
            .i32le(24); // its type stands behind header and root
    unit.u8(1).u8(4).u8(8).u8(0);
    bytes.section(".debug_types").i32le(unit.size()).bytes(unit);
    bytes.addUnit(4, table, new ByteWriter().u8(1).i64le(77));
    Unit user = Dwarf.of(bytes.sections(), Diagnostic.Sink.IGNORE).units().get(0);
    EntryReader reader = user.root().read();
    reader.moveTo(reader.reference(Attribute.TYPE).orElseThrow());
    assertEquals(8, reader.number(Attribute.BYTE_SIZE, -1));
  }
}
