package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;

/**
 * A continuation type (stack-switching proposal).
 *
 * @param function the function type that the continuation runs
 */
public record ContType(HeapType function) implements CompositeType {
  static final int CODE = 0x5d;

  @Override
  public Kind kind() {
    return Kind.CONT;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.u8(CODE);
    function.writeTo(out);
  }
}
