package dev.wasmortem.dwarf.location;

import dev.wasmortem.dwarf.Address;
import dev.wasmortem.dwarf.AddressRange;
import dev.wasmortem.dwarf.expression.Expression;

/**
 * An entry of a location list: where the object is while the code of a range runs (§2.6.2).
 *
 * @param kind which of the two it is
 * @param range the addresses; of a {@link Kind#DEFAULT} entry, all there are
 * @param expression where the object is
 */
public record LocationEntry(Kind kind, AddressRange range, Expression expression) {
  static final AddressRange EVERYWHERE =
      new AddressRange(new Address(0), new Address(Long.MAX_VALUE));

  /** The kinds of entries. */
  public enum Kind {
    /** The entry holds at the addresses of its range. */
    RANGE,
    /** The entry holds where none of the list's others does. */
    DEFAULT
  }

  /** Returns the entry as {@code [0x1d5, 0x1f0): DW_OP_lit0, DW_OP_stack_value}. */
  @Override
  public String toString() {
    return (kind == Kind.DEFAULT ? "default" : range) + ": " + expression;
  }
}
