package dev.wasmortem.symbols;

import dev.wasmortem.bytes.Printable;
import dev.wasmortem.symbols.demangle.Demangled;
import dev.wasmortem.symbols.demangle.Demangler;
import java.util.Optional;

/**
 * A function as its source has it, and the place in it: one Wasm function is several of these when
 * the compiler inlined calls. No name is safe to print.
 *
 * @param name what a person calls the function: with its scope and template arguments, without its
 *     parameters, as far as that is known
 * @param shortName the name that it is declared by, without its scope, where DWARF gives it
 * @param linkageName the name that the linker knew, where it is known and another
 * @param position the place, where it is known
 * @param inlined whether the function was inlined into the one that comes next
 */
public record SourceFrame(
    String name,
    Optional<String> shortName,
    Optional<String> linkageName,
    Optional<SourcePosition> position,
    boolean inlined) {
  /**
   * Returns the whole name, with parameters where the linkage name tells them, as {@code
   * ns::twice(int)}. It is demangled anew each time.
   */
  public String signature() {
    return linkageName.flatMap(Demangler::demangle).map(Demangled::text).orElse(name);
  }

  /** Returns {@code name at file:line:column}, safe to print. */
  @Override
  public String toString() {
    return Printable.escape(name) + position.map(place -> " at " + place).orElse("");
  }
}
