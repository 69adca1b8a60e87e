package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A function type (§5.3.9).
 *
 * @param parameters at most {@link TypeLimits#PARAMETERS} when read
 * @param results at most {@link TypeLimits#RESULTS} when read
 */
public record FuncType(List<ValueType> parameters, List<ValueType> results)
    implements CompositeType {
  static final int CODE = 0x60;

  public FuncType {
    parameters = List.copyOf(parameters);
    results = List.copyOf(results);
  }

  static FuncType readAfterCode(Cursor cursor) {
    List<ValueType> parameters = readList(cursor, TypeLimits.PARAMETERS);
    return new FuncType(parameters, readList(cursor, TypeLimits.RESULTS));
  }

  private static List<ValueType> readList(Cursor cursor, int limit) {
    long start = cursor.position();
    int count = cursor.count(1);
    if (count > limit) {
      throw new FormatException.LimitExceeded(
          count + " parameters or results; the limit is " + limit, cursor.at(start));
    }
    List<ValueType> types = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      types.add(ValueType.read(cursor));
    }
    return types;
  }

  @Override
  public Kind kind() {
    return Kind.FUNC;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.u8(CODE).unsigned(parameters.size());
    parameters.forEach(type -> type.writeTo(out));
    out.unsigned(results.size());
    results.forEach(type -> type.writeTo(out));
  }

  /** Returns {@code [i32 i64] -> [f32]}. */
  @Override
  public String toString() {
    return text(parameters) + " -> " + text(results);
  }

  private static String text(List<ValueType> types) {
    return types.stream().map(ValueType::toString).collect(Collectors.joining(" ", "[", "]"));
  }
}
