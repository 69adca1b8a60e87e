package dev.wasmortem.dwarf.type;

import dev.wasmortem.bytes.Lazy;
import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An enumeration (§5.7). */
public final class EnumerationType extends Type {
  private final Entry entry;
  private final TypeReference underlying;
  private final boolean scoped;
  private final Lazy<List<Enumerator>> enumerators;

  EnumerationType(Types types, EntryReader reader) {
    super(types, Kind.ENUMERATION, reader);
    this.entry = reader.entry();
    this.underlying = TypeReference.of(types, reader);
    this.scoped = reader.flag(Attribute.ENUM_CLASS);
    this.enumerators = new Lazy<>(() -> read(types, entry, List.of(), EnumerationType::read));
  }

  private static List<Enumerator> read(EntryReader reader) {
    List<Enumerator> all = new ArrayList<>();
    for (boolean more = reader.firstChild(); more; more = reader.nextSibling()) {
      if (reader.is(Tag.ENUMERATOR)) {
        all.add(
            new Enumerator(
                reader.text(Attribute.NAME).orElse(""), reader.number(Attribute.CONST_VALUE, 0)));
      }
    }
    return List.copyOf(all);
  }

  @Override
  public Optional<Entry> entry() {
    return Optional.of(entry);
  }

  /** Returns the type of the values; of kind {@link Type.Kind#VOID} when it is not told. */
  public Type underlying() {
    return underlying.get();
  }

  /** Returns whether the values are named with the enumeration, as those of {@code enum class}. */
  public boolean isScoped() {
    return scoped;
  }

  /** Returns the values, in their order. */
  public List<Enumerator> enumerators() {
    return enumerators.get();
  }

  /** Returns the first value of a number, both cut to the size of the type. */
  public Optional<Enumerator> of(long value) {
    long bytes = size().orElse(8);
    int unused = bytes >= 1 && bytes < 8 ? (int) (64 - 8 * bytes) : 0;
    return enumerators().stream()
        .filter(enumerator -> (enumerator.value() << unused) == (value << unused))
        .findFirst();
  }

  @Override
  OptionalLong size(int hops) {
    return ownSize().isPresent() || hops == 0 ? ownSize() : underlying().size(hops - 1);
  }
}
