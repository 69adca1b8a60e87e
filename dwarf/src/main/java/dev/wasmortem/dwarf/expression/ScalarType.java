package dev.wasmortem.dwarf.expression;

/**
 * A base type as the typed operations of an expression use it (§2.5.1.7).
 *
 * @param name its name, empty when it has none
 * @param encoding how its bytes are to be read
 * @param size its bytes, 0 or more
 */
public record ScalarType(String name, BaseEncoding encoding, long size) {
  /** Returns whether values of both types may be reckoned with each other. */
  boolean matches(ScalarType other) {
    return encoding == other.encoding && size == other.size;
  }
}
