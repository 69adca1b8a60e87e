package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import java.util.ArrayList;
import java.util.List;

/**
 * A composite type with its place in the subtype order (§5.3.10).
 *
 * @param finality whether other types may extend it
 * @param supertypes indices of the types it extends; the specification allows one
 * @param composite the type itself
 */
public record SubType(Finality finality, List<Integer> supertypes, CompositeType composite) {
  static final int OPEN = 0x50;
  static final int FINAL = 0x4f;

  /** Whether other types may extend a type. */
  public enum Finality {
    OPEN,
    FINAL
  }

  public SubType {
    supertypes = List.copyOf(supertypes);
  }

  /** Reads a {@code subtype}. */
  public static SubType read(Cursor cursor) {
    int code = cursor.peek();
    if (code != OPEN && code != FINAL) {
      return new SubType(Finality.FINAL, List.of(), CompositeType.read(cursor));
    }
    cursor.skip(1);
    int count = cursor.count(1);
    List<Integer> supertypes = new ArrayList<>(Math.min(count, 4));
    for (int i = 0; i < count; i++) {
      supertypes.add(cursor.index());
    }
    return new SubType(
        code == OPEN ? Finality.OPEN : Finality.FINAL, supertypes, CompositeType.read(cursor));
  }

  /** Writes the binary form, the short one for a final type without supertypes. */
  public void writeTo(ByteWriter out) {
    if (finality == Finality.OPEN || !supertypes.isEmpty()) {
      out.u8(finality == Finality.OPEN ? OPEN : FINAL).unsigned(supertypes.size());
      supertypes.forEach(out::unsigned);
    }
    composite.writeTo(out);
  }
}
