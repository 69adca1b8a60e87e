package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * A structure type (§5.3.9).
 *
 * @param fields at most {@link TypeLimits#FIELDS} when read
 */
public record StructType(List<FieldType> fields) implements CompositeType {
  static final int CODE = 0x5f;

  public StructType {
    fields = List.copyOf(fields);
  }

  static StructType readAfterCode(Cursor cursor) {
    long start = cursor.position();
    int count = cursor.count(2);
    if (count > TypeLimits.FIELDS) {
      throw new FormatException.LimitExceeded(
          count + " fields; the limit is " + TypeLimits.FIELDS, cursor.at(start));
    }
    List<FieldType> fields = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      fields.add(FieldType.read(cursor));
    }
    return new StructType(fields);
  }

  @Override
  public Kind kind() {
    return Kind.STRUCT;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.u8(CODE).unsigned(fields.size());
    fields.forEach(field -> field.writeTo(out));
  }
}
