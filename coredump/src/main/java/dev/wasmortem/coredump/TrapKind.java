package dev.wasmortem.coredump;

import java.util.Optional;
import java.util.regex.Pattern;

/** What can end a program. */
public enum TrapKind {
  UNREACHABLE(
      "unreachable",
      "unreachable",
      "The program executed an unreachable instruction, as compilers put it after abort, a failed"
          + " assertion or a panic."),
  INTEGER_DIVIDE_BY_ZERO(
      "integer-divide-by-zero",
      "integer divide by zero",
      "An integer was divided by zero, or its remainder by zero was asked for."),
  INTEGER_OVERFLOW(
      "integer-overflow",
      "integer overflow",
      "A result does not fit its integer type: the smallest integer divided by -1, or a float too"
          + " large to convert."),
  INVALID_CONVERSION_TO_INTEGER(
      "invalid-conversion-to-integer",
      "invalid conversion to integer",
      "A NaN was converted to an integer."),
  OUT_OF_BOUNDS_MEMORY_ACCESS(
      "out-of-bounds-memory-access",
      "out of bounds memory access",
      "The program read or wrote at an address beyond the end of its memory."),
  OUT_OF_BOUNDS_TABLE_ACCESS(
      "out-of-bounds-table-access",
      "out of bounds table access",
      "The program read or wrote an element beyond the end of a table."),
  OUT_OF_BOUNDS_ARRAY_ACCESS(
      "out-of-bounds-array-access",
      "out of bounds array access",
      "The program read or wrote an element beyond the end of an array."),
  UNDEFINED_ELEMENT(
      "undefined-element",
      "undefined element",
      "An indirect call took an index beyond the end of its table; the function pointer is wild."),
  UNINITIALIZED_ELEMENT(
      "uninitialized-element",
      "uninitialized element",
      "An indirect call met an empty table element; the function pointer is null or wild."),
  INDIRECT_CALL_TYPE_MISMATCH(
      "indirect-call-type-mismatch",
      "indirect call type mismatch",
      "An indirect call met a function of another type; the function pointer was cast, or is"
          + " wild."),
  CALL_STACK_EXHAUSTED(
      "call-stack-exhausted",
      "call stack exhausted",
      "Calls nested deeper than the runtime's stack allows, as in a recursion without end."),
  NULL_REFERENCE("null-reference", "null reference", "A reference was used that is null."),
  CAST_FAILURE(
      "cast-failure", "cast failure", "A reference was cast to a type that its object is not of."),
  UNALIGNED_ATOMIC(
      "unaligned-atomic",
      "unaligned atomic",
      "An atomic instruction took an address that is not a multiple of its size."),
  UNCAUGHT_EXCEPTION(
      "uncaught-exception",
      "uncaught exception",
      "A WebAssembly exception was thrown and no function on the stack caught it."),
  HOST_EXCEPTION(
      "host-exception",
      "host exception",
      "A function of the host that the program called threw an exception."),
  INTERRUPTED(
      "interrupted",
      "interrupted",
      "The program was stopped from outside, by a time limit or an interrupt."),
  REQUESTED(
      "requested",
      "dump requested",
      "Nothing had failed: somebody asked for a dump, and the program went on."),
  OTHER("other", "trap", "The runtime stopped the program for a reason that has no name here.");

  private static final TrapKind[] ALL = values();

  /** The test suite names what was null; it is one trap all the same. */
  private static final Pattern NULL_REFERENCES = Pattern.compile("null \\w+ reference");

  private final String id;
  private final String text;
  private final String explanation;

  TrapKind(String id, String text, String explanation) {
    this.id = id;
    this.text = text;
    this.explanation = explanation;
  }

  /** Returns the name that stands in a dump, and in JSON: {@code integer-divide-by-zero}. */
  public String id() {
    return id;
  }

  /** Returns the words of the official test suite: {@code integer divide by zero}. */
  public String text() {
    return text;
  }

  /** Returns one sentence or two for people. */
  public String explanation() {
    return explanation;
  }

  /** Returns the kind of that {@link #id}, empty if there is none. */
  public static Optional<TrapKind> ofId(String id) {
    for (TrapKind kind : ALL) {
      if (kind.id.equals(id)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the kind whose words stand first in a runtime's message, as {@code wasm trap: integer
   * divide by zero}; empty if there are none of them.
   */
  public static Optional<TrapKind> ofMessage(String message) {
    String plain = NULL_REFERENCES.matcher(message).replaceAll("null reference");
    TrapKind found = null;
    int first = Integer.MAX_VALUE;
    for (TrapKind kind : ALL) {
      int at = kind == OTHER || kind == REQUESTED ? -1 : plain.indexOf(kind.text);
      if (at >= 0 && at < first) {
        found = kind;
        first = at;
      }
    }
    return Optional.ofNullable(found);
  }
}
