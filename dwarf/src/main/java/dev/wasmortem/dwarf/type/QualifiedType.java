package dev.wasmortem.dwarf.type;

import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import java.util.Optional;
import java.util.OptionalLong;

/** A type with one qualifier, as {@code const int} (§5.3). */
public final class QualifiedType extends Type {
  private final Entry entry;
  private final Qualifier qualifier;
  private final TypeReference target;

  /** The qualifiers. */
  public enum Qualifier {
    CONST,
    VOLATILE,
    RESTRICT,
    ATOMIC,
    IMMUTABLE,
    PACKED,
    SHARED
  }

  QualifiedType(Types types, Qualifier qualifier, EntryReader reader) {
    super(types, Kind.QUALIFIED, reader);
    this.entry = reader.entry();
    this.qualifier = qualifier;
    this.target = TypeReference.of(types, reader);
  }

  @Override
  public Optional<Entry> entry() {
    return Optional.of(entry);
  }

  /** Returns the qualifier. */
  public Qualifier qualifier() {
    return qualifier;
  }

  /** Returns the type that is qualified, which may be a qualified one, too. */
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
