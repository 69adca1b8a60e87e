package dev.wasmortem.dwarf.expression;

/** What came of reading a piece of the machine's state. */
public sealed interface Reading {
  /** What was read. */
  record Known(Bits bits) implements Reading {}

  /**
   * It could not be read.
   *
   * @param words why, for a person: no stop at the end
   */
  record Missing(String words) implements Reading {}

  /** Returns a number of so many bytes, 1 to 8. */
  static Reading of(long value, int size) {
    return new Known(Bits.of(value, size));
  }

  /** Returns that it could not be read, and why. */
  static Reading missing(String words) {
    return new Missing(words);
  }
}
