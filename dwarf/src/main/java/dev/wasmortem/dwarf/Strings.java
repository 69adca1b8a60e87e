package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * The string sections: {@code .debug_str}, {@code .debug_line_str} and the tables of offsets in
 * {@code .debug_str_offsets} (§7.26). Strings are read when they are asked for.
 */
final class Strings {
  private final ByteSource strings;
  private final ByteSource lineStrings;
  private final ByteSource offsets;
  private final Budget budget;

  /**
   * Makes a reader of the three sections.
   *
   * @param budget how many bytes of strings may be read in all: many may be one and the same
   */
  Strings(ByteSource strings, ByteSource lineStrings, ByteSource offsets, Budget budget) {
    this.budget = budget;
    this.strings = strings;
    this.lineStrings = lineStrings;
    this.offsets = offsets;
  }

  /**
   * Returns the string that {@code value} stands for, or null when it is none or lies in another
   * file.
   *
   * @param section the section that holds the value itself
   * @param offsetsBase the unit's {@code DW_AT_str_offsets_base}, or −1 for what follows the header
   *     of the first table
   */
  @Nullable String text(
      AttributeValue value, ByteSource section, Encoding encoding, long offsetsBase) {
    return switch (value.kind()) {
      case STRING ->
          value.form() == Form.STRING
              ? at(section, value.start(), "string")
              : at(strings, value.number(), "debug_str.string");
      case LINE_STRING -> at(lineStrings, value.number(), "debug_line_str.string");
      case STRING_INDEX -> indexed(value.number(), encoding, offsetsBase);
      default -> null;
    };
  }

  /** Returns the string at an offset of {@code .debug_str}. */
  String at(long offset) {
    return at(strings, offset, "debug_str.string");
  }

  private String indexed(long index, Encoding encoding, long offsetsBase) {
    long base = offsetsBase >= 0 ? offsetsBase : encoding.defaultBase();
    Cursor cursor = offsets.cursor().in("debug_str_offsets.offset");
    cursor.seek(Encoding.element(base, index, encoding.offsetSize()));
    return at(strings, encoding.offset(cursor), "debug_str.string");
  }

  private String at(ByteSource section, long offset, String production) {
    budget.check(section.at(0, production));
    String text = section.cursor().in(production).seek(offset).cstring();
    budget.spend(text.length(), section.at(offset, production));
    return text;
  }

  /** Charges for a string put together of others, which is kept. */
  void charge(String text) {
    budget.spend(text.length(), strings.at(0, "path"));
  }
}
