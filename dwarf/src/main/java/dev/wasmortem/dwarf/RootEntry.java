package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;

/**
 * The attributes of a unit's root entry that look-ups go by (§3.1.1), as they stand. Bases of other
 * sections may come behind the attributes that need them, so nothing is resolved while reading.
 */
final class RootEntry {
  private static final int AT_NAME = 0x03;
  private static final int AT_STMT_LIST = 0x10;
  private static final int AT_LOW_PC = 0x11;
  private static final int AT_HIGH_PC = 0x12;
  private static final int AT_LANGUAGE = 0x13;
  private static final int AT_COMP_DIR = 0x1b;
  private static final int AT_PRODUCER = 0x25;
  private static final int AT_RANGES = 0x55;
  private static final int AT_STR_OFFSETS_BASE = 0x72;
  private static final int AT_ADDR_BASE = 0x73;
  private static final int AT_RNGLISTS_BASE = 0x74;
  private static final int AT_GNU_ADDR_BASE = 0x2133;

  final AttributeValue name = new AttributeValue();
  final AttributeValue compilationDirectory = new AttributeValue();
  final AttributeValue producer = new AttributeValue();
  final AttributeValue lowPc = new AttributeValue();
  final AttributeValue highPc = new AttributeValue();
  final AttributeValue ranges = new AttributeValue();
  long language;
  long lineTable = -1;
  long stringOffsetsBase = -1;
  long addressBase = -1;
  long rangeListsBase = -1;

  /** Reads the root entry of a unit. */
  static RootEntry read(UnitHeader header, SharedTables tables) {
    ByteSource info = tables.info();
    RootEntry root = new RootEntry();
    Cursor cursor =
        info.slice(0, header.end()).cursor().in("debug_info.root").seek(header.entries());
    long code = cursor.uleb128();
    if (code == 0) {
      return root;
    }
    Abbreviations abbreviations = tables.abbreviations(header.abbreviations(), code);
    int entry = abbreviations.entry(code);
    if (entry < 0) {
      throw new FormatException.Malformed(
          "abbreviation " + Long.toUnsignedString(code) + ", which the table does not have",
          cursor.at(header.entries()));
    }
    for (int i = abbreviations.firstAttribute(entry); i < abbreviations.endAttribute(entry); i++) {
      Form form = Form.of(abbreviations.form(i), cursor);
      AttributeValue holder = root.holder(abbreviations.name(i));
      holder.read(form, abbreviations.constant(i), cursor, header.encoding());
      root.keepNumber(abbreviations.name(i), holder);
    }
    return root;
  }

  private final AttributeValue other = new AttributeValue();

  private AttributeValue holder(int attribute) {
    return switch (attribute) {
      case AT_NAME -> name;
      case AT_COMP_DIR -> compilationDirectory;
      case AT_PRODUCER -> producer;
      case AT_LOW_PC -> lowPc;
      case AT_HIGH_PC -> highPc;
      case AT_RANGES -> ranges;
      default -> other;
    };
  }

  private void keepNumber(int attribute, AttributeValue value) {
    switch (attribute) {
      case AT_LANGUAGE -> language = value.number();
      case AT_STMT_LIST -> lineTable = value.isSectionOffset() ? value.number() : -1;
      case AT_STR_OFFSETS_BASE -> stringOffsetsBase = value.number();
      case AT_ADDR_BASE, AT_GNU_ADDR_BASE -> addressBase = value.number();
      case AT_RNGLISTS_BASE -> rangeListsBase = value.number();
      default -> {
        // Kept by its holder, or of no use here.
      }
    }
  }
}
