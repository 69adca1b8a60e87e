package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import java.util.HashMap;
import java.util.Map;

/**
 * The ranges of units as {@code .debug_aranges} has them (§6.1.2), a table after the other:
 *
 * <pre>
 * unit_length version:u16=2 debug_info_offset address_size:u8 segment_selector_size:u8=0
 * padding, to a multiple of a pair's size from the table's first byte
 * (address length)* 0 0
 * </pre>
 *
 * <p>A unit's own ranges are as cheap to have, and compilers leave the tables out or let them fall
 * behind; so only units that give no ranges are looked for here. The tables are read when the first
 * of those is. A damaged one is reported, and the next one read.
 */
final class AddressTables {
  private static final int VERSION = 2;

  private final DebugFile file;
  private final Lazy<Map<Long, CodeRanges>> byUnit = new Lazy<>(this::read);

  AddressTables(DebugFile file) {
    this.file = file;
  }

  /** Returns the ranges of the unit at an offset of {@code .debug_info}, which may be none. */
  CodeRanges of(long unit) {
    return byUnit.get().getOrDefault(unit, new CodeRanges());
  }

  private Map<Long, CodeRanges> read() {
    Map<Long, CodeRanges> tables = new HashMap<>();
    ByteSource section = file.section(".debug_aranges");
    for (long at = 0; at < section.size(); ) {
      long next = section.size();
      try {
        next = Math.min(next, UnitHeader.announcedEnd(section, at));
        readTable(section.slice(0, next).cursor(at), tables);
      } catch (FormatException e) {
        file.report("dwarf-aranges-damaged", e);
      }
      at = next;
    }
    return tables;
  }

  private static void readTable(Cursor cursor, Map<Long, CodeRanges> into) {
    long start = cursor.position();
    int offsetSize = UnitLength.read(cursor.in("debug_aranges.unit_length")).offsetSize();
    int version = cursor.in("debug_aranges.version").u16le();
    long unit =
        new Encoding(version, offsetSize, 0).offset(cursor.in("debug_aranges.debug_info_offset"));
    int size = cursor.in("debug_aranges.address_size").u8();
    int selector = cursor.in("debug_aranges.segment_selector_size").u8();
    if (version != VERSION || selector != 0 || (size != 4 && size != 8)) {
      throw new FormatException.Unsupported(
          "a table of version "
              + version
              + " with addresses of "
              + size
              + " and segment selectors of "
              + selector
              + " bytes",
          cursor.at(start));
    }
    Encoding encoding = new Encoding(version, offsetSize, size);
    CodeRanges ranges = into.computeIfAbsent(unit, unknown -> new CodeRanges());
    int pair = 2 * size;
    cursor.seek(start + (cursor.position() - start + pair - 1) / pair * pair);
    cursor.in("debug_aranges.tuple");
    while (cursor.remaining() >= pair) {
      long low = encoding.address(cursor);
      long length = encoding.address(cursor);
      if (low == 0 && length == 0) {
        return;
      }
      ranges.add(low, encoding.wrap(low + length), encoding);
    }
  }
}
