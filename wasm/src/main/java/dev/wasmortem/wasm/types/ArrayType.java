package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;

/** An array type (§5.3.9). */
public record ArrayType(FieldType element) implements CompositeType {
  static final int CODE = 0x5e;

  @Override
  public Kind kind() {
    return Kind.ARRAY;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.u8(CODE);
    element.writeTo(out);
  }
}
