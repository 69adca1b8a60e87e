package dev.wasmortem.dwarf;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * The rows of a line program as flat arrays, and its sequences (§6.2.5). Rows of a sequence stand
 * together in the order of their addresses, which are kept as distances from the sequence's first.
 * The row that ends a sequence is kept as the sequence's end only. Immutable once {@link Builder}
 * has made it.
 */
final class LineRows {
  static final int IS_STMT = 1;
  static final int BASIC_BLOCK = 2;
  static final int PROLOGUE_END = 4;
  static final int EPILOGUE_BEGIN = 8;

  private final long[] sequenceLows;
  private final long[] sequenceHighs;
  private final int[] sequenceFirst;
  private final RangeMap sequences;

  /** File, line and column of each row, and its distance from the first of its sequence. */
  private final Places places;

  private final byte[] flags;

  /** As many as there are rows, or fewer: rows behind have none. */
  private final SmallInts discriminators;

  private final int discriminatorCount;

  private LineRows(Builder builder) {
    int count = builder.sequenceCount;
    int rows = builder.rows;
    sequenceLows = Arrays.copyOf(builder.lows, count);
    sequenceHighs = Arrays.copyOf(builder.highs, count);
    sequenceFirst = Arrays.copyOf(builder.first, count + 1);
    places = new Places(rows, builder.files, builder.lines, builder.columns, builder.distances);
    flags = Arrays.copyOf(builder.flags, rows);
    discriminatorCount = Math.min(rows, builder.discriminators.length);
    discriminators = SmallInts.of(builder.discriminators, discriminatorCount);
    sequences = map();
  }

  /** Where sequences overlap the one that ends first wins, as in LLVM. */
  private RangeMap map() {
    RangeMap.Builder ranges = new RangeMap.Builder();
    for (int i = 0; i < sequenceLows.length; i++) {
      ranges.add(sequenceLows[i], sequenceHighs[i], i);
    }
    return ranges.build(sequenceHighs);
  }

  /**
   * Returns the row that holds for {@code address}, or −1: of the sequence it lies in, the last row
   * whose address is not greater.
   */
  int find(long address) {
    int sequence = sequences.find(address);
    if (sequence < 0) {
      return -1;
    }
    return find(
        (int) (address - sequenceLows[sequence]),
        sequenceFirst[sequence],
        sequenceFirst[sequence + 1] - 1);
  }

  /**
   * Returns the last of the rows from {@code low} to {@code high} whose distance is not greater, by
   * a guess, for rows are spread evenly as a rule, and steps from there that double.
   */
  private int find(int wanted, int low, int high) {
    int span = distance(high);
    if (wanted >= span) {
      return high;
    }
    int guess = low + (int) ((long) (high - low) * wanted / span);
    int from;
    int to;
    int step = 1;
    if (distance(guess) <= wanted) {
      from = guess;
      to = guess + step;
      while (distance(to) <= wanted) {
        from = to;
        step *= 2;
        to = Math.min(high, to + step);
      }
    } else {
      to = guess;
      from = guess - step;
      while (distance(from) > wanted) {
        to = from;
        step *= 2;
        from = Math.max(low, from - step);
      }
    }
    while (to - from > 1) {
      int middle = (from + to) >>> 1;
      if (distance(middle) <= wanted) {
        from = middle;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** Gives all addresses to {@code to} from which on {@link #find} may answer anything else. */
  void edges(LongConsumer to) {
    sequences.edges(to);
    for (int sequence = 0; sequence < sequenceLows.length; sequence++) {
      for (int row = sequenceFirst[sequence]; row < sequenceFirst[sequence + 1]; row++) {
        to.accept(sequenceLows[sequence] + distance(row));
      }
    }
  }

  int sequenceCount() {
    return sequenceLows.length;
  }

  long sequenceLow(int sequence) {
    return sequenceLows[sequence];
  }

  long sequenceHigh(int sequence) {
    return sequenceHighs[sequence];
  }

  int firstRow(int sequence) {
    return sequenceFirst[sequence];
  }

  int endRow(int sequence) {
    return sequenceFirst[sequence + 1];
  }

  /** Returns a row's distance from the first address of its sequence. */
  int distance(int row) {
    return places.more(row, 0);
  }

  int file(int row) {
    return places.file(row);
  }

  int line(int row) {
    return places.line(row);
  }

  int column(int row) {
    return places.column(row);
  }

  int flags(int row) {
    return flags[row];
  }

  int discriminator(int row) {
    return row < discriminatorCount ? discriminators.get(row) : 0;
  }

  /** Collects the rows of one sequence after the other. */
  static final class Builder {
    private static final long FARTHEST = 1 << 30;

    private int[] distances = new int[64];
    private int[] files = new int[64];
    private int[] lines = new int[64];
    private int[] columns = new int[64];
    private byte[] flags = new byte[64];
    private int[] discriminators = {};
    private int rows;

    private long[] lows = new long[4];
    private long[] highs = new long[4];
    private int[] first = new int[5];
    private int sequenceCount;

    /** Whether the rows since {@link #start} came in the order of their addresses. */
    private boolean ordered = true;

    private long start;

    /** Returns the number of rows of the sequence that is being collected. */
    int pending() {
      return rows - first[sequenceCount];
    }

    /**
     * Adds a row to the sequence that is being collected.
     *
     * @return false, having added nothing, if it is more than 1 GiB away from the first
     */
    boolean add(long address, int file, int line, int column, int flag, int discriminator) {
      if (pending() == 0) {
        start = address;
        ordered = true;
      }
      long distance = address - start;
      if (distance < -FARTHEST || distance > FARTHEST) {
        return false;
      }
      if (rows == distances.length) {
        grow();
      }
      ordered &= pending() == 0 || distance >= distances[rows - 1];
      distances[rows] = (int) distance;
      files[rows] = file;
      lines[rows] = line;
      columns[rows] = column;
      flags[rows] = (byte) flag;
      if (discriminator != 0) {
        if (discriminators.length <= rows) {
          discriminators = Arrays.copyOf(discriminators, distances.length);
        }
        discriminators[rows] = discriminator;
      }
      rows++;
      return true;
    }

    /** Ends the sequence at {@code high}; drops it when it covers nothing, or begins at 0. */
    void end(long high) {
      if (pending() == 0) {
        return;
      }
      if (!ordered) {
        sort();
      }
      long low = start + distances[first[sequenceCount]];
      if (low <= 0 || high <= low) {
        drop();
        return;
      }
      if (low != start) {
        for (int row = first[sequenceCount]; row < rows; row++) {
          distances[row] -= (int) (low - start);
        }
      }
      if (sequenceCount == lows.length) {
        lows = Arrays.copyOf(lows, sequenceCount * 2);
        highs = Arrays.copyOf(highs, sequenceCount * 2);
        first = Arrays.copyOf(first, sequenceCount * 2 + 1);
      }
      lows[sequenceCount] = low;
      highs[sequenceCount] = high;
      first[++sequenceCount] = rows;
    }

    /** Forgets the sequence that is being collected. */
    void drop() {
      if (discriminators.length > first[sequenceCount]) {
        Arrays.fill(discriminators, first[sequenceCount], Math.min(rows, discriminators.length), 0);
      }
      rows = first[sequenceCount];
    }

    LineRows build() {
      drop();
      return new LineRows(this);
    }

    private void grow() {
      int size = rows * 2;
      distances = Arrays.copyOf(distances, size);
      files = Arrays.copyOf(files, size);
      lines = Arrays.copyOf(lines, size);
      columns = Arrays.copyOf(columns, size);
      flags = Arrays.copyOf(flags, size);
    }

    /** Sorts a sequence whose addresses ran backwards, which they must not (§6.2.5). */
    private void sort() {
      int from = first[sequenceCount];
      Integer[] order = new Integer[rows - from];
      Arrays.setAll(order, i -> from + i);
      Arrays.sort(order, (a, b) -> Integer.compare(distances[a], distances[b]));
      permute(distances, order, from);
      permute(files, order, from);
      permute(lines, order, from);
      permute(columns, order, from);
      if (discriminators.length > from) {
        discriminators = Arrays.copyOf(discriminators, distances.length);
        permute(discriminators, order, from);
      }
      byte[] sorted = new byte[order.length];
      for (int i = 0; i < order.length; i++) {
        sorted[i] = flags[order[i]];
      }
      System.arraycopy(sorted, 0, flags, from, sorted.length);
    }

    private static void permute(int[] values, Integer[] order, int from) {
      int[] sorted = new int[order.length];
      for (int i = 0; i < order.length; i++) {
        sorted[i] = values[order[i]];
      }
      System.arraycopy(sorted, 0, values, from, sorted.length);
    }
  }
}
