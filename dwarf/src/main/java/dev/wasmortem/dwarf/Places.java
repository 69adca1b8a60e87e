package dev.wasmortem.dwarf;

/**
 * Many things that each have a file, a line and a column, and perhaps more numbers: all that one
 * has lies side by side, so that who looks at one touches memory once. File, line and column share
 * one {@code int} where they fit. Immutable.
 */
final class Places {
  private final int[] words;

  /** How many words a thing has. */
  private final int stride;

  /** Which of them has the place, or the file of it. */
  private final int place;

  private final boolean packed;
  private final int lineBits;
  private final int columnBits;

  /**
   * Keeps the first {@code count} things.
   *
   * @param more what else each of them has
   */
  Places(int count, int[] files, int[] lines, int[] columns, int[]... more) {
    lineBits = bits(lines, count);
    columnBits = bits(columns, count);
    packed = bits(files, count) + lineBits + columnBits <= 32;
    place = more.length;
    stride = place + (packed ? 1 : 3);
    words = new int[Math.multiplyExact(stride, count)];
    for (int i = 0; i < count; i++) {
      int at = i * stride;
      for (int[] column : more) {
        words[at++] = column[i];
      }
      if (packed) {
        // A shift by 32 is none, and then there is nothing to shift.
        words[at] = (int) (((long) files[i] << lineBits | lines[i]) << columnBits | columns[i]);
      } else {
        words[at] = files[i];
        words[at + 1] = lines[i];
        words[at + 2] = columns[i];
      }
    }
  }

  private static int bits(int[] values, int count) {
    int all = 0;
    for (int i = 0; i < count; i++) {
      all |= values[i];
    }
    return 32 - Integer.numberOfLeadingZeros(all);
  }

  /** Returns one of the other numbers of a thing. */
  int more(int index, int which) {
    return words[index * stride + which];
  }

  int file(int index) {
    int word = words[index * stride + place];
    return packed ? (int) ((word & 0xffffffffL) >>> (lineBits + columnBits)) : word;
  }

  int line(int index) {
    return packed
        ? (int) ((words[index * stride + place] & 0xffffffffL) >>> columnBits)
            & (int) ((1L << lineBits) - 1)
        : words[index * stride + place + 1];
  }

  int column(int index) {
    return packed
        ? words[index * stride + place] & (int) ((1L << columnBits) - 1)
        : words[index * stride + place + 2];
  }
}
