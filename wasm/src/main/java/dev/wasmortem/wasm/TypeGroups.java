package dev.wasmortem.wasm;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.types.RecType;
import dev.wasmortem.wasm.types.TypeLimits;

/** Reads recursion groups and counts their members against the limit. */
final class TypeGroups implements SectionVector.Element<RecType> {
  private long members;

  static TypeGroups counting() {
    return new TypeGroups();
  }

  @Override
  public RecType read(Cursor cursor) {
    long start = cursor.position();
    RecType group = RecType.read(cursor);
    members += group.types().size();
    if (members > TypeLimits.TYPES) {
      throw new FormatException.LimitExceeded(
          "more than " + TypeLimits.TYPES + " types", cursor.at(start));
    }
    return group;
  }
}
