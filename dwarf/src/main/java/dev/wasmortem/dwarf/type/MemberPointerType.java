package dev.wasmortem.dwarf.type;

import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import java.util.Optional;
import java.util.OptionalLong;

/** A pointer to a member of a class, as {@code int Point::*} (§5.14). */
public final class MemberPointerType extends Type {
  private final Entry entry;
  private final TypeReference target;
  private final TypeReference container;

  MemberPointerType(Types types, EntryReader reader) {
    super(types, Kind.MEMBER_POINTER, reader);
    this.entry = reader.entry();
    this.target = TypeReference.of(types, reader);
    this.container = TypeReference.of(types, reader, Attribute.CONTAINING_TYPE);
  }

  @Override
  public Optional<Entry> entry() {
    return Optional.of(entry);
  }

  /** Returns the type of the member; of a member function, a {@link SubroutineType}. */
  public Type target() {
    return target.get();
  }

  /** Returns the class whose member it points to. */
  public Type container() {
    return container.get();
  }

  /**
   * Returns the size that the entry tells, else that of the Itanium C++ ABI (§2.3): an offset, and
   * for member functions an adjustment besides.
   */
  @Override
  OptionalLong size(int hops) {
    if (ownSize().isPresent()) {
      return ownSize();
    }
    int address = entry.unit().encoding().addressSize();
    return OptionalLong.of(
        target().underneath() instanceof SubroutineType ? 2L * address : address);
  }
}
