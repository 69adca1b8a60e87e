package dev.wasmortem.wasm.code;

import dev.wasmortem.wasm.types.NumType;
import dev.wasmortem.wasm.types.ValueType;

/** The type of a block (§5.4.1). */
public sealed interface BlockType {
  /** Which form it has. */
  enum Kind {
    EMPTY,
    VALUE,
    TYPE_INDEX
  }

  /** Returns the form, to switch over. */
  Kind kind();

  /** The type that takes nothing and gives nothing. */
  BlockType EMPTY = new Empty();

  /** Returns the type that takes nothing and gives one value. */
  static BlockType of(ValueType type) {
    return switch (type.kind()) {
      case I32 -> Value.I32;
      case I64 -> Value.I64;
      case F32 -> Value.F32;
      case F64 -> Value.F64;
      case V128, REF -> new Value(type);
    };
  }

  /** Takes nothing, gives nothing. */
  record Empty() implements BlockType {
    @Override
    public Kind kind() {
      return Kind.EMPTY;
    }

    @Override
    public String toString() {
      return "";
    }
  }

  /** Takes nothing, gives one value. */
  record Value(ValueType type) implements BlockType {
    private static final Value I32 = new Value(NumType.I32);
    private static final Value I64 = new Value(NumType.I64);
    private static final Value F32 = new Value(NumType.F32);
    private static final Value F64 = new Value(NumType.F64);

    @Override
    public Kind kind() {
      return Kind.VALUE;
    }

    @Override
    public String toString() {
      return "(result " + type + ")";
    }
  }

  /**
   * Takes and gives what a function type says.
   *
   * @param index among the module's types
   */
  record TypeIndex(int index) implements BlockType {
    @Override
    public Kind kind() {
      return Kind.TYPE_INDEX;
    }

    @Override
    public String toString() {
      return "(type " + index + ")";
    }
  }
}
