package dev.wasmortem.wasm.types;

/**
 * What a type may hold at most: the limits that engines agree on (JavaScript interface, appendix
 * "implementation-defined limits"). They keep typing linear in the size of a body: a call of two
 * bytes moves at most so many operands.
 */
public final class TypeLimits {
  /** Parameters of a function type. */
  public static final int PARAMETERS = 1_000;

  /** Results of a function type. */
  public static final int RESULTS = 1_000;

  /** Fields of a structure type. */
  public static final int FIELDS = 10_000;

  /** Types in a module, counted with the members of recursion groups. */
  public static final int TYPES = 1_000_000;

  /** Length of a chain of declared supertypes. */
  public static final int SUPERTYPE_DEPTH = 63;

  private TypeLimits() {}
}
