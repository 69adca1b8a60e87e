package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;

/**
 * How a unit writes its numbers (§7.4, §7.5.1).
 *
 * @param version the unit's DWARF version
 * @param offsetSize bytes of an offset: 4 in the 32-bit format, 8 in the 64-bit one
 * @param addressSize bytes of an address: 1, 2, 4 or 8
 */
public record Encoding(int version, int offsetSize, int addressSize) {
  /** Reads an offset. Of 8 bytes, one from 2⁶³ on is negative, and so outside any section. */
  public long offset(Cursor cursor) {
    return offsetSize == 8 ? cursor.i64le() : cursor.u32le();
  }

  /** Reads an address. Of 8 bytes, one from 2⁶³ on is negative. */
  public long address(Cursor cursor) {
    return sized(cursor, addressSize);
  }

  /** Reads an unsigned number of 1, 2, 4 or 8 bytes. */
  static long sized(Cursor cursor, int size) {
    return switch (size) {
      case 1 -> cursor.u8();
      case 2 -> cursor.u16le();
      case 4 -> cursor.u32le();
      case 8 -> cursor.i64le();
      default ->
          throw new FormatException.Malformed("an address of " + size + " bytes", cursor.here());
    };
  }

  /**
   * Returns whether {@code address}, of {@code size} bytes, says that its code was left out by the
   * linker: the highest address, or the one below it, which lists use because the highest has a
   * meaning there.
   */
  public static boolean isTombstone(long address, int size) {
    return size >= 8 ? address >= -2 && address < 0 : address >= (1L << (8 * size)) - 2;
  }

  /** Returns {@code address} cut to this unit's address size, as sums of addresses wrap. */
  public long wrap(long address) {
    return addressSize >= 8 ? address : address & ((1L << (8 * addressSize)) - 1);
  }

  /**
   * Returns where the elements of a table of {@code .debug_str_offsets} or {@code .debug_addr}
   * begin when a unit does not say it: behind the header of the section's first table, which
   * version 5 brought (§7.26, §7.27).
   */
  long defaultBase() {
    return version < 5 ? 0 : offsetSize == 8 ? 16 : 8;
  }

  /** Returns the same for {@code .debug_rnglists}, whose header has a count besides (§7.28). */
  long defaultListsBase() {
    return version < 5 ? 0 : defaultBase() + 4;
  }

  /**
   * Returns the position of element {@code index} of {@code size} bytes behind {@code base}, or −1,
   * which is in no section, where that is beyond counting.
   */
  static long element(long base, long index, int size) {
    return base < 0 || index < 0 || index > (Long.MAX_VALUE - base) / size
        ? -1
        : base + index * size;
  }
}
