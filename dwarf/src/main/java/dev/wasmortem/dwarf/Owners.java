package dev.wasmortem.dwarf;

import java.util.Arrays;

/**
 * Which entry of a unit owns which: for those that own others, where they begin, where what they
 * own ends, and which of these owns them. In the order of the bytes. Immutable.
 */
final class Owners {
  private long[] starts = new long[64];
  private long[] ends = new long[64];
  private int[] above = new int[64];
  private int count;

  private Owners() {}

  static Owners none() {
    return new Owners();
  }

  /** Reads the owners of a unit, in one walk over its entries. */
  static Owners read(Unit unit) {
    Owners owners = new Owners();
    EntryReader reader = unit.root().read();
    int open = -1;
    int[] depths = new int[64];
    do {
      while (open >= 0 && depths[open] >= reader.depth()) {
        owners.ends[open] = reader.offset();
        open = owners.above[open];
      }
      if (reader.hasChildren()) {
        int added = owners.add(reader.offset(), open);
        if (added == depths.length) {
          depths = Arrays.copyOf(depths, added * 2);
        }
        depths[added] = reader.depth();
        open = added;
      }
    } while (reader.next());
    for (; open >= 0; open = owners.above[open]) {
      owners.ends[open] = unit.end();
    }
    owners.trim();
    return owners;
  }

  private int add(long start, int owner) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
      above = Arrays.copyOf(above, count * 2);
    }
    starts[count] = start;
    above[count] = owner;
    return count++;
  }

  private void trim() {
    starts = Arrays.copyOf(starts, count);
    ends = Arrays.copyOf(ends, count);
    above = Arrays.copyOf(above, count);
  }

  /** Returns where the owner of the entry at {@code offset} begins, or −1 for a unit's root. */
  long of(long offset) {
    int at = Arrays.binarySearch(starts, 0, count, offset);
    int owner = at >= 0 ? above[at] : -at - 2;
    while (owner >= 0 && ends[owner] <= offset) {
      owner = above[owner];
    }
    return owner < 0 ? -1 : starts[owner];
  }
}
