package dev.wasmortem.dwarf.expression;

import dev.wasmortem.dwarf.InfoOffset;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an expression refers to outside itself: things of the unit it stands in, and entries. All of
 * it is looked up when the expression is evaluated or printed, and what is not there is absent.
 */
public interface References {
  /** Of an expression that stands alone: nothing is there. */
  References NONE = new References() {};

  /** Returns where the unit begins. */
  default InfoOffset unit() {
    return new InfoOffset(0);
  }

  /** Returns an address of the unit's in {@code .debug_addr}. */
  default OptionalLong address(long index) {
    return OptionalLong.empty();
  }

  /** Returns the base type whose entry this is. */
  default Optional<ScalarType> baseType(InfoOffset entry) {
    return Optional.empty();
  }

  /**
   * Returns the expression that the {@code DW_AT_location} of an entry is, for {@code DW_OP_call2}
   * and its kin.
   */
  default Optional<Expression> location(InfoOffset entry) {
    return Optional.empty();
  }
}
