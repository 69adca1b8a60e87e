package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;

/**
 * The header of a line program (§6.2.4):
 *
 * <pre>
 * unit_length version:u16 [address_size:u8 segment_selector_size:u8, version 5]
 * header_length minimum_instruction_length:u8 [maximum_operations_per_instruction:u8, version 4]
 * default_is_stmt:u8 line_base:s8 line_range:u8 opcode_base:u8 standard_opcode_lengths:u8*
 * files
 * </pre>
 *
 * <p>Files are read only as far as their number and positions.
 */
final class LineHeader {
  private final int minimumInstructionLength;
  private final int maximumOperations;
  private final boolean defaultIsStatement;
  private final int lineBase;
  private final int lineRange;
  private final int opcodeBase;
  private final byte[] operandCounts;
  private final FileTable files;
  private final ByteSource section;
  private final long programStart;
  private final long programEnd;

  private LineHeader(Cursor cursor, int version, Envelope envelope) {
    Cursor fields = cursor.in("debug_line.header");
    minimumInstructionLength = fields.u8();
    maximumOperations = version >= 4 ? Math.max(1, fields.u8()) : 1;
    defaultIsStatement = fields.u8() != 0;
    lineBase = (byte) fields.u8();
    lineRange = fields.u8();
    opcodeBase = fields.u8();
    if (opcodeBase == 0) {
      throw fields.malformed("an opcode_base of 0");
    }
    operandCounts = fields.bytes(opcodeBase - 1);
    section = cursor.source();
    // Strings of the header end within it; what is behind them may be a vendor's.
    Cursor tables =
        fields
            .source()
            .slice(0, envelope.programStart)
            .cursor(fields.position())
            .in("debug_line.header");
    files =
        version >= 5
            ? FileTable.readDescribed(section, tables, envelope.encoding)
            : FileTable.readListed(section, tables, envelope.encoding);
    programStart = envelope.programStart;
    programEnd = envelope.programEnd;
  }

  /** Where the program stands, and how numbers before it are written. */
  private record Envelope(Encoding encoding, long programStart, long programEnd) {}

  /**
   * Reads the header at {@code offset} of {@code .debug_line}.
   *
   * @param addressSize the unit's, for versions whose line tables do not say it
   * @param budget how many bytes of line tables may be read in all
   */
  static LineHeader read(ByteSource section, long offset, int addressSize, Budget budget) {
    Cursor cursor = section.cursor().in("debug_line.unit_length").seek(offset);
    UnitLength length = UnitLength.read(cursor);
    long end = cursor.position() + Math.min(length.length(), cursor.remaining());
    if (length.length() > cursor.remaining()) {
      // The section was cut: the rows that are there still hold, so reading goes on to its end.
      end = section.size();
    }
    budget.spend(end - offset, section.at(offset, "debug_line.unit_length"));
    cursor.in("debug_line.version");
    int version = cursor.u16le();
    if (version < 2 || version > 5) {
      throw new FormatException.Unsupported(
          "version " + version + " of a line table", cursor.at(cursor.position() - 2));
    }
    cursor.in("debug_line.header");
    int size = addressSize;
    if (version >= 5) {
      size = cursor.u8();
      cursor.u8(); // segment_selector_size: no segments since version 5 took them away again
    }
    Encoding encoding = new Encoding(version, length.offsetSize(), size);
    long headerLength = encoding.offset(cursor.in("debug_line.header_length"));
    if (headerLength < 0 || headerLength > end - cursor.position()) {
      throw cursor.malformed("a header that ends behind its unit");
    }
    Envelope envelope = new Envelope(encoding, cursor.position() + headerLength, end);
    return new LineHeader(cursor, version, envelope);
  }

  int minimumInstructionLength() {
    return minimumInstructionLength;
  }

  int maximumOperations() {
    return maximumOperations;
  }

  boolean defaultIsStatement() {
    return defaultIsStatement;
  }

  int lineBase() {
    return lineBase;
  }

  int lineRange() {
    return lineRange;
  }

  int opcodeBase() {
    return opcodeBase;
  }

  /** Returns how many ULEB128 operands a standard opcode takes, by this header. */
  int operandCount(int opcode) {
    return operandCounts[opcode - 1] & 0xff;
  }

  FileTable files() {
    return files;
  }

  /** Returns a cursor at the program's first byte; its source ends with the program. */
  Cursor program() {
    return section.slice(0, programEnd).cursor(programStart).in("debug_line.program");
  }
}
