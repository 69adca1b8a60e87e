package dev.wasmortem.wasm.code;

/** What brought an instruction into the language, and the specification that took it in. */
public enum Proposal {
  CORE_1("1.0"),
  SIGN_EXTENSION("2.0"),
  SATURATING_CONVERSION("2.0"),
  BULK_MEMORY("2.0"),
  REFERENCE_TYPES("2.0"),
  SIMD("2.0"),
  RELAXED_SIMD("3.0"),
  TAIL_CALL("3.0"),
  EXCEPTIONS("3.0"),
  FUNCTION_REFERENCES("3.0"),
  GC("3.0"),
  /** Exceptions as they were before 3.0; shipped by engines, never standard. */
  LEGACY_EXCEPTIONS(""),
  THREADS(""),
  WIDE_ARITHMETIC(""),
  STACK_SWITCHING("");

  private final String since;

  Proposal(String since) {
    this.since = since;
  }

  /** Returns the version of the Core Specification that took it in; empty for none so far. */
  public String since() {
    return since;
  }
}
