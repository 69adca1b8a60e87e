package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files made to break readers: nothing is thrown, and work stays linear. */
class HostileTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final DwarfBytes bytes = new DwarfBytes();
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  static List<byte[]> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void samplesAreSound(byte[] sample) {
    Dwarf dwarf = Dwarf.of(DwarfBytes.ofFile(ByteSource.of("sample", sample)), diagnostics::add);
    Samples.walk(dwarf);
    assertEquals(List.of(), diagnostics);
    assertFalse(dwarf.units().isEmpty());
    for (Unit unit : dwarf.units()) {
      LineTable lines = unit.lines().orElseThrow();
      Address first = lines.ranges().get(0).low();
      assertTrue(dwarf.lineAt(first).isPresent(), first::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyCutAndEveryFlippedBit(byte[] sample) {
    DwarfBytes.damage(sample, sections -> Samples.walk(Dwarf.of(sections, Diagnostic.Sink.IGNORE)));
  }

  private void abbreviation(int... namesAndForms) {
    ByteWriter table = bytes.section(".debug_abbrev").unsigned(1).unsigned(0x11).u8(0);
    for (int value : namesAndForms) {
      table.unsigned(value);
    }
    table.u8(0).u8(0).u8(0);
  }

  private void walkSoon(String expected) {
    assertTimeoutPreemptively(
        SOON, () -> Samples.walk(Dwarf.of(bytes.sections(), diagnostics::add)));
    assertTrue(
        diagnostics.stream().anyMatch(d -> d.message().contains(expected)),
        () -> diagnostics.size() + " diagnostics");
  }

  @Test
  void unitsThatAllNameOneLongRangeList() {
    abbreviation(0x55, 0x17);
    for (int i = 0; i < 20_000; i++) {
      bytes.addUnit(4, 0, new ByteWriter().unsigned(1).i32le(0));
    }
    for (int i = 1; i <= 50_000; i++) {
      bytes.section(".debug_ranges").i32le(i * 4).i32le(i * 4 + 2);
    }
    bytes.section(".debug_ranges").i64le(0);
    walkSoon("range lists overlap");
  }

  @Test
  void lineTablesThatOverlap() {
    abbreviation(0x10, 0x17);
    // Each table's program is all the tables behind it.
    int size = LineBytes.version(4).oneFile().bytes().length;
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      bytes.addUnit(4, 0, new ByteWriter().unsigned(1).i32le(i * size));
      byte[] table = LineBytes.version(4).oneFile().bytes();
      ByteWriter length = new ByteWriter().i32le((count - i) * size - 4);
      System.arraycopy(length.toByteArray(), 0, table, 0, 4);
      bytes.add(".debug_line", table);
    }
    walkSoon("line tables overlap");
  }

  @Test
  void headersOfLineTablesThatOverlap() {
    abbreviation(0x10, 0x17);
    // Each header's list of directories is all the tables behind it: no NUL ends it.
    int count = 20_000;
    int size = 4 + 2 + 4 + 6 + 1;
    for (int i = 0; i < count; i++) {
      bytes.addUnit(4, 0, new ByteWriter().unsigned(1).i32le(i * size));
      bytes
          .section(".debug_line")
          .i32le((count - i) * size - 4)
          .i16le(0x0004)
          .i32le((count - i) * size - 10)
          .u8(1)
          .u8(1)
          .u8(1)
          .u8(1)
          .u8(1)
          .u8(1)
          .u8('d');
    }
    walkSoon("line tables overlap");
  }

  @Test
  void abbreviationsThatOverlap() {
    int count = 50_000;
    for (int i = 0; i < count; i++) {
      // Entries of five bytes, none of them the last: each table is all that is behind its start.
      bytes.section(".debug_abbrev").u8(1 + i % 100).u8(0x11).u8(0).u8(0).u8(0);
      bytes.addUnit(4, i * 5, new ByteWriter().unsigned(1));
    }
    bytes.section(".debug_abbrev").u8(0);
    walkSoon("abbreviations overlap");
  }

  @Test
  void filesThatAllHaveOneLongName() {
    abbreviation(0x10, 0x17);
    bytes
        .section(".debug_line_str")
        .bytes("x".repeat(500_000).getBytes(StandardCharsets.UTF_8))
        .u8(0);
    LineBytes table = LineBytes.version(5).list(1, 1, 0x1f, 1).listOffset(0).list(1, 1, 0x1f);
    int files = 20_000;
    table.list((files & 0x7f) | 0x80, ((files >> 7) & 0x7f) | 0x80, files >> 14);
    for (int i = 0; i < files; i++) {
      table.listOffset(i);
    }
    bytes.add(".debug_line", table.bytes());
    bytes.addUnit(4, 0, new ByteWriter().unsigned(1).i32le(0));
    walkSoon("strings overlap");
  }

  @Test
  void unitsOfNoLength() {
    bytes.section(".debug_info").bytes(new byte[400_000]);
    assertTimeoutPreemptively(
        SOON, () -> Samples.walk(Dwarf.of(bytes.sections(), diagnostics::add)));
    assertEquals(LimitedSink.LIMIT, diagnostics.size());
    assertTrue(diagnostics.get(LimitedSink.LIMIT - 1).message().endsWith("are not reported"));
    assertFalse(diagnostics.get(LimitedSink.LIMIT - 2).message().endsWith("are not reported"));
  }
}
