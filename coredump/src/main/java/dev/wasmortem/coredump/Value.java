package dev.wasmortem.coredump;

import dev.wasmortem.wasm.types.HeapType;

/**
 * A value of a local, an operand or a global. Floats are kept as bits, so that a NaN's payload
 * survives. The convention has no encoding for vectors and references in a frame, nor for a
 * reference that is not null in a global: those stand in our section {@code wasmortem.values}.
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
    FUNC_REF,
    OPAQUE_REF,
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

  /** A reference. */
  sealed interface Reference extends Value {
    /** Returns the type of what is referred to; an index is one of the module's that uses it. */
    HeapType type();
  }

  /**
   * A null reference, or one that the producer wrote as null because a dump of the convention has
   * no name for what it refers to.
   *
   * @param type the heap type that the initialiser names
   */
  record NullRef(HeapType type) implements Reference {
    @Override
    public Kind kind() {
      return Kind.NULL_REF;
    }
  }

  /**
   * A reference to a function.
   *
   * @param type what it refers to
   * @param instance index in {@link Coredump#instances} of the one that the function belongs to
   * @param function the function's index in the instance's module, imported functions first
   */
  record FuncRef(HeapType type, int instance, int function) implements Reference {
    @Override
    public Kind kind() {
      return Kind.FUNC_REF;
    }
  }

  /**
   * A reference that is not null, to something that a dump has no name for: an object of the host
   * or of the garbage-collected heap, an exception.
   *
   * @param type what it refers to
   */
  record OpaqueRef(HeapType type) implements Reference {
    @Override
    public Kind kind() {
      return Kind.OPAQUE_REF;
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
