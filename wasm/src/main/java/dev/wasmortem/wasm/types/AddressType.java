package dev.wasmortem.wasm.types;

/** The type of the addresses of a memory or a table (§2.3.11). */
public enum AddressType {
  I32(NumType.I32),
  I64(NumType.I64);

  private final NumType type;

  AddressType(NumType type) {
    this.type = type;
  }

  /** Returns the type of operands that are such addresses. */
  public NumType type() {
    return type;
  }

  @Override
  public String toString() {
    return type.toString();
  }
}
