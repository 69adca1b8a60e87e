package dev.wasmortem.dwarf.type;

import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.expression.BaseEncoding;
import java.util.Optional;
import java.util.OptionalLong;

/** A type of the language's own, as {@code int} (§5.1). */
public final class BaseType extends Type {
  private static final long DW_END_BIG = 1;

  private final Entry entry;
  private final BaseEncoding encoding;
  private final OptionalLong bitSize;
  private final long bitOffset;
  private final boolean bigEndian;
  private final Scale scale;

  /**
   * Where the point of a fixed-point or decimal number stands (§5.1.1).
   *
   * @param base 2 or 10, or 1 for a type that has no scale
   * @param exponent the power of the base that the number is multiplied by
   * @param digits how many decimal digits there are, or 0
   */
  public record Scale(int base, long exponent, long digits) {}

  BaseType(Types types, EntryReader reader) {
    super(types, Kind.BASE, reader);
    this.entry = reader.entry();
    this.encoding = BaseEncoding.of(reader.number(Attribute.ENCODING, 0));
    long bits = reader.number(Attribute.BIT_SIZE, -1);
    this.bitSize = bits < 0 ? OptionalLong.empty() : OptionalLong.of(bits);
    this.bitOffset = Math.max(0, reader.number(Attribute.DATA_BIT_OFFSET, 0));
    this.bigEndian = reader.number(Attribute.ENDIANITY, 0) == DW_END_BIG;
    this.scale = scale(reader);
  }

  private static Scale scale(EntryReader reader) {
    long digits = Math.max(0, reader.number(Attribute.DIGIT_COUNT, 0));
    if (reader.has(Attribute.BINARY_SCALE)) {
      return new Scale(2, reader.number(Attribute.BINARY_SCALE, 0), digits);
    }
    return reader.has(Attribute.DECIMAL_SCALE)
        ? new Scale(10, reader.number(Attribute.DECIMAL_SCALE, 0), digits)
        : new Scale(1, 0, digits);
  }

  @Override
  public Optional<Entry> entry() {
    return Optional.of(entry);
  }

  /** Returns how the bytes are to be read. */
  public BaseEncoding encoding() {
    return encoding;
  }

  /** Returns how many bits count, where it is not all of them, as of {@code _BitInt(7)}. */
  public OptionalLong bitSize() {
    return bitSize;
  }

  /** Returns which bit is the first that counts, from the lowest on. */
  public long bitOffset() {
    return bitOffset;
  }

  /** Returns whether the highest byte comes first. */
  public boolean isBigEndian() {
    return bigEndian;
  }

  /** Returns where the point of a fixed-point or decimal number stands. */
  public Scale scale() {
    return scale;
  }
}
