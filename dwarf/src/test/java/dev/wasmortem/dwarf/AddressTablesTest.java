package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables of {@code .debug_aranges}, written by hand. */
class AddressTablesTest {
  /** Of an abbreviation with one child-less compile unit that has a name in place. */
  private static final int UNIT_BYTES = 4 + 2 + 4 + 1 + 1 + 4;

  private final DwarfBytes bytes = new DwarfBytes();
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private void unitWithoutRanges(String name) {
    if (bytes.section(".debug_abbrev").size() == 0) {
      bytes.abbreviation(1, 0x11, 0, 0x03, 0x08).section(".debug_abbrev").u8(0);
    }
    bytes.addUnit(
        4, 0, new ByteWriter().unsigned(1).bytes(name.getBytes(StandardCharsets.UTF_8)).u8(0));
  }

  /** A table in the 32-bit format: its header takes 12 bytes, so 4 follow before the pairs. */
  private void table(int version, int unit, int... pairs) {
    ByteWriter table = new ByteWriter().i16le(version).i32le(unit).u8(4).u8(0).bytes(new byte[4]);
    for (int number : pairs) {
      table.i32le(number);
    }
    bytes.section(".debug_aranges").i32le(table.size()).bytes(table);
  }

  private Dwarf dwarf() {
    return Dwarf.of(bytes.sections(), diagnostics::add);
  }

  private List<String> ranges() {
    List<String> ranges = new ArrayList<>();
    for (Unit unit : dwarf().units()) {
      ranges.add(
          unit.name().orElseThrow()
              + String.join(" ", unit.ranges().stream().map(AddressRange::toString).toList()));
    }
    return ranges;
  }

  @Test
  void unitsThatGiveNoRangesHaveThoseOfTheTables() {
    unitWithoutRanges("a.c");
    unitWithoutRanges("b.c");
    unitWithoutRanges("c.c");
    table(2, UNIT_BYTES, 0x100, 0x10, 0x200, 8, 0, 0);
    ByteWriter wide = new ByteWriter().i16le(2).i64le(0).u8(4).u8(0).i32le(0x10).i32le(0x20);
    bytes.section(".debug_aranges").i32le(-1).i64le(wide.size()).bytes(wide);
    assertEquals(List.of("a.c[0x10, 0x30)", "b.c[0x100, 0x110) [0x200, 0x208)", "c.c"), ranges());
    assertEquals("b.c", dwarf().unitAt(new Address(0x207)).orElseThrow().name().orElseThrow());
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void aUnitsOwnRangesAreBelieved() {
    bytes.abbreviation(1, 0x11, 0, 0x03, 0x08, 0x11, 0x01, 0x12, 0x0b);
    bytes.section(".debug_abbrev").u8(0);
    ByteWriter root = new ByteWriter().unsigned(1).bytes("a.c\0".getBytes(StandardCharsets.UTF_8));
    bytes.addUnit(4, 0, root.i32le(0x40).u8(0x10));
    table(2, 0, 0x60, 0x10, 0, 0);
    assertEquals(List.of("a.c[0x40, 0x50)"), ranges());
  }

  @Test
  void codeThatTheLinkerLeftOutIsNowhere() {
    unitWithoutRanges("a.c");
    table(2, 0, -1, 0x10, 0x300, 0x10, -2, 4, 0, 0);
    assertEquals(List.of("a.c[0x300, 0x310)"), ranges());
  }

  @Test
  void behindATableThatCannotBeReadTheNextOneIs() {
    unitWithoutRanges("a.c");
    table(3, 0, 0x100, 0x10, 0, 0);
    table(2, 0, 0x200, 0x10, 0, 0);
    assertEquals(List.of("a.c[0x200, 0x210)"), ranges());
    assertEquals(
        List.of("dwarf-aranges-damaged"), diagnostics.stream().map(Diagnostic::code).toList());
  }

  @Test
  void aTableThatEndsBehindItsSectionGivesWhatThereIs() {
    unitWithoutRanges("a.c");
    table(2, 0, 0x100, 0x10, 0x200, 0x10, 0, 0);
    byte[] whole = bytes.section(".debug_aranges").toByteArray();
    for (int length = 0; length < whole.length; length++) {
      DwarfBytes cut = new DwarfBytes();
      for (String name : List.of(".debug_info", ".debug_abbrev")) {
        cut.add(name, bytes.section(name).toByteArray());
      }
      cut.add(".debug_aranges", Arrays.copyOf(whole, length));
      int pairs = Math.max(0, length - 16) / 8;
      Unit unit = Dwarf.of(cut.sections(), diagnostics::add).units().get(0);
      assertEquals(Math.min(2, pairs), unit.ranges().size(), "of " + length + " bytes");
    }
  }
}
