package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Units of every version, and the ranges that their root entries give in every way there is. */
class UnitTest {
  private static final int NAME = 0x03;
  private static final int STMT_LIST = 0x10;
  private static final int LOW_PC = 0x11;
  private static final int HIGH_PC = 0x12;
  private static final int LANGUAGE = 0x13;
  private static final int COMP_DIR = 0x1b;
  private static final int PRODUCER = 0x25;
  private static final int RANGES = 0x55;
  private static final int STR_OFFSETS_BASE = 0x72;
  private static final int ADDR_BASE = 0x73;
  private static final int RNGLISTS_BASE = 0x74;

  private final DwarfBytes bytes = new DwarfBytes();
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  /** Abbreviation 1, a compile unit with these attributes and forms. */
  private void abbreviation(int... namesAndForms) {
    ByteWriter table = bytes.section(".debug_abbrev").unsigned(1).unsigned(0x11).u8(0);
    for (int value : namesAndForms) {
      table.unsigned(value);
    }
    table.u8(0).u8(0).u8(0);
  }

  private static ByteWriter root() {
    return new ByteWriter().unsigned(1);
  }

  private Dwarf dwarf() {
    return Dwarf.of(bytes.sections(), diagnostics::add);
  }

  private Unit unit() {
    List<Unit> units = dwarf().units();
    assertEquals(1, units.size());
    return units.get(0);
  }

  private static String ranges(Unit unit) {
    return String.join(" ", unit.ranges().stream().map(AddressRange::toString).toList());
  }

  private static void text(ByteWriter into, String text) {
    into.bytes(text.getBytes(StandardCharsets.UTF_8));
    into.u8(0);
  }

  @Test
  void version2WithEverythingInPlace() {
    abbreviation(
        NAME, 0x08, PRODUCER, 0x08, COMP_DIR, 0x08, LANGUAGE, 0x0b, LOW_PC, 0x01, HIGH_PC, 0x01);
    ByteWriter root = root();
    text(root, "a.c");
    text(root, "cc 1");
    text(root, "/proj");
    bytes.addUnit(2, 0, root.u8(1).i32le(0x10).i32le(0x40));
    Unit unit = unit();
    assertEquals(2, unit.version());
    assertEquals(new InfoOffset(0), unit.offset());
    assertEquals(Optional.of("a.c"), unit.name());
    assertEquals(Optional.of("cc 1"), unit.producer());
    assertEquals(Optional.of("/proj"), unit.compilationDirectory());
    assertEquals(1, unit.language());
    assertEquals("[0x10, 0x40)", ranges(unit)); // high_pc of form addr is an address
    assertEquals(Unit.Code.PRESENT, unit.code());
    assertEquals(Optional.empty(), unit.lines());
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void version4WithHighPcAsAnOffset() {
    for (int form : new int[] {0x0b, 0x05, 0x06, 0x0f}) {
      DwarfBytes fresh = new DwarfBytes();
      fresh.section(".debug_abbrev").unsigned(1).unsigned(0x11).u8(0);
      fresh.add(".debug_abbrev", LOW_PC, 0x01, HIGH_PC, form, 0, 0, 0);
      ByteWriter root = root().i32le(0x10).u8(0x40);
      if (form != 0x0f) {
        root.bytes(new byte[form == 0x0b ? 0 : form == 0x05 ? 1 : 3]);
      }
      fresh.addUnit(4, 0, root);
      Unit unit = Dwarf.of(fresh.sections(), diagnostics::add).units().get(0);
      assertEquals("[0x10, 0x50)", ranges(unit));
    }
  }

  @Test
  void version5WithIndexedStringsAndAddresses() {
    abbreviation(
        PRODUCER,
        0x25,
        LANGUAGE,
        0x21,
        0x1d, // strx1; implicit_const 29
        NAME,
        0x1f,
        COMP_DIR,
        0x1a, // line_strp; strx
        LOW_PC,
        0x29,
        HIGH_PC,
        0x06, // addrx1
        STR_OFFSETS_BASE,
        0x17,
        ADDR_BASE,
        0x17);
    bytes.addStrings(".debug_str", "cc 5", "/proj");
    bytes.addStrings(".debug_line_str", "?", "a.c");
    bytes.section(".debug_str_offsets").i64le(0).i64le(0).i32le(5).i32le(0);
    bytes.section(".debug_addr").i32le(0).i32le(0x77).i32le(0x10);
    bytes.addUnit5(0, root().u8(1).i32le(2).u8(0).u8(1).i32le(0x30).i32le(16).i32le(4));
    Unit unit = unit();
    assertEquals(Optional.of("cc 5"), unit.producer());
    assertEquals(Optional.of("/proj"), unit.compilationDirectory());
    assertEquals(Optional.of("a.c"), unit.name());
    assertEquals(0x1d, unit.language());
    assertEquals("[0x10, 0x40)", ranges(unit));
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void basesDefaultToWhatFollowsTheFirstHeader() {
    abbreviation(NAME, 0x25, LOW_PC, 0x1b, RANGES, 0x23);
    bytes.addStrings(".debug_str", "x", "a.c");
    bytes.section(".debug_str_offsets").i64le(0).i32le(2);
    bytes.section(".debug_addr").i64le(0).i32le(0).i32le(0x100);
    bytes.section(".debug_rnglists").i64le(0).i32le(0).i32le(4).u8(4).u8(0x10).u8(0x20).u8(0);
    bytes.addUnit5(0, root().u8(0).u8(1).u8(0));
    Unit unit = unit();
    assertEquals(Optional.of("a.c"), unit.name());
    assertEquals("[0x110, 0x120)", ranges(unit));
  }

  @Test
  void sixtyFourBitUnits() {
    abbreviation(NAME, 0x0e, LOW_PC, 0x01, HIGH_PC, 0x07, RANGES, 0x17);
    bytes.addStrings(".debug_str", "a.c");
    bytes.section(".debug_rnglists").u8(6).i64le(0x1_0000_0010L).i64le(0x1_0000_0020L).u8(0);
    ByteWriter unit = new ByteWriter().i16le(5).u8(1).u8(8).i64le(0);
    unit.bytes(root().i64le(0).i64le(0).i64le(0).i64le(0));
    bytes.section(".debug_info").i32le(-1).i64le(unit.size()).bytes(unit);
    assertEquals(Optional.of("a.c"), unit().name());
    assertEquals("[0x100000010, 0x100000020)", ranges(unit()));
  }

  @Test
  void unitsOfEveryType() {
    abbreviation(NAME, 0x08);
    for (int type : new int[] {1, 2, 3, 4, 5, 6, 0x80}) {
      ByteWriter unit = new ByteWriter().i16le(5).u8(type).u8(4).i32le(0);
      if (type == 4 || type == 5) {
        unit.i64le(0xdead);
      } else if (type == 2 || type == 6) {
        unit.i64le(0xdead).i32le(0);
      }
      unit.unsigned(1).u8('0' + (type & 7)).u8(0);
      bytes.section(".debug_info").i32le(unit.size()).bytes(unit);
    }
    List<String> names = dwarf().units().stream().map(unit -> unit.name().orElseThrow()).toList();
    assertEquals(List.of("1", "3", "4", "5", "0"), names); // 2 and 6 are type units
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void unitsThatShareATableOfAbbreviations() {
    ByteWriter table = bytes.section(".debug_abbrev");
    for (int code = 1; code <= 3; code++) {
      table.unsigned(code).unsigned(0x11).u8(0).u8(NAME).u8(0x08).u8(0).u8(0);
    }
    table.u8(0);
    for (int code : new int[] {2, 3, 1, 9}) {
      bytes.addUnit(4, 0, new ByteWriter().unsigned(code).u8('0' + code).u8(0));
    }
    List<Unit> units = dwarf().units();
    assertEquals(
        List.of("2", "3", "1", "-"), units.stream().map(u -> u.name().orElse("-")).toList());
    assertEquals(1, diagnostics.size());
  }

  @Test
  void damagedUnitsDoNotHideTheOthers() {
    abbreviation(NAME, 0x08);
    bytes.addUnit(9, 0, root()); // a version that does not exist
    bytes.addUnit(4, 77, root()); // no abbreviations there
    bytes.addUnit(4, 0, new ByteWriter().unsigned(7)); // no such abbreviation
    bytes.addUnit(4, 0, new ByteWriter().unsigned(0)); // no root entry: empty, not damaged
    bytes.addUnit(4, 0, root().u8('b').u8(0));
    List<Unit> units = dwarf().units();
    assertEquals(4, units.size());
    assertEquals(Optional.of("b"), units.get(3).name());
    assertEquals(1, diagnostics.size());
    units.forEach(Unit::name);
    units.forEach(Unit::name);
    assertEquals(
        List.of("dwarf-unit-header-damaged", "dwarf-unit-damaged", "dwarf-unit-damaged"),
        diagnostics.stream().map(Diagnostic::code).toList());
  }

  @Test
  void aUnitThatRunsBehindItsSectionIsReadAsFarAsItIsThere() {
    abbreviation(NAME, 0x08);
    bytes.section(".debug_info").i32le(1000).i16le(4).i32le(0).u8(4).u8(1).u8('a').u8(0);
    assertEquals(Optional.of("a"), unit().name());
    assertEquals("dwarf-unit-cut", diagnostics.get(0).code());
  }

  // Ranges of versions 2 to 4.

  private void pairs(int lowPc, int... pairs) {
    abbreviation(LOW_PC, 0x01, RANGES, 0x17);
    bytes.addUnit(4, 0, root().i32le(lowPc).i32le(0));
    for (int value : pairs) {
      bytes.section(".debug_ranges").i32le(value);
    }
  }

  @Test
  void pairsWithoutABase() {
    pairs(0, 0x10, 0x20, 0x30, 0x30, 0x40, 0x50, 0, 0, 0x60, 0x70);
    assertEquals("[0x10, 0x20) [0x40, 0x50)", ranges(unit()));
  }

  @Test
  void pairsOnTheUnitsBase() {
    pairs(0x1000, 0x10, 0x20, 0, 0x8, 0, 0);
    assertEquals("[0x1010, 0x1020) [0x1000, 0x1008)", ranges(unit()));
  }

  @Test
  void pairsOnSelectedBases() {
    pairs(0x1000, 0, 8, -1, 0x2000, 0, 8, -1, 0x3000, 1, 8, 0, 0);
    assertEquals("[0x1000, 0x1008) [0x2000, 0x2008) [0x3001, 0x3008)", ranges(unit()));
  }

  @Test
  void pairsOfCodeThatTheLinkerLeftOut() {
    // -2, as linkers write it here; -1, which reads as the selection of a base and must not be one
    pairs(0, -2, -2, 0x10, 0x20, -1, -1, 0x30, 0x40, -1, -2, 0x50, 0x60, 0, 5, 1, 1, 0, 0);
    assertEquals("[0x10, 0x20) [0x30, 0x40) [0x50, 0x60)", ranges(unit()));
  }

  @Test
  void pairsOnABaseThatWasLeftOut() {
    pairs(-1, 0, 8, 0x10, 0x20, 0, 0);
    assertEquals("", ranges(unit()));
    assertEquals(Unit.Code.LEFT_OUT, unit().code());
  }

  @Test
  void pairsInVersion3WereConstants() {
    abbreviation(RANGES, 0x06);
    bytes.addUnit(3, 0, root().i32le(8));
    bytes.section(".debug_ranges").i64le(0).i32le(0x10).i32le(0x20).i64le(0);
    assertEquals("[0x10, 0x20)", ranges(unit()));
  }

  @Test
  void aListWithoutEndIsReportedAndKeptAsFarAsItGoes() {
    pairs(0, 0x10, 0x20);
    Unit unit = unit();
    assertEquals("[0x10, 0x20)", ranges(unit));
    assertEquals("dwarf-ranges-damaged", diagnostics.get(0).code());
    assertTrue(
        diagnostics.get(0).toString().contains(".debug_ranges+0x8 (debug_ranges.entry)"),
        diagnostics::toString);
  }

  @Test
  void whatAllZerosMean() {
    pairs(0, 0, 5, 0, 7, 0, 0);
    assertEquals(Unit.Code.ALL_AT_ZERO, unit().code());
    assertEquals(Optional.empty(), dwarf().unitAt(new Address(3)));
  }

  @Test
  void anAddressOfZeroAndNoRanges() {
    pairs(0, 0, 0);
    assertEquals(Unit.Code.ALL_AT_ZERO, unit().code());
  }

  @Test
  void emptyRangesAreCodeThatWasLeftOut() {
    pairs(0, 1, 1, 0, 0);
    assertEquals(Unit.Code.LEFT_OUT, unit().code());
  }

  // Ranges of version 5.

  private void lists(ByteWriter list) {
    abbreviation(LOW_PC, 0x01, RANGES, 0x17, ADDR_BASE, 0x17);
    bytes.addUnit5(0, root().i32le(0x1000).i32le(12).i32le(8));
    bytes.section(".debug_rnglists").bytes(new byte[12]).bytes(list);
    bytes.section(".debug_addr").bytes(new byte[8]);
    for (int address : new int[] {0x10, 0x20, -1, 0x300}) {
      bytes.section(".debug_addr").i32le(address);
    }
  }

  @Test
  void everyKindOfEntry() {
    lists(
        new ByteWriter()
            .u8(4)
            .unsigned(0x10)
            .unsigned(0x81) // offset_pair on the unit's base
            .u8(5)
            .i32le(0x2000) // base_address
            .u8(4)
            .unsigned(0)
            .unsigned(8)
            .u8(1)
            .unsigned(3) // base_addressx: 0x300
            .u8(4)
            .unsigned(1)
            .unsigned(8)
            .u8(2)
            .unsigned(0)
            .unsigned(1) // startx_endx
            .u8(3)
            .unsigned(1)
            .unsigned(0x10) // startx_length
            .u8(6)
            .i32le(0x40)
            .i32le(0x50) // start_end
            .u8(7)
            .i32le(0x60)
            .unsigned(0x10) // start_length
            .u8(0));
    assertEquals(
        "[0x1010, 0x1081) [0x2000, 0x2008) [0x301, 0x308) [0x10, 0x20) [0x20, 0x30) [0x40, 0x50)"
            + " [0x60, 0x70)",
        ranges(unit()));
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void entriesOfCodeThatTheLinkerLeftOut() {
    lists(
        new ByteWriter()
            .u8(1)
            .unsigned(2) // base_addressx: the tombstone
            .u8(4)
            .unsigned(0x10)
            .unsigned(0x20) // would wrap to 0xf
            .u8(3)
            .unsigned(2)
            .unsigned(0x30) // so would this
            .u8(7)
            .i32le(-1)
            .unsigned(0x10)
            .u8(7)
            .i32le(-2)
            .unsigned(0x10)
            .u8(6)
            .i32le(-1)
            .i32le(-1)
            .u8(7)
            .i32le(0)
            .unsigned(0x10)
            .u8(7)
            .i32le(0x40)
            .unsigned(0x10)
            .u8(0));
    assertEquals("[0x40, 0x50)", ranges(unit()));
  }

  @Test
  void listsByIndex() {
    abbreviation(RNGLISTS_BASE, 0x17, RANGES, 0x23);
    bytes.addUnit5(0, root().i32le(12).u8(1));
    bytes
        .section(".debug_rnglists")
        .bytes(new byte[12])
        .i32le(0)
        .i32le(10)
        .u8(0)
        .u8(0)
        .u8(7)
        .i32le(0x40)
        .u8(8)
        .u8(0);
    assertEquals("[0x40, 0x48)", ranges(unit()));
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void entriesThatDoNotExist() {
    lists(new ByteWriter().u8(7).i32le(0x40).unsigned(0x10).u8(8).u8(0));
    Unit unit = unit();
    assertEquals("[0x40, 0x50)", ranges(unit));
    assertEquals("dwarf-ranges-damaged", diagnostics.get(0).code());
  }

  // Finding units and lines.

  private static LineBytes oneRow(String file, int address, int line) {
    return LineBytes.version(4)
        .list(0)
        .list(file)
        .list(0, 0, 0, 0)
        .setAddress(address)
        .op(3, line - 1, 1, 2, 0x10)
        .end();
  }

  @Test
  void linesOfUnitsThatGiveRangesAndOfThoseThatDoNot() {
    ByteWriter abbreviations = bytes.section(".debug_abbrev");
    abbreviations.unsigned(1).unsigned(0x11).u8(0); // with ranges
    for (int value : new int[] {STMT_LIST, 0x17, LOW_PC, 0x01, HIGH_PC, 0x0b, 0, 0}) {
      abbreviations.unsigned(value);
    }
    abbreviations.unsigned(2).unsigned(0x11).u8(0); // without
    abbreviations.unsigned(STMT_LIST).unsigned(0x17).u8(0).u8(0).u8(0);
    byte[] first = oneRow("first.c", 0x100, 3).bytes();
    byte[] second = oneRow("second.c", 0x108, 5).bytes();
    bytes.add(".debug_line", first).add(".debug_line", second);
    bytes.addUnit(4, 0, new ByteWriter().unsigned(2).i32le(0));
    bytes.addUnit(4, 0, root().i32le(first.length).i32le(0x108).u8(0x10));

    Dwarf dwarf = dwarf();
    assertEquals("first.c:3:0", dwarf.lineAt(new Address(0x100)).orElseThrow().toString());
    // Both have a row at 0x108; the unit that gives ranges is asked.
    assertEquals("second.c:5:0", dwarf.lineAt(new Address(0x108)).orElseThrow().toString());
    assertEquals("second.c:5:0", dwarf.lineAt(new Address(0x117)).orElseThrow().toString());
    assertEquals(Optional.empty(), dwarf.lineAt(new Address(0x118)));
    assertEquals(Optional.empty(), dwarf.lineAt(new Address(0xff)));
    assertEquals(Optional.empty(), dwarf.lineAt(new Address(-1)));
    assertEquals(dwarf.units().get(1), dwarf.unitAt(new Address(0x108)).orElseThrow());
    assertEquals(
        "[[0x100, 0x110)]", dwarf.units().get(0).lines().orElseThrow().ranges().toString());
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void aLineOfAFileThatTheTableDoesNotHaveIsNone() {
    abbreviation(STMT_LIST, 0x17);
    bytes.addUnit(4, 0, root().i32le(0));
    bytes.add(
        ".debug_line", oneRow("a.c", 0x10, 1).setAddress(0x50).op(4, 7, 1, 2, 4).end().bytes());
    assertTrue(dwarf().lineAt(new Address(0x10)).isPresent());
    assertEquals(Optional.empty(), dwarf().lineAt(new Address(0x50)));
  }

  @Test
  void lineZeroIsKept() {
    abbreviation(STMT_LIST, 0x17);
    bytes.addUnit(4, 0, root().i32le(0));
    bytes.add(
        ".debug_line",
        LineBytes.version(4).oneFile().setAddress(0x10).op(3, 0x7f, 1, 2, 4).end().bytes());
    assertEquals("a.c:0:0", dwarf().lineAt(new Address(0x10)).orElseThrow().toString());
  }

  @Test
  void noSectionsAtAll() {
    Dwarf dwarf = Dwarf.of(name -> Optional.empty(), diagnostics::add);
    assertEquals(List.of(), dwarf.units());
    assertEquals(Optional.empty(), dwarf.lineAt(new Address(1)));
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void aLineTableThatIsNotThere() {
    abbreviation(STMT_LIST, 0x17, LOW_PC, 0x01, HIGH_PC, 0x0b);
    bytes.addUnit(4, 0, root().i32le(0x99).i32le(0x10).u8(4));
    Dwarf dwarf = dwarf();
    assertEquals(Optional.empty(), dwarf.lineAt(new Address(0x11)));
    assertEquals(Optional.empty(), dwarf.lineAt(new Address(0x11)));
    assertEquals(
        List.of("dwarf-line-table-damaged"), diagnostics.stream().map(Diagnostic::code).toList());
  }
}
