package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;

/**
 * The header of a unit in {@code .debug_info} (§7.5.1), or in the {@code .debug_types} of version
 * 4:
 *
 * <pre>
 * version 2 to 4: unit_length version:u16 debug_abbrev_offset address_size:u8
 *                 [type_signature:u64 type_offset, in .debug_types]
 * version 5:      unit_length version:u16 unit_type:u8 address_size:u8 debug_abbrev_offset
 *                 [dwo_id:u64, of a skeleton or split unit]
 *                 [type_signature:u64 type_offset, of a type unit]
 * </pre>
 *
 * @param offset where the unit begins in its section
 * @param end where it ends, cut to the section's end
 * @param type what kind of unit it is, {@code DW_UT_…}; {@link #COMPILE} up to version 4, {@link
 *     #TYPE} in {@code .debug_types}
 * @param encoding how it writes numbers
 * @param abbreviations where its abbreviations begin in {@code .debug_abbrev}
 * @param entries where its root entry begins in its section
 * @param id the {@code dwo_id} or {@code type_signature}, 0 where there is none
 * @param typeOffset where a type unit's type stands, from the unit's first byte, else 0
 */
record UnitHeader(
    long offset,
    long end,
    int type,
    Encoding encoding,
    long abbreviations,
    long entries,
    long id,
    long typeOffset) {
  static final int COMPILE = 1;
  static final int TYPE = 2;
  static final int SKELETON = 4;
  static final int SPLIT_COMPILE = 5;
  static final int SPLIT_TYPE = 6;

  /** Which section a unit stands in. */
  enum Section {
    /** {@code .debug_info}. */
    INFO,
    /** {@code .debug_types}, which version 4 had for type units only. */
    TYPES
  }

  /** Returns where the unit that begins at {@code offset} ends; it may be behind the section. */
  static long announcedEnd(ByteSource section, long offset) {
    Cursor cursor = section.cursor(offset).in("debug_info.unit_length");
    long length = UnitLength.read(cursor).length();
    long start = cursor.position();
    return length > Long.MAX_VALUE - start ? Long.MAX_VALUE : start + length;
  }

  static UnitHeader read(ByteSource section, long offset, Section where) {
    Cursor cursor = section.cursor(offset).in("debug_info.unit_length");
    UnitLength length = UnitLength.read(cursor);
    long end = cursor.position() + Math.min(length.length(), cursor.remaining());
    cursor.in("debug_info.version");
    int version = cursor.u16le();
    if (version < 2 || version > 5) {
      throw new FormatException.Unsupported(
          "version " + version + " of a unit", cursor.at(cursor.position() - 2));
    }
    cursor.in("debug_info.unit_header");
    int type = version >= 5 ? cursor.u8() : where == Section.TYPES ? TYPE : COMPILE;
    int addressSize = version >= 5 ? addressSize(cursor) : 0;
    Encoding encoding = new Encoding(version, length.offsetSize(), addressSize);
    long abbreviations = encoding.offset(cursor);
    if (version < 5) {
      encoding = new Encoding(version, length.offsetSize(), addressSize(cursor));
    }
    long id = 0;
    long typeOffset = 0;
    switch (type) {
      case SKELETON, SPLIT_COMPILE -> id = cursor.i64le();
      case TYPE, SPLIT_TYPE -> {
        id = cursor.i64le();
        typeOffset = encoding.offset(cursor);
      }
      default -> {
        // No fields of its own.
      }
    }
    return new UnitHeader(
        offset, end, type, encoding, abbreviations, cursor.position(), id, typeOffset);
  }

  private static int addressSize(Cursor cursor) {
    int size = cursor.u8();
    if (size != 1 && size != 2 && size != 4 && size != 8) {
      throw new FormatException.Unsupported(
          "addresses of " + size + " bytes", cursor.at(cursor.position() - 1));
    }
    return size;
  }

  boolean isTypeUnit() {
    return type == TYPE || type == SPLIT_TYPE;
  }
}
