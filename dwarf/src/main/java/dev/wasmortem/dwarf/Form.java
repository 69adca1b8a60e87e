package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every attribute form of DWARF 2 to 5 and of the GNU and LLVM extensions (§7.5.5, §7.5.6): its
 * code, the class of its values, and how they lie in the bytes. The one table of forms: reading,
 * skipping and the headers of line tables all go by it.
 */
public enum Form {
  ADDR(0x01, Kind.ADDRESS, Layout.ADDRESS),
  BLOCK2(0x03, Kind.BLOCK, Layout.BLOCK_U16),
  BLOCK4(0x04, Kind.BLOCK, Layout.BLOCK_U32),
  DATA2(0x05, Kind.CONSTANT, Layout.U16),
  DATA4(0x06, Kind.CONSTANT, Layout.U32),
  DATA8(0x07, Kind.CONSTANT, Layout.U64),
  STRING(0x08, Kind.STRING, Layout.NUL_TERMINATED),
  BLOCK(0x09, Kind.BLOCK, Layout.BLOCK_ULEB),
  BLOCK1(0x0a, Kind.BLOCK, Layout.BLOCK_U8),
  DATA1(0x0b, Kind.CONSTANT, Layout.U8),
  FLAG(0x0c, Kind.FLAG, Layout.U8),
  SDATA(0x0d, Kind.CONSTANT, Layout.SLEB),
  STRP(0x0e, Kind.STRING, Layout.OFFSET),
  UDATA(0x0f, Kind.CONSTANT, Layout.ULEB),
  REF_ADDR(0x10, Kind.INFO_REFERENCE, Layout.REF_ADDR),
  REF1(0x11, Kind.UNIT_REFERENCE, Layout.U8),
  REF2(0x12, Kind.UNIT_REFERENCE, Layout.U16),
  REF4(0x13, Kind.UNIT_REFERENCE, Layout.U32),
  REF8(0x14, Kind.UNIT_REFERENCE, Layout.U64),
  REF_UDATA(0x15, Kind.UNIT_REFERENCE, Layout.ULEB),
  INDIRECT(0x16, Kind.INDIRECT, Layout.ULEB),
  SEC_OFFSET(0x17, Kind.SECTION_OFFSET, Layout.OFFSET),
  EXPRLOC(0x18, Kind.EXPRESSION, Layout.BLOCK_ULEB),
  FLAG_PRESENT(0x19, Kind.FLAG, Layout.NOTHING),
  STRX(0x1a, Kind.STRING_INDEX, Layout.ULEB),
  ADDRX(0x1b, Kind.ADDRESS_INDEX, Layout.ULEB),
  REF_SUP4(0x1c, Kind.SUPPLEMENTARY_REFERENCE, Layout.U32),
  STRP_SUP(0x1d, Kind.SUPPLEMENTARY_STRING, Layout.OFFSET),
  DATA16(0x1e, Kind.BLOCK, Layout.U128),
  LINE_STRP(0x1f, Kind.LINE_STRING, Layout.OFFSET),
  REF_SIG8(0x20, Kind.TYPE_SIGNATURE, Layout.U64),
  IMPLICIT_CONST(0x21, Kind.CONSTANT, Layout.NOTHING),
  LOCLISTX(0x22, Kind.LOCATION_LIST_INDEX, Layout.ULEB),
  RNGLISTX(0x23, Kind.RANGE_LIST_INDEX, Layout.ULEB),
  REF_SUP8(0x24, Kind.SUPPLEMENTARY_REFERENCE, Layout.U64),
  STRX1(0x25, Kind.STRING_INDEX, Layout.U8),
  STRX2(0x26, Kind.STRING_INDEX, Layout.U16),
  STRX3(0x27, Kind.STRING_INDEX, Layout.U24),
  STRX4(0x28, Kind.STRING_INDEX, Layout.U32),
  ADDRX1(0x29, Kind.ADDRESS_INDEX, Layout.U8),
  ADDRX2(0x2a, Kind.ADDRESS_INDEX, Layout.U16),
  ADDRX3(0x2b, Kind.ADDRESS_INDEX, Layout.U24),
  ADDRX4(0x2c, Kind.ADDRESS_INDEX, Layout.U32),
  GNU_ADDR_INDEX(0x1f01, Kind.ADDRESS_INDEX, Layout.ULEB),
  GNU_STR_INDEX(0x1f02, Kind.STRING_INDEX, Layout.ULEB),
  GNU_REF_ALT(0x1f20, Kind.SUPPLEMENTARY_REFERENCE, Layout.OFFSET),
  GNU_STRP_ALT(0x1f21, Kind.SUPPLEMENTARY_STRING, Layout.OFFSET),
  LLVM_ADDRX_OFFSET(0x2001, Kind.ADDRESS_INDEX_AND_OFFSET, Layout.ULEB_AND_U32);

  /** What a value means. */
  public enum Kind {
    ADDRESS,
    ADDRESS_INDEX,
    ADDRESS_INDEX_AND_OFFSET,
    BLOCK,
    CONSTANT,
    EXPRESSION,
    FLAG,
    INDIRECT,
    INFO_REFERENCE,
    LINE_STRING,
    LOCATION_LIST_INDEX,
    RANGE_LIST_INDEX,
    SECTION_OFFSET,
    STRING,
    STRING_INDEX,
    SUPPLEMENTARY_REFERENCE,
    SUPPLEMENTARY_STRING,
    TYPE_SIGNATURE,
    UNIT_REFERENCE
  }

  /** How a value lies in the bytes; {@link #bytes} when every unit agrees on how many. */
  enum Layout {
    NOTHING(0),
    U8(1),
    U16(2),
    U24(3),
    U32(4),
    U64(8),
    U128(16),
    ADDRESS(-1),
    OFFSET(-1),
    REF_ADDR(-1),
    ULEB(-1),
    SLEB(-1),
    ULEB_AND_U32(-1),
    BLOCK_U8(-1),
    BLOCK_U16(-1),
    BLOCK_U32(-1),
    BLOCK_ULEB(-1),
    NUL_TERMINATED(-1);

    private final int bytes;

    Layout(int bytes) {
      this.bytes = bytes;
    }
  }

  private static final Form[] STANDARD = new Form[0x2d];
  private static final Map<Integer, Form> EXTENSIONS = new HashMap<>();

  static {
    for (Form form : values()) {
      if (form.code < STANDARD.length) {
        STANDARD[form.code] = form;
      } else {
        EXTENSIONS.put(form.code, form);
      }
    }
  }

  private final int code;
  private final Kind kind;
  private final Layout layout;

  Form(int code, Kind kind, Layout layout) {
    this.code = code;
    this.kind = kind;
    this.layout = layout;
  }

  /**
   * Returns the form of a code.
   *
   * @throws FormatException.Unsupported if there is none; it stands before {@code cursor}
   */
  static Form of(int code, Cursor cursor) {
    Form form = find(code);
    if (form == null) {
      throw new FormatException.Unsupported(
          "form 0x" + Integer.toHexString(code) + ", whose length is not known", cursor.here());
    }
    return form;
  }

  static @Nullable Form find(int code) {
    return code >= 0 && code < STANDARD.length ? STANDARD[code] : EXTENSIONS.get(code);
  }

  /** Returns the number that stands for the form in an abbreviation. */
  public int code() {
    return code;
  }

  /** Returns what values of the form mean. */
  public Kind kind() {
    return kind;
  }

  /** Returns the name as the specification or the vendor writes it, as {@code DW_FORM_data1}. */
  @Override
  public String toString() {
    int vendor = code < STANDARD.length ? 0 : name().indexOf('_') + 1;
    return "DW_FORM_"
        + name().substring(0, vendor)
        + name().substring(vendor).toLowerCase(Locale.ROOT);
  }

  Layout layout() {
    return layout;
  }

  /** Returns the bytes that each value takes in a unit of this encoding, or −1 when they differ. */
  int fixedSize(Encoding encoding) {
    return switch (layout) {
      case ADDRESS -> encoding.addressSize();
      case OFFSET -> encoding.offsetSize();
      case REF_ADDR -> encoding.version() <= 2 ? encoding.addressSize() : encoding.offsetSize();
      default -> layout.bytes;
    };
  }

  /** Returns the fewest bytes that a value takes. */
  int leastSize(Encoding encoding) {
    int fixed = fixedSize(encoding);
    if (fixed >= 0) {
      return fixed;
    }
    return switch (layout) {
      case BLOCK_U16 -> 2;
      case BLOCK_U32 -> 4;
      case ULEB_AND_U32 -> 5;
      default -> 1;
    };
  }

  /** Moves past a value. */
  void skip(Cursor cursor, Encoding encoding) {
    int fixed = fixedSize(encoding);
    if (fixed >= 0) {
      cursor.skip(fixed);
      return;
    }
    switch (layout) {
      case ULEB -> {
        if (this == INDIRECT) {
          indirect(cursor).skip(cursor, encoding);
        } else {
          skipLeb(cursor);
        }
      }
      case SLEB -> skipLeb(cursor);
      case ULEB_AND_U32 -> {
        skipLeb(cursor);
        cursor.skip(4);
      }
      case BLOCK_U8 -> cursor.skip(cursor.u8());
      case BLOCK_U16 -> cursor.skip(cursor.u16le());
      case BLOCK_U32 -> cursor.skip(cursor.u32le());
      case BLOCK_ULEB -> cursor.skip(cursor.uleb128());
      case NUL_TERMINATED -> skipString(cursor);
      default -> throw new AssertionError(layout);
    }
  }

  /**
   * Reads the form that an {@link #INDIRECT} value begins with. It may not be indirect again, and
   * not {@link #IMPLICIT_CONST}, whose value stands in the abbreviation (§7.5.3).
   */
  static Form indirect(Cursor cursor) {
    long start = cursor.position();
    long code = cursor.uleb128();
    Form form = Form.of((int) Math.min(Math.max(code, -1), Integer.MAX_VALUE), cursor);
    if (form == INDIRECT || form == IMPLICIT_CONST) {
      throw new FormatException.Malformed("an indirect form that is " + form, cursor.at(start));
    }
    return form;
  }

  static void skipLeb(Cursor cursor) {
    while (cursor.u8() >= 0x80) {
      // Padding has no limit in DWARF.
    }
  }

  static void skipString(Cursor cursor) {
    while (cursor.u8() != 0) {
      // On to the NUL.
    }
  }
}
