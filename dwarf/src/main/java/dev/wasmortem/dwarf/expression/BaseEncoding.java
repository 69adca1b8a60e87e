package dev.wasmortem.dwarf.expression;

/** How the bytes of a base type are to be read, {@code DW_ATE_…} (§7.8). */
public enum BaseEncoding {
  /** An encoding that is not in the table, or none at all. */
  OTHER(0, "unknown"),
  ADDRESS(0x01, "address"),
  BOOLEAN(0x02, "boolean"),
  COMPLEX_FLOAT(0x03, "complex_float"),
  FLOAT(0x04, "float"),
  SIGNED(0x05, "signed"),
  SIGNED_CHAR(0x06, "signed_char"),
  UNSIGNED(0x07, "unsigned"),
  UNSIGNED_CHAR(0x08, "unsigned_char"),
  IMAGINARY_FLOAT(0x09, "imaginary_float"),
  PACKED_DECIMAL(0x0a, "packed_decimal"),
  NUMERIC_STRING(0x0b, "numeric_string"),
  EDITED(0x0c, "edited"),
  SIGNED_FIXED(0x0d, "signed_fixed"),
  UNSIGNED_FIXED(0x0e, "unsigned_fixed"),
  DECIMAL_FLOAT(0x0f, "decimal_float"),
  UTF(0x10, "UTF"),
  UCS(0x11, "UCS"),
  ASCII(0x12, "ASCII");

  private static final BaseEncoding[] BY_CODE = values();

  private final int code;
  private final String name;

  BaseEncoding(int code, String name) {
    this.code = code;
    this.name = "DW_ATE_" + name;
  }

  /** Returns the encoding of a code, or {@link #OTHER}. */
  public static BaseEncoding of(long code) {
    return code > 0 && code < BY_CODE.length ? BY_CODE[(int) code] : OTHER;
  }

  /** Returns the code. */
  public int code() {
    return code;
  }

  /** Returns whether values are whole numbers with a sign. */
  public boolean isSigned() {
    return this == SIGNED || this == SIGNED_CHAR || this == SIGNED_FIXED;
  }

  /** Returns whether values are binary floating-point numbers. */
  public boolean isFloat() {
    return this == FLOAT;
  }

  /** Returns whether values are whole numbers, characters, truth values or addresses. */
  public boolean isInteger() {
    return switch (this) {
      case ADDRESS, BOOLEAN, SIGNED, SIGNED_CHAR, UNSIGNED, UNSIGNED_CHAR, UTF, UCS, ASCII -> true;
      default -> false;
    };
  }

  /** Returns the name as DWARF spells it. */
  @Override
  public String toString() {
    return name;
  }
}
