package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.types.FuncType;
import dev.wasmortem.wasm.types.ValueType;
import java.util.Arrays;
import java.util.Objects;

/**
 * The types of a function's locals, its parameters first (§5.5.13). Kept in runs as the file has
 * them: a few bytes may declare 2³² locals. Immutable.
 */
public final class LocalTypes {
  /** No locals at all. */
  public static final LocalTypes NONE = new LocalTypes(0, new long[0], new ValueType[0], 0);

  private static final long MAX_LOCALS = 0xffff_ffffL;

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
    LocalTypes parameters = of(function);
    int runs = parameters.runs;
    long[] ends = Arrays.copyOf(parameters.ends, runs + declarations);
    ValueType[] types = Arrays.copyOf(parameters.types, runs + declarations);
    long end = parameters.parameterCount;
    for (int i = 0; i < declarations; i++) {
      long start = cursor.position();
      end += cursor.u32();
      if (end > MAX_LOCALS) {
        throw new FormatException.Malformed("too many locals", cursor.at(start));
      }
      ValueType type = ValueType.read(cursor);
      if (end > (runs == 0 ? 0 : ends[runs - 1])) {
        types[runs] = type;
        ends[runs++] = end;
      }
    }
    return new LocalTypes(parameters.parameterCount, ends, types, runs);
  }

  /** Returns the locals of a function that declares none of its own: its parameters. */
  public static LocalTypes of(FuncType function) {
    int parameters = function.parameters().size();
    long[] ends = new long[parameters];
    ValueType[] types = new ValueType[parameters];
    int runs = 0;
    for (int i = 0; i < parameters; i++) {
      ValueType parameter = function.parameters().get(i);
      if (runs == 0 || !types[runs - 1].equals(parameter)) {
        types[runs++] = parameter;
      }
      ends[runs - 1] = i + 1L;
    }
    return new LocalTypes(parameters, ends, types, runs);
  }

  /**
   * Returns these locals and more of one type after them.
   *
   * @throws IllegalArgumentException if {@code more} is not positive or they become more than 2³²−1
   */
  public LocalTypes and(long more, ValueType type) {
    if (more <= 0 || more > MAX_LOCALS - count()) {
      throw new IllegalArgumentException(more + " locals more than " + count());
    }
    long[] newEnds = Arrays.copyOf(ends, runs + 1);
    ValueType[] newTypes = Arrays.copyOf(types, runs + 1);
    newEnds[runs] = count() + more;
    newTypes[runs] = type;
    return new LocalTypes(parameterCount, newEnds, newTypes, runs + 1);
  }

  /** Writes the declarations that a body begins with, parameters left out, as few as will do. */
  public void writeTo(ByteWriter out) {
    write(out, parameterCount, new ByteWriter(), 0, 0);
  }

  /**
   * Writes the declarations in the form of a body's that is well formed: those of its declarations
   * that declare the same locals are copied as they stand, from the first on; the others are as few
   * as will do.
   */
  public void writeTo(ByteWriter out, ByteSource body) {
    Cursor cursor = body.cursor().in("func.locals");
    int declarations = cursor.count(2);
    int width = (int) cursor.position();
    ByteWriter copied = new ByteWriter();
    int kept = 0;
    long at = parameterCount;
    for (; kept < declarations; kept++) {
      long start = cursor.position();
      long end = at + cursor.u32();
      if (!areAll(ValueType.read(cursor), at, end)) {
        break;
      }
      copied.bytes(body.slice(start, cursor.position() - start));
      at = end;
    }
    write(out, at, copied, kept, width);
  }

  /** Returns whether the locals of a range exist and are of a type. */
  private boolean areAll(ValueType type, long from, long to) {
    if (to > count()) {
      return false;
    }
    for (long at = from; at < to; at = runEnd(at)) {
      if (!type(at).equals(type)) {
        return false;
      }
    }
    return true;
  }

  /** Writes the locals from one on, after {@code kept} declarations that are written already. */
  private void write(ByteWriter out, long from, ByteWriter declarations, int kept, int countWidth) {
    int written = kept;
    for (long at = from; at < count(); written++) {
      ValueType type = type(at);
      long end = runEnd(at);
      while (end < count() && type(end).equals(type)) {
        end = runEnd(end);
      }
      declarations.unsigned(end - at);
      type.writeTo(declarations);
      at = end;
    }
    out.unsigned(written, countWidth).bytes(declarations);
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
