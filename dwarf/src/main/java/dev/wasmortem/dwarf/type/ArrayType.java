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

/** An array or a vector (§5.5). */
public final class ArrayType extends Type {
  private static final long COLUMN_MAJOR = 1;

  private final Entry entry;
  private final TypeReference element;
  private final boolean vector;
  private final boolean columnMajor;
  private final OptionalLong ownStride;
  private final Lazy<List<Dimension>> dimensions;

  /**
   * A dimension of an array.
   *
   * @param lower the index of the first element; that of the language when the entry tells none
   * @param upper the index of the last element
   * @param count how many elements there are; when absent, the bounds tell it
   * @param stride the bits from one element of the dimension to the next, where told
   */
  public record Dimension(Bound lower, Bound upper, Bound count, Bound stride) {
    /** Returns how many elements there are, 0 or more; nothing where that is not told. */
    public OptionalLong count(Bound.Resolver resolver) {
      if (!(count instanceof Bound.Absent)) {
        OptionalLong told = count.value(resolver);
        return told.isPresent() && told.getAsLong() >= 0 ? told : OptionalLong.empty();
      }
      OptionalLong first = lower.value(resolver);
      OptionalLong last = upper.value(resolver);
      if (first.isEmpty() || last.isEmpty()) {
        return OptionalLong.empty();
      }
      try {
        long elements = Math.addExact(Math.subtractExact(last.getAsLong(), first.getAsLong()), 1);
        return elements < 0 ? OptionalLong.empty() : OptionalLong.of(elements);
      } catch (ArithmeticException e) {
        return OptionalLong.empty();
      }
    }
  }

  ArrayType(Types types, EntryReader reader) {
    super(types, Kind.ARRAY, reader);
    this.entry = reader.entry();
    this.element = TypeReference.of(types, reader);
    this.vector = reader.flag(Attribute.GNU_VECTOR);
    this.columnMajor = reader.number(Attribute.ORDERING, 0) == COLUMN_MAJOR;
    this.ownStride = stride(Bound.read(types, reader, Attribute.BYTE_STRIDE), reader);
    this.dimensions =
        new Lazy<>(() -> read(types, entry, List.of(), r -> ArrayType.dimensions(types, r)));
  }

  private static OptionalLong stride(Bound bytes, EntryReader reader) {
    OptionalLong known = bytes.value(Bound.Resolver.NONE);
    long bits =
        known.isPresent() && Math.abs(known.getAsLong()) < Long.MAX_VALUE / 8
            ? known.getAsLong() * 8
            : reader.number(Attribute.BIT_STRIDE, 0);
    return bits == 0 ? OptionalLong.empty() : OptionalLong.of(bits);
  }

  private static List<Dimension> dimensions(Types types, EntryReader reader) {
    List<Dimension> all = new ArrayList<>();
    for (boolean more = reader.firstChild(); more; more = reader.nextSibling()) {
      if (reader.is(Tag.SUBRANGE_TYPE) || reader.is(Tag.GENERIC_SUBRANGE)) {
        all.add(subrange(types, reader));
      } else if (reader.is(Tag.ENUMERATION_TYPE)) {
        long values = 0;
        Type index = types.at(reader.entry());
        if (index instanceof EnumerationType enumeration) {
          values = enumeration.enumerators().size();
        }
        Bound none = new Bound.Absent();
        all.add(new Dimension(new Bound.Known(0), none, new Bound.Known(values), none));
      }
    }
    return List.copyOf(all);
  }

  private static Dimension subrange(Types types, EntryReader reader) {
    Bound lower = Bound.read(types, reader, Attribute.LOWER_BOUND);
    OptionalLong stride = stride(Bound.read(types, reader, Attribute.BYTE_STRIDE), reader);
    return new Dimension(
        lower instanceof Bound.Absent
            ? new Bound.Known(Languages.lowerBound(reader.unit().language()))
            : lower,
        Bound.read(types, reader, Attribute.UPPER_BOUND),
        Bound.read(types, reader, Attribute.COUNT),
        stride.isPresent() ? new Bound.Known(stride.getAsLong()) : new Bound.Absent());
  }

  @Override
  public Optional<Entry> entry() {
    return Optional.of(entry);
  }

  /** Returns the type of the elements. */
  public Type element() {
    return element.get();
  }

  /** Returns the dimensions, the outermost first; none if the entry tells none. */
  public List<Dimension> dimensions() {
    return dimensions.get();
  }

  /** Returns whether it is a vector, as those of SIMD instructions (§5.5). */
  public boolean isVector() {
    return vector;
  }

  /** Returns whether the first index changes fastest, as in Fortran. */
  public boolean isColumnMajor() {
    return columnMajor;
  }

  /**
   * Returns the bits from one element to the next of the innermost dimension: what the entry tells,
   * else the size of an element.
   */
  public OptionalLong stride() {
    return stride(HOPS);
  }

  private OptionalLong stride(int hops) {
    if (ownStride.isPresent()) {
      return ownStride;
    }
    OptionalLong size = hops > 0 ? element().size(hops - 1) : OptionalLong.empty();
    return size.isPresent() && size.getAsLong() < Long.MAX_VALUE / 8
        ? OptionalLong.of(size.getAsLong() * 8)
        : OptionalLong.empty();
  }

  @Override
  OptionalLong size(int hops) {
    return ownSize().isPresent() ? ownSize() : size(Bound.Resolver.NONE, hops);
  }

  /** Returns the size in bytes when what the dimensions depend on is known. */
  public OptionalLong size(Bound.Resolver resolver) {
    return size(resolver, HOPS);
  }

  private OptionalLong size(Bound.Resolver resolver, int hops) {
    List<Dimension> all = dimensions();
    if (all.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong stride = stride(hops);
    if (stride.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long bits = stride.getAsLong();
      for (int i = all.size() - 1; i >= 0; i--) {
        OptionalLong own = all.get(i).stride().value(resolver);
        OptionalLong count = all.get(i).count(resolver);
        if (count.isEmpty()) {
          return OptionalLong.empty();
        }
        bits = Math.multiplyExact(own.orElse(bits), count.getAsLong());
      }
      return bits < 0 ? OptionalLong.empty() : OptionalLong.of(bits / 8 + (bits % 8 == 0 ? 0 : 1));
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}
