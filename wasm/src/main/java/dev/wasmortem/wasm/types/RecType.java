package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import java.util.ArrayList;
import java.util.List;

/**
 * A recursion group (§5.3.11): types that may refer to one another, and take one index each.
 *
 * @param types the members, in order
 */
public record RecType(List<SubType> types) {
  private static final int CODE = 0x4e;

  public RecType {
    types = List.copyOf(types);
  }

  /** Reads a {@code rectype}. */
  public static RecType read(Cursor cursor) {
    if (cursor.peek() != CODE) {
      return new RecType(List.of(SubType.read(cursor)));
    }
    cursor.skip(1);
    int count = cursor.count(2);
    List<SubType> types = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      types.add(SubType.read(cursor));
    }
    return new RecType(types);
  }

  /** Writes the binary form, the short one for a group of one. */
  public void writeTo(ByteWriter out) {
    if (types.size() != 1) {
      out.u8(CODE).unsigned(types.size());
    }
    types.forEach(type -> type.writeTo(out));
  }
}
