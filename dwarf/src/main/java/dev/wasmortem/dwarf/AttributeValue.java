package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.Cursor;

/**
 * The value of one attribute as it stands in the bytes: a number, or where a string or block lies.
 * One holder is read into again and again, so that walking entries makes no objects. Not
 * thread-safe.
 */
public final class AttributeValue {
  /** Of a holder not yet read into, a form that is no string, address or offset. */
  private Form form = Form.FLAG_PRESENT;

  AttributeValue() {}

  private long number;
  private long start;
  private long length;

  /**
   * Reads a value and moves {@code cursor} past it.
   *
   * @param implicit the abbreviation's constant, for {@link Form#IMPLICIT_CONST}
   */
  void read(Form declared, long implicit, Cursor cursor, Encoding encoding) {
    form = declared == Form.INDIRECT ? Form.indirect(cursor) : declared;
    start = cursor.position();
    length = 0;
    switch (form.layout()) {
      case NOTHING -> number = form == Form.IMPLICIT_CONST ? implicit : 1;
      case U8 -> number = cursor.u8();
      case U16 -> number = cursor.u16le();
      case U24 -> number = cursor.u16le() | cursor.u8() << 16;
      case U32 -> number = cursor.u32le();
      case U64 -> number = cursor.i64le();
      case ULEB, ULEB_AND_U32 -> {
        number = cursor.uleb128();
        if (form == Form.LLVM_ADDRX_OFFSET) {
          length = cursor.u32le();
        }
      }
      case SLEB -> number = cursor.sleb128();
      case ADDRESS -> number = encoding.address(cursor);
      case OFFSET -> number = encoding.offset(cursor);
      case REF_ADDR -> number = Encoding.sized(cursor, form.fixedSize(encoding));
      case U128 -> block(cursor, 16);
      case BLOCK_U8 -> block(cursor, cursor.u8());
      case BLOCK_U16 -> block(cursor, cursor.u16le());
      case BLOCK_U32 -> block(cursor, cursor.u32le());
      case BLOCK_ULEB -> block(cursor, cursor.uleb128());
      case NUL_TERMINATED -> Form.skipString(cursor);
    }
  }

  private void block(Cursor cursor, long bytes) {
    start = cursor.position();
    length = bytes;
    cursor.skip(bytes);
  }

  /** Returns the form, never {@link Form#INDIRECT}. */
  public Form form() {
    return form;
  }

  public Form.Kind kind() {
    return form.kind();
  }

  /** Returns the number: constant, address, offset, index or flag. */
  public long number() {
    return number;
  }

  /**
   * Returns the number of a constant taken as signed: forms of one to eight bytes leave it to the
   * attribute whether they are (§7.5.5).
   */
  public long signedNumber() {
    return switch (form.layout()) {
      case U8 -> (byte) number;
      case U16 -> (short) number;
      case U32 -> (int) number;
      default -> number;
    };
  }

  /** Returns where the value's string or block begins. */
  long start() {
    return start;
  }

  /** Returns the bytes of a block, or what {@link Form#LLVM_ADDRX_OFFSET} adds to its address. */
  long length() {
    return length;
  }

  /**
   * Returns whether the value is an offset in another section: DWARF 4 has a form for those,
   * earlier versions wrote them as constants of 4 or 8 bytes (§7.5.5).
   */
  public boolean isSectionOffset() {
    return form == Form.SEC_OFFSET || form == Form.DATA4 || form == Form.DATA8;
  }
}
