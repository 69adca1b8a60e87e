package dev.wasmortem.coredump;

import dev.wasmortem.wasm.types.TableType;
import java.util.List;

/**
 * A table (our section {@code wasmortem.tables}; the convention has none).
 *
 * @param type its type as the module declares it
 * @param size the number of elements when the program died, as an unsigned number
 * @param runs the elements from the first on; those behind the last run were not captured
 */
public record CoreTable(TableType type, long size, List<Run> runs) {
  /** Makes a table; the list is copied. */
  public CoreTable {
    runs = List.copyOf(runs);
  }

  /**
   * Equal elements in a row.
   *
   * @param count how many, at least 1
   * @param element what each of them is
   */
  public record Run(long count, Value.Reference element) {
    /**
     * Makes a run.
     *
     * @throws IllegalArgumentException if the count is not positive
     */
    public Run {
      if (count <= 0) {
        throw new IllegalArgumentException("a run of " + count + " elements");
      }
    }
  }

  /** Returns how many elements were captured, 2⁶³−1 if they are more. */
  public long captured() {
    long sum = 0;
    for (Run run : runs) {
      sum += run.count();
      if (sum < 0) {
        return Long.MAX_VALUE;
      }
    }
    return sum;
  }

  /**
   * Returns an element, {@link Value#MISSING} if it was not captured or the table ends before.
   *
   * @param index the element's index, as an unsigned number
   */
  public Value element(long index) {
    long left = index;
    for (Run run : runs) {
      if (Long.compareUnsigned(left, run.count()) < 0) {
        return run.element();
      }
      left -= run.count();
    }
    return Value.MISSING;
  }
}
