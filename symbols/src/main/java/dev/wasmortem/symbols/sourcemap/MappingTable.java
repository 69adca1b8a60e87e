package dev.wasmortem.symbols.sourcemap;

import java.util.Arrays;

/**
 * Mappings as flat arrays, sorted by offset; of those with one offset the map's last comes last.
 * Sources, lines, columns and names are counted from 0, as in the map.
 */
final class MappingTable {
  /** Stands for a source or a name that there is not. */
  static final int NONE = -1;

  private static final int COLUMNS = 5;

  private int[][] columns = new int[COLUMNS][64];
  private int size;
  private boolean sorted = true;

  /** Adds code that comes from no source. */
  void add(int offset) {
    add(offset, NONE, 0, 0, NONE);
  }

  void add(int offset, int source, int line, int column, int name) {
    if (size == columns[0].length) {
      for (int i = 0; i < COLUMNS; i++) {
        columns[i] = Arrays.copyOf(columns[i], size * 2);
      }
    }
    sorted &= size == 0 || columns[0][size - 1] <= offset;
    columns[0][size] = offset;
    columns[1][size] = source;
    columns[2][size] = line;
    columns[3][size] = column;
    columns[4][size] = name;
    size++;
  }

  /** Sorts what was added and lets go of the room that is left. */
  MappingTable finished() {
    for (int i = 0; i < COLUMNS; i++) {
      columns[i] = Arrays.copyOf(columns[i], size);
    }
    if (!sorted) {
      sort();
    }
    return this;
  }

  private void sort() {
    long[] order = new long[size];
    for (int i = 0; i < size; i++) {
      order[i] = (long) columns[0][i] << 32 | i;
    }
    Arrays.sort(order);
    int[][] ordered = new int[COLUMNS][size];
    for (int i = 0; i < size; i++) {
      for (int column = 0; column < COLUMNS; column++) {
        ordered[column][i] = columns[column][(int) order[i]];
      }
    }
    columns = ordered;
    sorted = true;
  }

  int size() {
    return size;
  }

  /** Returns the last mapping that begins at {@code offset} or before it, -1 if there is none. */
  int indexOf(long offset) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (columns[0][middle] <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  int offset(int index) {
    return columns[0][index];
  }

  int source(int index) {
    return columns[1][index];
  }

  int line(int index) {
    return columns[2][index];
  }

  int column(int index) {
    return columns[3][index];
  }

  int name(int index) {
    return columns[4][index];
  }
}
