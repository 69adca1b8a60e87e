package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;

/** The vector type (§5.3.2). */
public enum VecType implements ValueType {
  V128;

  @Override
  public Kind kind() {
    return Kind.V128;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.u8(0x7b);
  }

  @Override
  public String toString() {
    return "v128";
  }
}
