package dev.wasmortem.dwarf.type;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.AttributeValue;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of a record whose members depend on the value of one of them (§5.7.10), as a Rust enum
 * has: the discriminant tells which variant there is. A niche, which is a value of another type
 * that cannot be, is told by a variant without values: it holds for all others.
 */
public final class VariantPart {
  private final @Nullable Member discriminant;
  private final List<Variant> variants;

  /**
   * The values of the discriminant from one to another.
   *
   * @param low the first
   * @param high the last
   */
  public record Range(long low, long high) {}

  /**
   * A variant.
   *
   * @param values those of the discriminant that it holds for; none if it holds for all others
   * @param members what it has
   */
  public record Variant(List<Range> values, List<Member> members) {
    /** Makes a variant; the lists are copied. */
    public Variant {
      values = List.copyOf(values);
      members = List.copyOf(members);
    }
  }

  private VariantPart(@Nullable Member discriminant, List<Variant> variants) {
    this.discriminant = discriminant;
    this.variants = List.copyOf(variants);
  }

  /** Reads a part. */
  static VariantPart read(Types types, Entry part) {
    EntryReader reader = part.read();
    Entry discriminant = reader.reference(Attribute.DISCR).orElse(null);
    Member member = discriminant == null ? null : new Member(types, discriminant.read());
    List<Variant> variants = new ArrayList<>();
    for (boolean more = reader.firstChild(); more; more = reader.nextSibling()) {
      if (reader.is(Tag.VARIANT)) {
        variants.add(variant(types, reader.entry(), member));
      }
    }
    return new VariantPart(member, variants);
  }

  private static Variant variant(Types types, Entry entry, @Nullable Member discriminant) {
    EntryReader reader = entry.read();
    List<Range> values = new ArrayList<>();
    AttributeValue value = reader.value(Attribute.DISCR_VALUE);
    if (value != null) {
      values.add(new Range(value.number(), value.number()));
    }
    Optional<ByteSource> list = reader.block(Attribute.DISCR_LIST);
    if (list.isPresent()) {
      readList(list.get(), discriminant != null && isSigned(discriminant.type()), values);
    }
    List<Member> members = new ArrayList<>();
    for (boolean more = reader.firstChild(); more; more = reader.nextSibling()) {
      if (reader.is(Tag.MEMBER)) {
        members.add(new Member(types, reader));
      }
    }
    return new Variant(values, members);
  }

  private static boolean isSigned(Type type) {
    return type.underneath() instanceof BaseType base && base.encoding().isSigned();
  }

  /** Reads a {@code DW_AT_discr_list}: labels and ranges, each with its descriptor (§5.7.10). */
  private static void readList(ByteSource list, boolean signed, List<Range> into) {
    Cursor cursor = list.cursor().in("discr_list");
    while (!cursor.atEnd()) {
      long start = cursor.position();
      int descriptor = cursor.u8();
      if (descriptor > 1) {
        throw new FormatException.Malformed(
            "a discriminant descriptor " + descriptor, cursor.at(start));
      }
      long low = signed ? cursor.sleb128() : cursor.uleb128();
      long high = descriptor == 0 ? low : signed ? cursor.sleb128() : cursor.uleb128();
      into.add(new Range(low, high));
    }
  }

  /** Returns the member that tells which variant there is; nothing if there is only one. */
  public Optional<Member> discriminant() {
    return Optional.ofNullable(discriminant);
  }

  /** Returns the variants, in their order. */
  public List<Variant> variants() {
    return variants;
  }

  /**
   * Returns the variant that holds when the discriminant has a value: the first that names it, else
   * the one that names none.
   */
  public Optional<Variant> variantOf(long value) {
    long size = discriminant == null ? 8 : discriminant.type().size().orElse(8);
    int unused = size >= 1 && size < 8 ? (int) (64 - 8 * size) : 0;
    boolean signed = discriminant != null && isSigned(discriminant.type());
    Variant other = null;
    for (Variant variant : variants) {
      if (variant.values().isEmpty()) {
        other = other == null ? variant : other;
      }
      for (Range range : variant.values()) {
        if (within(value << unused, range.low() << unused, range.high() << unused, signed)) {
          return Optional.of(variant);
        }
      }
    }
    return Optional.ofNullable(other);
  }

  private static boolean within(long value, long low, long high, boolean signed) {
    return signed
        ? low <= value && value <= high
        : Long.compareUnsigned(low, value) <= 0 && Long.compareUnsigned(value, high) <= 0;
  }
}
