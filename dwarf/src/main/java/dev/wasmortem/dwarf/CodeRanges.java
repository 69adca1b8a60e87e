package dev.wasmortem.dwarf;

import java.util.Arrays;

/**
 * The ranges of addresses that a unit's code stands at, without those of code that the linker left
 * out, which are only counted.
 */
final class CodeRanges {
  private long[] bounds = new long[2];
  private int count;
  private int atZero;
  private int leftOut;

  /**
   * Adds a range. One that begins at a tombstone, or at 0, stands for code that is not there; so
   * does an empty one elsewhere, which some linkers write instead.
   */
  void add(long low, long high, Encoding encoding) {
    if (low < 0 || Encoding.isTombstone(low, encoding.addressSize())) {
      leftOut++;
    } else if (low == 0) {
      atZero += high == 0 ? 0 : 1;
    } else if (low >= high) {
      leftOut++;
    } else {
      if (count * 2 == bounds.length) {
        bounds = Arrays.copyOf(bounds, count * 4);
      }
      bounds[count * 2] = low;
      bounds[count * 2 + 1] = high;
      count++;
    }
  }

  /** Notes that the unit has an address, which is 0, and no range to go with it. */
  void addZeroBase() {
    if (leftOut == 0) {
      atZero++;
    }
  }

  void addLeftOut() {
    leftOut++;
  }

  /** Forgets all ranges. */
  void clear() {
    count = 0;
    atZero = 0;
    leftOut = 0;
  }

  int count() {
    return count;
  }

  long low(int range) {
    return bounds[range * 2];
  }

  long high(int range) {
    return bounds[range * 2 + 1];
  }

  Unit.Code kind() {
    if (count > 0) {
      return Unit.Code.PRESENT;
    }
    return atZero > 0 ? Unit.Code.ALL_AT_ZERO : leftOut > 0 ? Unit.Code.LEFT_OUT : Unit.Code.NONE;
  }
}
