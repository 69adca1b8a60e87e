package dev.wasmortem.dwarf.variable;

import dev.wasmortem.dwarf.Address;
import dev.wasmortem.dwarf.expression.Expression;
import dev.wasmortem.dwarf.type.Types;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where variables are seen from.
 *
 * @param address an address of the frame's code; 0 outside functions
 * @param function the frame base, or null if the function has none
 */
record Context(
    Kind kind,
    Address address,
    @Nullable Expression function,
    Types types,
    Scopes.Reporter reporter) {
  enum Kind {
    FRAME,
    UNIT
  }

  boolean isFrame() {
    return kind == Kind.FRAME;
  }

  Optional<Expression> frameBase() {
    return Optional.ofNullable(function);
  }
}
