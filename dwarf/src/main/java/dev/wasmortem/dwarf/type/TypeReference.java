package dev.wasmortem.dwarf.type;

import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import org.jspecify.annotations.Nullable;

/** A type that an entry refers to, which is read when it is asked for. */
final class TypeReference {
  private final Types types;
  private final @Nullable Entry target;
  private final boolean present;

  private TypeReference(Types types, @Nullable Entry target, boolean present) {
    this.types = types;
    this.target = target;
    this.present = present;
  }

  static TypeReference of(Types types, EntryReader reader, Attribute attribute) {
    return new TypeReference(
        types, reader.reference(attribute).orElse(null), reader.has(attribute));
  }

  static TypeReference of(Types types, EntryReader reader) {
    return of(types, reader, Attribute.TYPE);
  }

  /** Returns whether there is a reference, be it to nothing. */
  boolean isPresent() {
    return present;
  }

  Type get() {
    if (target != null) {
      return types.at(target);
    }
    return present ? types.unknown("a type that is not in this file") : types.none();
  }
}
