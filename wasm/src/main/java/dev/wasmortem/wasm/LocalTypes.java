package dev.wasmortem.wasm;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.types.FuncType;
import dev.wasmortem.wasm.types.ValueType;
import java.util.Arrays;
import java.util.Objects;

/**
 * The types of a function's locals, its parameters first (§5.5.13). Kept in runs as the file has
 * them: a few bytes may declare 2³² locals.
 */
public final class LocalTypes {
  /** No locals at all. */
  public static final LocalTypes NONE = new LocalTypes(0, new long[0], new ValueType[0], 0);

  private final int parameterCount;
  private final long[] ends;
  private final ValueType[] types;
  private final int runs;

  private LocalTypes(int parameterCount, long[] ends, ValueType[] types, int runs) {
    this.parameterCount = parameterCount;
    this.ends = ends;
    this.types = types;
    this.runs = runs;
  }

  /** Reads the declarations that a body begins with. */
  static LocalTypes read(FuncType function, Cursor cursor) {
    cursor.in("func.locals");
    int declarations = cursor.count(2);
    int parameters = function.parameters().size();
    long[] ends = new long[parameters + declarations];
    ValueType[] types = new ValueType[parameters + declarations];
    int runs = 0;
    long end = 0;
    for (ValueType parameter : function.parameters()) {
      end++;
      if (runs > 0 && types[runs - 1].equals(parameter)) {
        ends[runs - 1] = end;
      } else {
        types[runs] = parameter;
        ends[runs++] = end;
      }
    }
    for (int i = 0; i < declarations; i++) {
      long start = cursor.position();
      end += cursor.u32();
      if (end > 0xffff_ffffL) {
        throw new FormatException.Malformed("too many locals", cursor.at(start));
      }
      ValueType type = ValueType.read(cursor);
      if (end > (runs == 0 ? 0 : ends[runs - 1])) {
        types[runs] = type;
        ends[runs++] = end;
      }
    }
    return new LocalTypes(parameters, ends, types, runs);
  }

  /** Returns how many of the locals are parameters; they come first. */
  public int parameterCount() {
    return parameterCount;
  }

  /** Returns the number of locals, 0 to 2³²−1. */
  public long count() {
    return runs == 0 ? 0 : ends[runs - 1];
  }

  /** Returns the number of runs, of one type each, that follow one another. */
  public int runs() {
    return runs;
  }

  /** Returns the type of the locals of a run. */
  public ValueType runType(int run) {
    return types[Objects.checkIndex(run, runs)];
  }

  /**
   * Returns the type of a local.
   *
   * @throws IndexOutOfBoundsException if there is none of that index
   */
  public ValueType type(long index) {
    return types[run(index)];
  }

  /**
   * Returns the index after the last of the locals that are declared together with one.
   *
   * @throws IndexOutOfBoundsException if there is none of that index
   */
  public long runEnd(long index) {
    return ends[run(index)];
  }

  private int run(long index) {
    if (index < 0 || index >= count()) {
      throw new IndexOutOfBoundsException("local " + index + " of " + count());
    }
    int found = Arrays.binarySearch(ends, 0, runs, index + 1);
    return found >= 0 ? found : -found - 1;
  }
}
