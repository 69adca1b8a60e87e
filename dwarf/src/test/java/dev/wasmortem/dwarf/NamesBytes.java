package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteWriter;

/**
 * A unit that owns two types, {@code int} and {@code long}, and a table of their names written by
 * hand; each part of the table may be changed before it is put together.
 */
final class NamesBytes {
  static final int INT = 0x0c + 1;
  static final int LONG = INT + 5;

  /** Counts as the header has them: of units, type units here and elsewhere, buckets, names. */
  final int[] counts = {1, 0, 0, 0, 2};

  ByteWriter units = new ByteWriter().i32le(0);
  ByteWriter hashed = new ByteWriter();
  ByteWriter strings = new ByteWriter().i32le(0).i32le(4);
  ByteWriter entries = new ByteWriter().i32le(0).i32le(6);

  /** A base type: where it stands, as a {@code ref4}. */
  ByteWriter abbreviations = new ByteWriter().bytes(new byte[] {1, 0x24, 3, 0x13, 0, 0, 0});

  ByteWriter pool = new ByteWriter().u8(1).i32le(INT).u8(0).u8(1).i32le(LONG).u8(0);

  private ByteWriter table() {
    ByteWriter table = new ByteWriter().i16le(5).i16le(0);
    for (int count : counts) {
      table.i32le(count);
    }
    table.i32le(abbreviations.size()).i32le(3).i32le(0x4d545357);
    table.bytes(units).bytes(hashed).bytes(strings).bytes(entries);
    return table.bytes(abbreviations).bytes(pool);
  }

  /** Puts the unit and the table together. */
  DwarfBytes build() {
    DwarfBytes bytes = new DwarfBytes();
    bytes.addStrings(".debug_str", "int", "long");
    bytes.abbreviation(1, 0x11, 1).abbreviation(2, 0x24, 0, 0x03, 0x0e).add(".debug_abbrev", 0);
    ByteWriter root = new ByteWriter().u8(1).u8(2).i32le(0).u8(2).i32le(4).u8(0);
    bytes.addUnit5(0, root);
    ByteWriter table = table();
    bytes.section(".debug_names").i32le(table.size()).bytes(table);
    return bytes;
  }
}
