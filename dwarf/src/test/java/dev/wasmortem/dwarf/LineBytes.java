package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import java.nio.charset.StandardCharsets;

/** Writes a line table by hand: header fields as set, then lists, then the program as given. */
final class LineBytes {
  private final int version;
  private final int offsetSize;
  private int minimumInstructionLength = 1;
  private int maximumOperations = 1;
  private int defaultIsStatement = 1;
  private int lineBase = -5;
  private int lineRange = 14;
  private int[] operandCounts = {0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1};
  private final ByteWriter lists = new ByteWriter();
  private final ByteWriter program = new ByteWriter();

  private LineBytes(int version, int offsetSize) {
    this.version = version;
    this.offsetSize = offsetSize;
  }

  static LineBytes version(int version) {
    return new LineBytes(version, 4);
  }

  static LineBytes version64(int version) {
    return new LineBytes(version, 8);
  }

  LineBytes minimumInstructionLength(int value) {
    minimumInstructionLength = value;
    return this;
  }

  LineBytes maximumOperations(int value) {
    maximumOperations = value;
    return this;
  }

  LineBytes defaultIsStatement(int value) {
    defaultIsStatement = value;
    return this;
  }

  LineBytes lines(int base, int range) {
    lineBase = base;
    lineRange = range;
    return this;
  }

  LineBytes operandCounts(int... counts) {
    operandCounts = counts;
    return this;
  }

  /** Adds to the lists of directories and files. */
  LineBytes list(int... bytes) {
    for (int b : bytes) {
      lists.u8(b);
    }
    return this;
  }

  LineBytes list(String text) {
    lists.bytes(text.getBytes(StandardCharsets.UTF_8)).u8(0);
    return this;
  }

  LineBytes listOffset(long value) {
    offset(lists, value);
    return this;
  }

  /** The lists of one file {@code a.c} in the unit's directory, for versions 2 to 4. */
  LineBytes oneFile() {
    return list(0).list("a.c").list(0, 0, 0, 0);
  }

  LineBytes op(int... bytes) {
    for (int b : bytes) {
      program.u8(b);
    }
    return this;
  }

  /** {@code DW_LNE_set_address} of four bytes. */
  LineBytes setAddress(long address) {
    program.u8(0).u8(5).u8(2).i32le((int) address);
    return this;
  }

  /** {@code DW_LNE_end_sequence}. */
  LineBytes end() {
    return op(0, 1, 1);
  }

  byte[] bytes() {
    ByteWriter header = new ByteWriter().u8(minimumInstructionLength);
    if (version >= 4) {
      header.u8(maximumOperations);
    }
    header.u8(defaultIsStatement).u8(lineBase).u8(lineRange).u8(operandCounts.length + 1);
    for (int count : operandCounts) {
      header.u8(count);
    }
    header.bytes(lists);
    ByteWriter unit = new ByteWriter().i16le(version);
    if (version >= 5) {
      unit.u8(4).u8(0);
    }
    offset(unit, header.size());
    unit.bytes(header).bytes(program);
    ByteWriter table = new ByteWriter();
    if (offsetSize == 8) {
      table.i32le(-1).i64le(unit.size());
    } else {
      table.i32le(unit.size());
    }
    return table.bytes(unit).toByteArray();
  }

  /** Reads the table back with the reader under test. */
  LineProgram read() {
    return new LineProgram(header());
  }

  LineHeader header() {
    return LineHeader.read(
        ByteSource.of(".debug_line", bytes()), 0, 4, new Budget("test", 1 << 20));
  }

  private void offset(ByteWriter writer, long value) {
    if (offsetSize == 8) {
      writer.i64le(value);
    } else {
      writer.i32le((int) value);
    }
  }
}
