package dev.wasmortem.dwarf.type;

import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import java.util.Optional;
import java.util.OptionalLong;

/** Another name of a type: a {@code typedef}, or an instance of a template alias (§5.4, §5.16). */
public final class AliasType extends Type {
  private final Entry entry;
  private final TypeReference target;

  AliasType(Types types, EntryReader reader) {
    super(types, Kind.ALIAS, reader);
    this.entry = reader.entry();
    this.target = TypeReference.of(types, reader);
  }

  @Override
  public Optional<Entry> entry() {
    return Optional.of(entry);
  }

  /** Returns the type that this is a name of, which may be an alias, too. */
  public Type target() {
    return target.get();
  }

  @Override
  OptionalLong size(int hops) {
    return ownSize().isPresent()
        ? ownSize()
        : hops > 0 ? target().size(hops - 1) : OptionalLong.empty();
  }
}
