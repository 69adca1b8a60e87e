package dev.wasmortem.dwarf.type;

import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.AttributeValue;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.Form;
import dev.wasmortem.dwarf.expression.Expression;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A number that a type depends on, as the bounds of an array do (§2.19). */
public sealed interface Bound {
  /** It is not told. */
  record Absent() implements Bound {}

  /** It is always the same. */
  record Known(long value) implements Bound {}

  /** It is what an expression yields, in the frame and about the object at hand. */
  record Computed(Expression expression) implements Bound {}

  /** It is the value of a variable, which this entry describes. */
  record OfVariable(Entry variable) implements Bound {}

  /** Tells numbers that are not always the same; nothing where it cannot. */
  @FunctionalInterface
  interface Resolver {
    /** Knows the numbers that are always the same, and no others. */
    Resolver NONE = bound -> OptionalLong.empty();

    /** Returns the number of a bound that is neither {@link Absent} nor {@link Known}. */
    OptionalLong resolve(Bound bound);
  }

  /** Returns the number. */
  default OptionalLong value(Resolver resolver) {
    if (this instanceof Known known) {
      return OptionalLong.of(known.value());
    }
    return this instanceof Absent ? OptionalLong.empty() : resolver.resolve(this);
  }

  /** Reads an attribute of the entry that {@code reader} stands on. */
  static Bound read(Types types, EntryReader reader, Attribute attribute) {
    AttributeValue value = reader.value(attribute);
    if (value == null) {
      return new Absent();
    }
    return switch (value.kind()) {
      case CONSTANT -> new Known(number(value));
      case BLOCK, EXPRESSION -> computed(types, reader, attribute);
      default -> {
        @Nullable Entry target = reader.reference(attribute).orElse(null);
        yield target == null ? new Absent() : new OfVariable(target);
      }
    };
  }

  private static Bound computed(Types types, EntryReader reader, Attribute attribute) {
    return new Computed(
        types
            .references(reader.unit())
            .expression(reader.block(attribute).orElseThrow(AssertionError::new)));
  }

  /** Returns a constant; one of four bytes with all bits set is −1, as of arrays of no elements. */
  private static long number(AttributeValue value) {
    return value.form() == Form.DATA4 && value.number() == 0xffff_ffffL ? -1 : value.number();
  }
}
