package dev.wasmortem.wasm.code;

/** What an index counts (§2.5.1). */
public enum IndexSpace {
  TYPE,
  FUNCTION,
  TABLE,
  MEMORY,
  GLOBAL,
  TAG,
  ELEMENT,
  DATA,
  LOCAL,
  /** Enclosing blocks, from the innermost outwards. */
  LABEL,
  /** Fields of the structure type that the immediate before it names. */
  FIELD
}
