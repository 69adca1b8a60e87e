package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;

/**
 * The {@code initial length} that begins every unit and table (§7.4): four bytes, or {@code
 * 0xffffffff} and eight bytes in the 64-bit format.
 *
 * @param offsetSize bytes of an offset in what follows: 4 or 8
 * @param length bytes that follow the length itself, as announced; 0 or more
 */
record UnitLength(int offsetSize, long length) {
  static UnitLength read(Cursor cursor) {
    long start = cursor.position();
    long length = cursor.u32le();
    if (length < 0xffff_fff0L) {
      return new UnitLength(4, length);
    }
    if (length != 0xffff_ffffL) {
      throw new FormatException.Unsupported(
          "a unit length of the reserved value 0x" + Long.toHexString(length), cursor.at(start));
    }
    length = cursor.i64le();
    if (length < 0) {
      throw new FormatException.Malformed("a unit length of 2^63 or more", cursor.at(start));
    }
    return new UnitLength(8, length);
  }
}
