package dev.wasmortem.dwarf.type;

import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.Tag;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A type of which only the name and the size are told here: {@code decltype(nullptr)} and others
 * that the language leaves open (§5.2), subranges, strings, sets and files (§5.10 to §5.13), and
 * what a producer has of its own.
 */
public final class OtherType extends Type {
  private final Entry entry;
  private final int tag;
  private final TypeReference target;

  OtherType(Types types, EntryReader reader) {
    super(types, Kind.OTHER, reader);
    this.entry = reader.entry();
    this.tag = reader.tagCode();
    this.target = TypeReference.of(types, reader, Attribute.TYPE);
  }

  @Override
  public Optional<Entry> entry() {
    return Optional.of(entry);
  }

  /** Returns the name of the entry's tag, as {@code DW_TAG_subrange_type}. */
  public String tagName() {
    return Tag.name(tag);
  }

  /** Returns the type that this one is made of, as a subrange is; void if none. */
  public Type target() {
    return target.get();
  }

  @Override
  OptionalLong size(int hops) {
    return ownSize().isPresent() || tag != Tag.SUBRANGE_TYPE.code() || hops == 0
        ? ownSize()
        : target().size(hops - 1);
  }
}
