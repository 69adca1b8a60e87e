package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.dwarf.location.ListOffset;
import dev.wasmortem.dwarf.location.LocationLists;
import dev.wasmortem.dwarf.location.UnitReferences;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Location lists written by hand, and what DWARF 4 (§2.6.2) and 5 (§7.29) say of them. */
class LocationListsTest {
  private final DwarfBytes bytes = new DwarfBytes();
  private final ByteWriter pairs = bytes.section(".debug_loc");
  private final ByteWriter lists = bytes.section(".debug_loclists");

  /** Makes a unit that begins at 0x100 and returns its lists. */
  private LocationLists lists(int version) {
    ByteWriter table = bytes.section(".debug_abbrev").unsigned(1).unsigned(0x11).u8(0);
    table.unsigned(0x11).unsigned(0x01);
    if (version == 5) {
      table.unsigned(0x73).unsigned(0x17);
      bytes.section(".debug_addr").i32le(12).i16le(5).u8(4).u8(0).i32le(0x400).i32le(0x480);
    }
    table.u8(0).u8(0).u8(0);
    ByteWriter root = new ByteWriter().unsigned(1).i32le(0x100);
    if (version == 5) {
      bytes.addUnit5(0, root.i32le(8));
    } else {
      bytes.addUnit(version, 0, root);
    }
    Dwarf dwarf = Dwarf.of(bytes.sections(), Diagnostic.Sink.IGNORE);
    Unit unit = dwarf.units().get(0);
    return LocationLists.of(unit, UnitReferences.of(dwarf, unit));
  }

  private static String text(LocationLists lists) {
    return lists.entries(new ListOffset(0)).stream()
        .map(Object::toString)
        .collect(Collectors.joining("\n"));
  }

  private void pair(int low, int high, int... expression) {
    pairs.i32le(low).i32le(high).i16le(expression.length);
    for (int b : expression) {
      pairs.u8(b);
    }
  }

  @Test
  void pairsCountFromTheUnitOrTheBaseBefore() {
    pair(0x10, 0x20, 0x31);
    pairs.i32le(-1).i32le(0x1000);
    pair(0x10, 0x20, 0x32);
    pair(0x30, 0x30, 0x33); // empty
    pairs.i64le(0);
    assertEquals("[0x110, 0x120): DW_OP_lit1\n[0x1010, 0x1020): DW_OP_lit2", text(lists(4)));
  }

  @Test
  void pairsOfCodeThatWasLeftOut() {
    pair(-2, -2, 0x31);
    pairs.i32le(-1).i32le(-2); // a base that was left out
    pair(0, 8, 0x32);
    pairs.i32le(-1).i32le(0);
    pair(-1, -1, 0x33); // what some linkers wrote instead of the first
    pair(0x50, 0x60, 0x34);
    pairs.i64le(0);
    assertEquals("[0x50, 0x60): DW_OP_lit4", text(lists(4)));
  }

  @Test
  void aBaseOfAllOnesIsOneWhereNoExpressionFollows() {
    pairs.i32le(-1).i32le(-1);
    pair(4, 8, 0x31);
    pairs.i32le(-1).i32le(0x10);
    pair(4, 8, 0x32);
    pairs.i64le(0);
    assertEquals("[0x14, 0x18): DW_OP_lit2", text(lists(4)));
  }

  private ByteWriter entry(int... values) {
    for (int value : values) {
      lists.u8(value);
    }
    return lists;
  }

  @Test
  void entriesOfEveryKind() {
    entry(4, 0x10, 0x20, 1, 0x31); // offset_pair
    entry(1, 1); // base_addressx: 0x480
    entry(4, 0, 4, 1, 0x32);
    entry(6).i32le(0x2000); // base_address
    entry(9, 1, 2); // GNU_view_pair
    entry(4, 0x10, 0x14, 1, 0x33);
    entry(2, 0, 1, 1, 0x34); // startx_endx
    entry(3, 0, 0x7f, 1, 0x35); // startx_length
    entry(7).i32le(0x600).i32le(0x610); // start_end
    entry(1, 0x36);
    entry(8).i32le(0x700); // start_length
    entry(0x80, 1, 2, 0x91, 4);
    entry(5, 1, 0x37); // default_location
    entry(0);
    assertEquals(
        """
        [0x110, 0x120): DW_OP_lit1
        [0x480, 0x484): DW_OP_lit2
        [0x2010, 0x2014): DW_OP_lit3
        [0x400, 0x480): DW_OP_lit4
        [0x400, 0x47f): DW_OP_lit5
        [0x600, 0x610): DW_OP_lit6
        [0x700, 0x780): DW_OP_fbreg +4
        default: DW_OP_lit7""",
        text(lists(5)));
  }

  @Test
  void entriesOfCodeThatWasLeftOut() {
    entry(8).i32le(-1);
    entry(8, 1, 0x31); // start_length that wraps
    entry(7).i32le(-2).i32le(-2);
    entry(1, 0x31);
    entry(6).i32le(-1);
    entry(4, 4, 8, 1, 0x31);
    entry(6).i32le(0x10);
    entry(4, 4, 8, 1, 0x32);
    entry(0);
    assertEquals("[0x14, 0x18): DW_OP_lit2", text(lists(5)));
  }

  @Test
  void theFirstThatHoldsTheAddressElseTheDefault() {
    entry(5, 1, 0x37);
    entry(4, 0, 0x10, 1, 0x31);
    entry(4, 8, 0x20, 0);
    entry(0, 0xff);
    LocationLists unit = lists(5);
    assertEquals("DW_OP_lit1", unit.at(new ListOffset(0), new Address(0x108)).orElseThrow() + "");
    assertEquals("<empty>", unit.at(new ListOffset(0), new Address(0x118)).orElseThrow() + "");
    assertEquals("DW_OP_lit7", unit.at(new ListOffset(0), new Address(0x120)).orElseThrow() + "");
    assertEquals(Optional.empty(), unit.at(new ListOffset(12), new Address(0x120)));
  }

  @Test
  void damage() {
    entry(4, 0, 0x10, 1, 0x31, 0x0a);
    LocationLists unit = lists(5);
    assertEquals("DW_OP_lit1", unit.at(new ListOffset(0), new Address(0x100)).orElseThrow() + "");
    assertThrows(FormatException.Malformed.class, () -> unit.entries(new ListOffset(0)));
    assertThrows(FormatException.Truncated.class, () -> unit.entries(new ListOffset(99)));
    assertThrows(FormatException.Truncated.class, () -> unit.entries(new ListOffset(-1)));
  }
}
