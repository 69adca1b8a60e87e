package dev.wasmortem.coredump;

import dev.wasmortem.wasm.types.HeapType;

/**
 * A value of a local, an operand or a global. Floats are kept as bits, so that a NaN's payload
 * survives. Vectors and null references stand in globals only: the convention has no encoding for
 * them in a frame.
 */
public sealed interface Value {
  /** A value that is not known: optimised out, or not captured. */
  Value MISSING = new Missing();

  /** What kinds of values there are. */
  enum Kind {
    I32,
    I64,
    F32,
    F64,
    V128,
    NULL_REF,
    MISSING
  }

  /** Returns the kind, to switch over. */
  Kind kind();

  /** A 32-bit integer. */
  record I32(int value) implements Value {
    @Override
    public Kind kind() {
      return Kind.I32;
    }
  }

  /** A 64-bit integer. */
  record I64(long value) implements Value {
    @Override
    public Kind kind() {
      return Kind.I64;
    }
  }

  /**
   * A 32-bit float.
   *
   * @param bits IEEE 754 bits
   */
  record F32(int bits) implements Value {
    @Override
    public Kind kind() {
      return Kind.F32;
    }
  }

  /**
   * A 64-bit float.
   *
   * @param bits IEEE 754 bits
   */
  record F64(long bits) implements Value {
    @Override
    public Kind kind() {
      return Kind.F64;
    }
  }

  /**
   * A vector of 16 bytes.
   *
   * @param low bytes 0 to 7, little-endian
   * @param high bytes 8 to 15, little-endian
   */
  record V128(long low, long high) implements Value {
    @Override
    public Kind kind() {
      return Kind.V128;
    }
  }

  /**
   * A null reference, or one that the producer wrote as null because a dump has no name for what it
   * refers to.
   *
   * @param type the heap type that the initialiser names
   */
  record NullRef(HeapType type) implements Value {
    @Override
    public Kind kind() {
      return Kind.NULL_REF;
    }
  }

  /** No value; use {@link Value#MISSING}. */
  record Missing() implements Value {
    @Override
    public Kind kind() {
      return Kind.MISSING;
    }
  }
}
