package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import java.util.Locale;

/** Integers narrower than any operand, in fields only (§5.3.8). */
public enum PackedType implements StorageType {
  I8(0x78),
  I16(0x77);

  private final int code;

  PackedType(int code) {
    this.code = code;
  }

  /** Returns the byte that stands for the type. */
  public int code() {
    return code;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.u8(code);
  }

  @Override
  public ValueType unpacked() {
    return NumType.I32;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
