package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;

/**
 * The attributes of a unit's root entry that look-ups go by (§3.1.1), as they stand. Bases of other
 * sections may come behind the attributes that need them, so nothing is resolved while reading.
 */
final class RootEntry {
  final AttributeValue name = new AttributeValue();
  final AttributeValue compilationDirectory = new AttributeValue();
  final AttributeValue producer = new AttributeValue();
  final AttributeValue lowPc = new AttributeValue();
  final AttributeValue highPc = new AttributeValue();
  final AttributeValue ranges = new AttributeValue();
  final AttributeValue splitName = new AttributeValue();
  long language;
  long lineTable = -1;
  long stringOffsetsBase = -1;
  long addressBase = -1;
  long rangeListsBase = -1;
  long locationListsBase = -1;

  /** What is added to offsets of range lists in a split unit of version 4. */
  long rangesBase;

  /** The number that ties a skeleton of version 4 to its split unit. */
  long splitId;

  /** Reads the root entry of a unit. */
  static RootEntry read(UnitHeader header, ByteSource section, DebugFile tables) {
    RootEntry root = new RootEntry();
    Cursor cursor =
        section.slice(0, header.end()).cursor().in("debug_info.root").seek(header.entries());
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

  private AttributeValue holder(int code) {
    Attribute attribute = Attribute.find(code);
    if (attribute == null) {
      return other;
    }
    return switch (attribute) {
      case NAME -> name;
      case COMP_DIR -> compilationDirectory;
      case PRODUCER -> producer;
      case LOW_PC -> lowPc;
      case HIGH_PC -> highPc;
      case RANGES -> ranges;
      case DWO_NAME, GNU_DWO_NAME -> splitName;
      default -> other;
    };
  }

  private void keepNumber(int code, AttributeValue value) {
    Attribute attribute = Attribute.find(code);
    if (attribute == null) {
      return;
    }
    switch (attribute) {
      case LANGUAGE -> language = value.number();
      case STMT_LIST -> lineTable = value.isSectionOffset() ? value.number() : -1;
      case STR_OFFSETS_BASE -> stringOffsetsBase = value.number();
      case ADDR_BASE, GNU_ADDR_BASE -> addressBase = value.number();
      case RNGLISTS_BASE -> rangeListsBase = value.number();
      case LOCLISTS_BASE -> locationListsBase = value.number();
      case GNU_RANGES_BASE -> rangesBase = value.number();
      case GNU_DWO_ID -> splitId = value.number();
      default -> {
        // Kept by its holder, or of no use here.
      }
    }
  }
}
