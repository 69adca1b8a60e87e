package dev.wasmortem.dwarf.type;

import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import java.util.Optional;
import java.util.OptionalLong;

/** A pointer or a reference (§5.3). */
public final class PointerType extends Type {
  private final Entry entry;
  private final TypeReference target;

  PointerType(Types types, Kind kind, EntryReader reader) {
    super(types, kind, reader);
    this.entry = reader.entry();
    this.target = TypeReference.of(types, reader);
  }

  @Override
  public Optional<Entry> entry() {
    return Optional.of(entry);
  }

  /** Returns the type of what is pointed to; of kind {@link Type.Kind#VOID} if any. */
  public Type target() {
    return target.get();
  }

  @Override
  OptionalLong size(int hops) {
    return ownSize().isPresent()
        ? ownSize()
        : OptionalLong.of(entry.unit().encoding().addressSize());
  }
}
