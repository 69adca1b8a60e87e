package dev.wasmortem.symbols;

import dev.wasmortem.bytes.Printable;
import java.util.Optional;

/**
 * A function as its source has it, and the place in it: one Wasm function is several of these when
 * the compiler inlined calls.
 *
 * @param name the function's name; not safe to print
 * @param linkageName the name that the linker knew, where it is known and another
 * @param position the place, where it is known
 * @param inlined whether the function was inlined into the one that comes next
 */
public record SourceFrame(
    String name, Optional<String> linkageName, Optional<SourcePosition> position, boolean inlined) {
  /** Returns {@code name at file:line:column}, safe to print. */
  @Override
  public String toString() {
    return Printable.escape(name) + position.map(place -> " at " + place).orElse("");
  }
}
