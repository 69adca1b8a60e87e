package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;

/**
 * Range lists: {@code .debug_ranges} of versions 2 to 4 (DWARF 4, §2.17.3) and {@code
 * .debug_rnglists} of version 5 (§7.25).
 */
final class RangeLists {
  private static final int END_OF_LIST = 0;
  private static final int BASE_ADDRESSX = 1;
  private static final int STARTX_ENDX = 2;
  private static final int STARTX_LENGTH = 3;
  private static final int OFFSET_PAIR = 4;
  private static final int BASE_ADDRESS = 5;
  private static final int START_END = 6;
  private static final int START_LENGTH = 7;

  private final ByteSource pairs;
  private final ByteSource lists;
  private final Addresses addresses;
  private final Budget budget;

  RangeLists(ByteSource pairs, ByteSource lists, Addresses addresses) {
    this.pairs = pairs;
    this.lists = lists;
    this.addresses = addresses;
    // Units' lists and functions' lists are read once each, and are others.
    this.budget = newBudget();
  }

  /** Makes the lists of a split unit, which share what the file with the skeletons may take. */
  RangeLists(ByteSource pairs, ByteSource lists, Addresses addresses, RangeLists main) {
    this.pairs = pairs;
    this.lists = lists;
    this.addresses = addresses;
    this.budget = main.budget;
    budget.grow(2 * lists.size());
  }

  /**
   * What of its unit a list depends on.
   *
   * @param pairsBase what is added to offsets in {@code .debug_ranges}: 0 but in split units
   */
  record UnitContext(
      Encoding encoding, long lowPc, long addressBase, long listsBase, long pairsBase) {}

  /** Returns what a walk over one file's lists may take by itself. */
  Budget newBudget() {
    return new Budget("range lists", 2 * (pairs.size() + lists.size()) + 64);
  }

  /** Returns what reading the lists of all units may take together. */
  Budget budget() {
    return budget;
  }

  static boolean isList(AttributeValue value) {
    return value.isSectionOffset() || value.kind() == Form.Kind.RANGE_LIST_INDEX;
  }

  /** Reads the list that {@code value}, which {@link #isList}, refers to. */
  void read(AttributeValue value, UnitContext unit, Budget budget, CodeRanges into) {
    if (unit.encoding().version() < 5) {
      readPairs(Encoding.element(unit.pairsBase(), value.number(), 1), unit, budget, into);
    } else if (value.kind() == Form.Kind.RANGE_LIST_INDEX) {
      readEntries(indexed(value.number(), unit), unit, budget, into);
    } else {
      readEntries(value.number(), unit, budget, into);
    }
  }

  /**
   * Reads pairs of addresses up to one of zeros. A pair that begins with the highest address
   * selects the base of those behind it.
   *
   * <p>Some linkers wrote the highest address for code they left out, too. That reads as a
   * selection of a base which cannot be; such a pair is passed over, and the base stays.
   */
  private void readPairs(long offset, UnitContext unit, Budget budget, CodeRanges into) {
    Encoding encoding = unit.encoding();
    int size = encoding.addressSize();
    long highest = encoding.wrap(-1);
    Cursor cursor = pairs.cursor().in("debug_ranges.entry").seek(offset);
    long base = unit.lowPc();
    while (true) {
      budget.spend(2L * size, cursor.here());
      long low = encoding.address(cursor);
      long high = encoding.address(cursor);
      if (low == 0 && high == 0) {
        return;
      }
      if (low == highest && !Encoding.isTombstone(high, size)) {
        base = high;
      } else if (Encoding.isTombstone(low, size) || Encoding.isTombstone(base, size)) {
        into.addLeftOut();
      } else {
        into.add(encoding.wrap(base + low), encoding.wrap(base + high), encoding);
      }
    }
  }

  private long indexed(long index, UnitContext unit) {
    Encoding encoding = unit.encoding();
    long base = unit.listsBase() >= 0 ? unit.listsBase() : encoding.defaultListsBase();
    Cursor cursor = lists.cursor().in("debug_rnglists.offset");
    cursor.seek(Encoding.element(base, index, encoding.offsetSize()));
    return Encoding.element(base, encoding.offset(cursor), 1);
  }

  private void readEntries(long offset, UnitContext unit, Budget budget, CodeRanges into) {
    Encoding encoding = unit.encoding();
    int size = encoding.addressSize();
    Cursor cursor = lists.cursor().in("debug_rnglists.entry").seek(offset);
    long base = unit.lowPc();
    while (true) {
      long start = cursor.position();
      int kind = cursor.u8();
      long low = 0;
      long high = 0;
      switch (kind) {
        case END_OF_LIST -> {
          return;
        }
        case BASE_ADDRESSX -> base = indexedAddress(cursor, unit);
        case BASE_ADDRESS -> base = encoding.address(cursor);
        case STARTX_ENDX -> {
          low = indexedAddress(cursor, unit);
          high = indexedAddress(cursor, unit);
        }
        case STARTX_LENGTH -> {
          low = indexedAddress(cursor, unit);
          high = encoding.wrap(low + cursor.uleb128());
        }
        case OFFSET_PAIR -> {
          low = cursor.uleb128();
          high = cursor.uleb128();
          boolean leftOut = Encoding.isTombstone(base, size);
          low = leftOut ? base : encoding.wrap(base + low);
          high = leftOut ? base : encoding.wrap(base + high);
        }
        case START_END -> {
          low = encoding.address(cursor);
          high = encoding.address(cursor);
        }
        case START_LENGTH -> {
          low = encoding.address(cursor);
          high = encoding.wrap(low + cursor.uleb128());
        }
        default ->
            throw new FormatException.Malformed(
                "a range list entry of kind 0x" + Integer.toHexString(kind), cursor.at(start));
      }
      budget.spend(cursor.position() - start, cursor.at(start));
      if (kind != BASE_ADDRESS && kind != BASE_ADDRESSX) {
        into.add(low, high, encoding);
      }
    }
  }

  private long indexedAddress(Cursor cursor, UnitContext unit) {
    return addresses.indexed(cursor.uleb128(), unit.encoding(), unit.addressBase());
  }
}
