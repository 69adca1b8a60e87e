package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Small files that use much of the format, to be damaged, and a walk over all that can be asked.
 */
final class Samples {
  private Samples() {}

  static List<byte[]> all() {
    return List.of(version3(), version4(), version5());
  }

  private static void abbreviation(DwarfBytes bytes, int... namesAndForms) {
    ByteWriter table = bytes.section(".debug_abbrev").unsigned(1).unsigned(0x11).u8(0);
    for (int value : namesAndForms) {
      table.unsigned(value);
    }
    table.u8(0).u8(0).u8(0);
  }

  /** A unit with all in place; its ranges are its line table's, in the 64-bit format. */
  private static byte[] version3() {
    DwarfBytes bytes = new DwarfBytes();
    abbreviation(bytes, 0x03, 0x08, 0x1b, 0x08, 0x10, 0x06);
    ByteWriter root = new ByteWriter().unsigned(1);
    root.bytes("a.c\0/proj\0".getBytes(StandardCharsets.UTF_8)).i32le(0);
    bytes.addUnit(3, 0, root);
    bytes.add(
        ".debug_line",
        LineBytes.version64(3)
            .list("src")
            .list(0)
            .list("b.h")
            .list(1, 0, 0, 0)
            .setAddress(0x10)
            .op(13 + 14 + 6, 8, 3, 2, 1, 2, 4)
            .op(0, 8, 3, 'c', '.', 'c', 0, 1, 0, 0)
            .end()
            .setAddress(-1)
            .op(1, 2, 4)
            .end()
            .bytes());
    // Of another unit than the one that there is.
    bytes.section(".debug_aranges").i32le(28).i16le(2).i32le(7).u8(4).u8(0).i32le(0);
    bytes.section(".debug_aranges").i32le(0x10).i32le(4).i32le(0).i32le(0);
    return bytes.toFile();
  }

  /** Two units on one table of abbreviations, ranges with bases, an indirect form. */
  private static byte[] version4() {
    DwarfBytes bytes = new DwarfBytes();
    abbreviation(
        bytes, 0x03, 0x0e, 0x1b, 0x16, 0x13, 0x05, 0x10, 0x17, 0x11, 0x01, 0x55, 0x17, 0x2117,
        0x19);
    bytes.addStrings(".debug_str", "a.c", "/proj", "b.c");
    byte[] lines =
        LineBytes.version(4).oneFile().setAddress(0x20).op(1, 2, 9, 1, 2, 9).end().bytes();
    for (int i = 0; i < 2; i++) {
      bytes.addUnit(
          4,
          0,
          new ByteWriter()
              .unsigned(1)
              .i32le(i * 10)
              .unsigned(0x0e)
              .i32le(4)
              .i16le(0x0c)
              .i32le(i * lines.length)
              .i32le(0)
              .i32le(i * 32));
      bytes.add(".debug_line", lines);
    }
    for (int value : new int[] {-1, 0x20, 0, 5, -2, -2, 0, 0, 0x25, 0x30, -1, -1, 0, 0}) {
      bytes.section(".debug_ranges").i32le(value);
    }
    return bytes.toFile();
  }

  /** A unit whose strings, addresses and ranges all go by index. */
  private static byte[] version5() {
    DwarfBytes bytes = new DwarfBytes();
    abbreviation(
        bytes, 0x03, 0x25, 0x1b, 0x1f, 0x25, 0x1a, 0x13, 0x21, 0x1d, 0x72, 0x17, 0x73, 0x17, 0x74,
        0x17, 0x10, 0x17, 0x11, 0x1b, 0x55, 0x23);
    bytes.addStrings(".debug_str", "a.c", "cc");
    bytes.addStrings(".debug_line_str", "/proj", "a.c");
    bytes.section(".debug_str_offsets").i32le(12).i16le(5).i16le(0).i32le(0).i32le(4);
    bytes.section(".debug_addr").i32le(12).i16le(5).u8(4).u8(0).i32le(0x40).i32le(0x60);
    bytes
        .section(".debug_rnglists")
        .i32le(27)
        .i16le(5)
        .u8(4)
        .u8(0)
        .i32le(1)
        .i32le(4)
        .bytes(new byte[] {4, 0, 8, 3, 1, 8, 1, 1, 4, 16, 24, 7, 0x78, 0, 0, 0, 4, 0});
    ByteWriter root = new ByteWriter().unsigned(1);
    root.u8(0).i32le(0).u8(1).i32le(8).i32le(8).i32le(12).i32le(0).u8(0).u8(0);
    bytes.addUnit5(0, root);
    bytes.add(
        ".debug_line",
        LineBytes.version(5)
            .list(1, 1, 0x1f, 1)
            .listOffset(0)
            .list(3, 1, 0x1f, 2, 0x0b, 5, 0x1e, 1)
            .listOffset(6)
            .list(new int[17])
            .setAddress(0x40)
            .op(4, 0, 5, 3, 10, 1, 0, 2, 4, 6, 75, 11, 6, 240, 2, 60)
            .end()
            .bytes());
    return bytes.toFile();
  }

  /** Asks for everything; reads the file as {@link DwarfBytes#ofFile} does. */
  static void walk(ByteSource file, Diagnostic.Sink sink) {
    walk(Dwarf.of(DwarfBytes.ofFile(file), sink));
  }

  static void walk(Dwarf dwarf) {
    for (Unit unit : dwarf.units()) {
      unit.name();
      unit.compilationDirectory();
      unit.producer();
      unit.language();
      unit.code();
      unit.ranges();
      unit.lines().ifPresent(Samples::walk);
    }
    for (long address : new long[] {-1, 0, 1, 0x10, 0x20, 0x40, 0x44, 0x60, 0x78, 0xffff_ffffL}) {
      dwarf.lineAt(new Address(address));
    }
    for (String name : List.of("int", "long", "a.c")) {
      dwarf.named(name);
    }
  }

  private static void walk(LineTable lines) {
    lines.files();
    lines.ranges().forEach(range -> lines.lineAt(range.low()));
  }
}
