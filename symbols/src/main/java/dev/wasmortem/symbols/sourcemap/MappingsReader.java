package dev.wasmortem.symbols.sourcemap;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Decodes the {@code mappings} of one map (ECMA-426, Mappings structure): segments of one, four or
 * five numbers, each the difference to the one before it, in Base64 digits of five bits, lowest
 * first. The string is read where it stands in the JSON.
 *
 * <p>A module is one line, so only the first is read. A place that cannot be makes its segment one
 * without a source and is reported once; bytes that are no segments end the map.
 */
final class MappingsReader {
  private static final int END = -1;
  private static final int CONTINUATION = 32;

  /** A number of 32 bits has seven digits. */
  private static final int LAST_SHIFT = 30;

  private static final byte[] DIGITS = digits();

  private final Cursor cursor;
  private final MapPart part;
  private final MappingTable table;
  private final Consumer<FormatException> problems;

  /** The character at hand, {@link #END} after the last. */
  private int current;

  private long column;
  private long source;
  private long originalLine;
  private long originalColumn;
  private long name;
  private boolean told;

  private MappingsReader(
      ByteSource json, MapPart part, MappingTable table, Consumer<FormatException> problems) {
    this.cursor = json.cursor(part.mappings()).in("mappings");
    this.part = part;
    this.table = table;
    this.problems = problems;
  }

  private static byte[] digits() {
    byte[] digits = new byte[128];
    Arrays.fill(digits, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      digits[alphabet.charAt(i)] = (byte) i;
    }
    return digits;
  }

  /**
   * Adds a part's mappings to a table.
   *
   * @param problems is told what is wrong, and may throw it
   */
  static void read(
      ByteSource json, MapPart part, MappingTable table, Consumer<FormatException> problems) {
    new MappingsReader(json, part, table, problems).read();
  }

  private void read() {
    FormatException damage;
    try {
      readLine();
      return;
    } catch (FormatException e) {
      damage = e;
    }
    problems.accept(damage);
  }

  private void readLine() {
    cursor.u8(); // the quotation mark
    advance();
    if (endsLine()) {
      return;
    }
    readSegment();
    while (!endsLine()) {
      advance(); // a comma
      readSegment();
    }
  }

  private void readSegment() {
    long start = cursor.position() - 1;
    column += number();
    if (endsSegment()) {
      unmapped(start);
      return;
    }
    source += number();
    originalLine += number();
    originalColumn += number();
    int named = MappingTable.NONE;
    if (!endsSegment()) {
      name += number();
      named = index(name, part.names(), "name", start);
    }
    if (!endsSegment()) {
      throw malformed("a segment of more than 5 numbers", start);
    }
    mapped(named, start);
  }

  private void unmapped(long start) {
    if (isInPart(start)) {
      table.add((int) (part.base() + column));
    }
  }

  private void mapped(int named, long start) {
    if (!isInPart(start)) {
      return;
    }
    int offset = (int) (part.base() + column);
    int index = index(source, part.sources(), "source", start);
    if (!isPlace(originalLine) || !isPlace(originalColumn)) {
      tell("line " + originalLine + ", column " + originalColumn + " of a source", start);
      index = MappingTable.NONE;
    }
    if (index == MappingTable.NONE) {
      table.add(offset);
    } else {
      table.add(
          offset,
          index + part.firstSource(),
          (int) originalLine,
          (int) originalColumn,
          named == MappingTable.NONE ? named : named + part.firstName());
    }
  }

  /** Returns whether the segment's offset is one, and before the next part. */
  private boolean isInPart(long start) {
    long offset = part.base() + column;
    if (column < 0 || offset > Integer.MAX_VALUE) {
      tell("offset " + column + " in a module", start);
      return false;
    }
    return offset < part.end();
  }

  /** Returns whether a line or a column can be one; ours count from 1. */
  private static boolean isPlace(long value) {
    return value >= 0 && value < Integer.MAX_VALUE;
  }

  private int index(long value, int count, String what, long start) {
    if (value >= 0 && value < count) {
      return (int) value;
    }
    tell(what + " " + value + " of " + count, start);
    return MappingTable.NONE;
  }

  private void tell(String problem, long start) {
    if (!told) {
      told = true;
      problems.accept(malformed(problem, start));
    }
  }

  private boolean endsLine() {
    return current == END || current == ';';
  }

  private boolean endsSegment() {
    return current == ',' || endsLine();
  }

  private int number() {
    long start = cursor.position() - 1;
    long bits = 0;
    int shift = 0;
    int digit;
    do {
      digit = current >= 0 && current < DIGITS.length ? DIGITS[current] : -1;
      if (digit < 0) {
        throw malformed(endsSegment() ? "a segment that lacks numbers" : "no Base64 digit", start);
      }
      bits |= (long) (digit & (CONTINUATION - 1)) << shift;
      if (shift > LAST_SHIFT || bits > 0xffff_ffffL) {
        throw malformed("a number of more than 32 bits", start);
      }
      shift += 5;
      advance();
    } while ((digit & CONTINUATION) != 0);
    int magnitude = (int) (bits >>> 1);
    if ((bits & 1) == 0) {
      return magnitude;
    }
    return magnitude == 0 ? Integer.MIN_VALUE : -magnitude; // there is no -0
  }

  private void advance() {
    int next = cursor.u8();
    if (next == '"') {
      current = END;
    } else {
      current = next == '\\' ? escaped() : next;
    }
  }

  /** Reads what JSON lets stand for one of our characters; a slash is written so by some. */
  private int escaped() {
    long start = cursor.position() - 1;
    int kind = cursor.u8();
    if (kind == '/') {
      return kind;
    }
    int value = 0;
    for (int i = 0; kind == 'u' && i < 4; i++) {
      value = value << 4 | Character.digit(cursor.u8(), 16);
    }
    if (value <= 0) {
      throw malformed("no Base64 digit", start);
    }
    return value;
  }

  private FormatException.Malformed malformed(String problem, long at) {
    return new FormatException.Malformed(problem, cursor.at(at));
  }
}
