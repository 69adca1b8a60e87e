package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;

/** Addresses as attributes and lists write them: whole, or by an index in {@code .debug_addr}. */
final class Addresses {
  private final ByteSource section;

  Addresses(ByteSource section) {
    this.section = section;
  }

  static boolean isAddress(AttributeValue value) {
    return switch (value.kind()) {
      case ADDRESS, ADDRESS_INDEX, ADDRESS_INDEX_AND_OFFSET -> true;
      default -> false;
    };
  }

  /** Returns the address that {@code value}, which {@link #isAddress}, stands for. */
  long address(AttributeValue value, Encoding encoding, long base) {
    return switch (value.kind()) {
      case ADDRESS -> value.number();
      case ADDRESS_INDEX_AND_OFFSET -> {
        long address = indexed(value.number(), encoding, base);
        yield Encoding.isTombstone(address, encoding.addressSize())
            ? address
            : encoding.wrap(address + value.length());
      }
      default -> indexed(value.number(), encoding, base);
    };
  }

  /**
   * Returns the address of an index.
   *
   * @param base the unit's {@code DW_AT_addr_base}, or −1 for what follows the first table's header
   */
  long indexed(long index, Encoding encoding, long base) {
    long start = base >= 0 ? base : encoding.defaultBase();
    Cursor cursor = section.cursor().in("debug_addr.address");
    return encoding.address(cursor.seek(Encoding.element(start, index, encoding.addressSize())));
  }
}
