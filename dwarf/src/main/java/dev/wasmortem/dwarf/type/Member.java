package dev.wasmortem.dwarf.type;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.AttributeValue;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.expression.Evaluator;
import dev.wasmortem.dwarf.expression.Expression;
import dev.wasmortem.dwarf.expression.Opcode;
import dev.wasmortem.dwarf.expression.Operation;
import dev.wasmortem.dwarf.expression.Place;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A part of a record: a data member (§5.7.6) or a base class (§5.7.3), and where in the record it
 * lies.
 */
public final class Member {
  private static final long VIRTUAL = 1;

  private final Entry entry;
  private final String name;
  private final TypeReference type;
  private final Access access;
  private final boolean artificial;
  private final boolean virtual;
  private final Optional<Place> constant;

  /** The constant offset in bytes, or where {@link #computed} is not null, nothing. */
  private final long byteOffset;

  private final @Nullable Expression computed;
  private final OptionalLong bitSize;

  /** {@code DW_AT_data_bit_offset}, of version 4 on; or −1. */
  private final long dataBitOffset;

  /** {@code DW_AT_bit_offset}, counted from the highest bit of the storage; absent if none. */
  private final OptionalLong oldBitOffset;

  private final long storageSize;

  /** Who may use a member. */
  public enum Access {
    /** It is not told: the default of the record, private in a class. */
    DEFAULT,
    PUBLIC,
    PROTECTED,
    PRIVATE
  }

  Member(Types types, EntryReader reader) {
    this.entry = reader.entry();
    this.name = reader.text(Attribute.NAME).orElse("");
    this.type = TypeReference.of(types, reader);
    this.access = access(reader.number(Attribute.ACCESSIBILITY, 0));
    this.artificial = reader.flag(Attribute.ARTIFICIAL);
    this.virtual = reader.number(Attribute.VIRTUALITY, 0) == VIRTUAL;
    this.constant = Constants.read(reader);
    Expression expression = expression(types, reader);
    OptionalLong sum = expression == null ? OptionalLong.empty() : constantSum(expression);
    this.computed = sum.isPresent() ? null : expression;
    this.byteOffset =
        sum.isPresent() ? sum.getAsLong() : reader.number(Attribute.DATA_MEMBER_LOCATION, 0);
    this.bitSize = nonNegative(reader.number(Attribute.BIT_SIZE, -1));
    this.dataBitOffset = reader.number(Attribute.DATA_BIT_OFFSET, -1);
    AttributeValue old = reader.value(Attribute.BIT_OFFSET);
    this.oldBitOffset = old == null ? OptionalLong.empty() : OptionalLong.of(old.signedNumber());
    this.storageSize = reader.number(Attribute.BYTE_SIZE, -1);
  }

  private static Access access(long code) {
    Access[] all = Access.values();
    return code >= 0 && code < all.length ? all[(int) code] : Access.DEFAULT;
  }

  private static OptionalLong nonNegative(long value) {
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static @Nullable Expression expression(Types types, EntryReader reader) {
    return reader
        .block(Attribute.DATA_MEMBER_LOCATION)
        .map(bytes -> types.references(reader.unit()).expression(bytes))
        .orElse(null);
  }

  /** Returns what an expression adds to the address on the stack, if that is all it does. */
  private static OptionalLong constantSum(Expression expression) {
    if (expression.bytes().size() > 16) {
      return OptionalLong.empty();
    }
    try {
      List<Operation> operations = expression.operations();
      boolean one = operations.size() == 1 && operations.get(0).opcode() == Opcode.PLUS_UCONST;
      return one ? OptionalLong.of(operations.get(0).first()) : OptionalLong.empty();
    } catch (FormatException e) {
      return OptionalLong.empty(); // evaluating it says so
    }
  }

  /** Returns the entry that describes the member. */
  public Entry entry() {
    return entry;
  }

  /** Returns the name; empty for an anonymous struct or union, and for most base classes. */
  public String name() {
    return name;
  }

  /** Returns the type. */
  public Type type() {
    return type.get();
  }

  /** Returns who may use it. */
  public Access access() {
    return access;
  }

  /** Returns whether the source does not have it, as a pointer to a table of virtual functions. */
  public boolean isArtificial() {
    return artificial;
  }

  /** Returns whether this is a virtual base class, whose place depends on the object. */
  public boolean isVirtual() {
    return virtual;
  }

  /** Returns the value, of a static member that is a constant. */
  public Optional<Place> constant() {
    return constant;
  }

  /** Returns whether it takes some bits only. */
  public boolean isBitField() {
    return bitSize.isPresent();
  }

  /** Returns how many bits it takes, of a bit-field. */
  public OptionalLong bitSize() {
    return bitSize;
  }

  /**
   * Returns where it begins, in bits from the record's first byte; of a bit-field in a
   * little-endian record, its lowest bit. Nothing when that depends on the object, or cannot be.
   */
  public OptionalLong bitOffset() {
    if (computed != null) {
      return OptionalLong.empty();
    }
    try {
      if (dataBitOffset >= 0) {
        // from the record's start (§5.7.6); a member's own byte offset comes on top in DWARF 4
        return OptionalLong.of(Math.addExact(Math.multiplyExact(byteOffset, 8), dataBitOffset));
      }
      long start = Math.multiplyExact(byteOffset, 8);
      if (oldBitOffset.isEmpty() || bitSize.isEmpty()) {
        return OptionalLong.of(start);
      }
      long storage = storageSize >= 0 ? storageSize : type().size().orElse(-1);
      if (storage < 0) {
        return OptionalLong.empty();
      }
      long fromHighest = Math.addExact(oldBitOffset.getAsLong(), bitSize.getAsLong());
      return OptionalLong.of(
          Math.addExact(start, Math.subtractExact(Math.multiplyExact(storage, 8), fromHighest)));
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  /** Returns where it begins in bytes; nothing when {@link #bitOffset} is none or amid a byte. */
  public OptionalLong offset() {
    OptionalLong bits = bitOffset();
    return bits.isPresent() && bits.getAsLong() % 8 == 0
        ? OptionalLong.of(bits.getAsLong() / 8)
        : OptionalLong.empty();
  }

  /**
   * Returns the expression that tells the address from that of the object, which is on the stack;
   * nothing when {@link #bitOffset} does. A virtual base has one.
   */
  public Optional<Expression> locationExpression() {
    return Optional.ofNullable(computed);
  }

  /**
   * Returns the place of the member's first byte in an object in memory; of a bit-field, that of
   * the byte that its lowest bit is in.
   */
  public Place place(Evaluator evaluator, long object) {
    if (computed != null) {
      return evaluator.withObject(object).evaluate(computed, object);
    }
    OptionalLong bits = bitOffset();
    return bits.isPresent()
        ? new Place.Memory(
            entry.unit().encoding().wrap(object + Math.floorDiv(bits.getAsLong(), 8L)))
        : new Place.Unknown(Place.Reason.MALFORMED, "the offset of the member cannot be told");
  }

  /** Returns the member as {@code int count}. */
  @Override
  public String toString() {
    return name.isEmpty() ? type().name() : type().name() + " " + name;
  }
}
