package dev.wasmortem.dwarf;

import java.util.Optional;

/**
 * What the file that holds the code says of where its functions stand. Linkers keep one of several
 * copies of a function, and units go on to claim the addresses that theirs would have had, had it
 * been the one: where units disagree, the file knows better.
 */
@FunctionalInterface
public interface FunctionBounds {
  /** Knows nothing. */
  FunctionBounds UNKNOWN = address -> Optional.empty();

  /** Returns the addresses of the function that stands at {@code address}, if one does. */
  Optional<AddressRange> functionAt(Address address);
}
