package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import java.util.Locale;

/** The number types (§5.3.1). */
public enum NumType implements ValueType {
  I32(0x7f, Kind.I32),
  I64(0x7e, Kind.I64),
  F32(0x7d, Kind.F32),
  F64(0x7c, Kind.F64);

  private final int code;
  private final Kind kind;

  NumType(int code, Kind kind) {
    this.code = code;
    this.kind = kind;
  }

  static NumType of(int code) {
    return switch (code) {
      case 0x7f -> I32;
      case 0x7e -> I64;
      case 0x7d -> F32;
      default -> F64;
    };
  }

  /** Returns the byte that stands for the type. */
  public int code() {
    return code;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.u8(code);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
