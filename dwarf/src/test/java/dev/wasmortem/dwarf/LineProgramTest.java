package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Programs assembled by hand, and the rows that §6.2.2 and §6.2.5 make of them. */
class LineProgramTest {
  private static List<String> rows(LineBytes bytes) {
    LineProgram program = bytes.read();
    program.run();
    return rows(program.rows());
  }

  private static List<String> rows(LineRows rows) {
    List<String> all = new ArrayList<>();
    for (int s = 0; s < rows.sequenceCount(); s++) {
      for (int row = rows.firstRow(s); row < rows.endRow(s); row++) {
        all.add(
            String.format(
                Locale.ROOT,
                "%x %d:%d:%d %s%s",
                rows.sequenceLow(s) + rows.distance(row),
                rows.file(row),
                rows.line(row),
                rows.column(row),
                flags(rows.flags(row)),
                rows.discriminator(row) == 0 ? "" : " d" + rows.discriminator(row)));
      }
      all.add(String.format(Locale.ROOT, "%x end", rows.sequenceHigh(s)));
    }
    return all;
  }

  private static String flags(int flags) {
    return ((flags & LineRows.IS_STMT) != 0 ? "s" : "-")
        + ((flags & LineRows.BASIC_BLOCK) != 0 ? "b" : "")
        + ((flags & LineRows.PROLOGUE_END) != 0 ? "p" : "")
        + ((flags & LineRows.EPILOGUE_BEGIN) != 0 ? "e" : "");
  }

  @Test
  void everyStandardOpcode() {
    LineBytes table =
        LineBytes.version(4)
            .oneFile()
            .setAddress(0x100)
            .op(1) // copy
            .op(2, 0x83, 0x01) // advance_pc 131
            .op(3, 0x7d) // advance_line -3, from 1
            .op(3, 0x0c) // advance_line 12
            .op(4, 2) // set_file
            .op(5, 0x81, 0x01) // set_column 129
            .op(6) // negate_stmt
            .op(7) // set_basic_block
            .op(10) // set_prologue_end
            .op(11) // set_epilogue_begin
            .op(12, 3) // set_isa
            .op(0, 2, 4, 7) // set_discriminator 7
            .op(1)
            .op(8) // const_add_pc: (255 - 13) / 14 = 17
            .op(9, 0x34, 0x12) // fixed_advance_pc
            .op(1)
            .op(2, 1)
            .end();
    assertEquals(
        List.of("100 1:1:0 s", "183 2:10:129 -bpe d7", "13c8 2:10:129 -", "13c9 end"), rows(table));
  }

  @Test
  void specialOpcodes() {
    // opcode - 13 = adjusted; line += -5 + adjusted % 14; address += adjusted / 14
    LineBytes table =
        LineBytes.version(3)
            .oneFile()
            .setAddress(0x10)
            .op(13 + 14 * 2 + 5 + 4) // address + 2, line + 4
            .op(13) // line - 5
            .op(13 + 9) // line + 4, same address
            .op(255) // adjusted 242: address + 17, line - 5 + 4 = -1
            .op(2, 1)
            .end();
    assertEquals(
        List.of("12 1:5:0 s", "12 1:0:0 s", "12 1:4:0 s", "23 1:3:0 s", "24 end"), rows(table));
  }

  @Test
  void otherLineBaseAndRange() {
    // adjusted = 100 - 10 = 90: address + 90 / 4 = 22, line + (-3 + 90 % 4) = -1
    LineBytes table =
        LineBytes.version(2)
            .lines(-3, 4)
            .operandCounts(0, 1, 1, 1, 1, 0, 0, 0, 1)
            .oneFile()
            .setAddress(0x10)
            .op(3, 10, 100)
            .op(10) // special in this table: adjusted 0, line - 3
            .op(2, 1)
            .end();
    assertEquals(List.of("26 1:10:0 s", "26 1:7:0 s", "27 end"), rows(table));
  }

  @Test
  void minimumInstructionLengthScalesAllButFixedAdvance() {
    LineBytes table =
        LineBytes.version(2)
            .minimumInstructionLength(4)
            .oneFile()
            .setAddress(0x100)
            .op(2, 3, 1) // + 12
            .op(13 + 14 + 5) // + 4
            .op(8, 1) // + 68
            .op(9, 1, 0, 1) // + 1
            .op(2, 1)
            .end();
    assertEquals(
        List.of("10c 1:1:0 s", "110 1:1:0 s", "154 1:1:0 s", "155 1:1:0 s", "159 end"),
        rows(table));
  }

  @Test
  void operationIndexOfVeryLongInstructions() {
    LineBytes table =
        LineBytes.version(4)
            .minimumInstructionLength(16)
            .maximumOperations(3)
            .oneFile()
            .setAddress(0x100)
            .op(2, 2, 1) // operation 2 of 0x100
            .op(2, 2, 1) // 2 + 2 = 4: one instruction, operation 1
            .op(13 + 14 * 5 + 5) // 1 + 5 = 6: two more, operation 0
            .op(2, 4) // 4: one more, operation 1
            .op(9, 8, 0, 1) // fixed: + 8, operation 0
            .op(2, 2, 1) // still there
            .op(2, 1)
            .end();
    assertEquals(
        List.of(
            "100 1:1:0 s", "110 1:1:0 s", "130 1:1:0 s", "148 1:1:0 s", "148 1:1:0 s", "158 end"),
        rows(table));
  }

  @Test
  void aMaximumOfNoOperationsCountsAsOne() {
    LineBytes table =
        LineBytes.version(4).maximumOperations(0).oneFile().setAddress(8).op(1, 2, 5).end();
    assertEquals(List.of("8 1:1:0 s", "d end"), rows(table));
  }

  @Test
  void registersStartAnewWithEachSequence() {
    LineBytes table =
        LineBytes.version(4)
            .defaultIsStatement(0)
            .oneFile()
            .setAddress(0x10)
            .op(6, 5, 9, 3, 20, 4, 2, 1, 2, 4)
            .end()
            .setAddress(0x40)
            .op(1, 2, 2)
            .end();
    assertEquals(List.of("10 2:21:9 s", "14 end", "40 1:1:0 -", "42 end"), rows(table));
  }

  @Test
  void opcodesOfLaterVersionsAndVendorsAreSkipped() {
    LineBytes table =
        LineBytes.version(4)
            .operandCounts(0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1, 3)
            .oneFile()
            .setAddress(0x10)
            .op(13, 0x80, 0x01, 5, 6) // standard opcode 13 with three operands
            .op(0, 4, 0x80, 1, 2, 3) // DW_LNE_lo_user
            .op(0, 0) // no opcode at all
            .op(1, 2, 1)
            .end();
    assertEquals(List.of("10 1:1:0 s", "11 end"), rows(table));
  }

  @Test
  void addressesOfTwoAndEightBytes() {
    LineBytes table =
        LineBytes.version(4)
            .oneFile()
            .op(0, 3, 2, 0x34, 0x12, 1, 2, 1)
            .end()
            .op(0, 9, 2, 0, 0, 0, 0, 1, 0, 0, 0, 1, 2, 1)
            .end();
    assertEquals(
        List.of("1234 1:1:0 s", "1235 end", "100000000 1:1:0 s", "100000001 end"), rows(table));
  }

  @Test
  void codeThatTheLinkerLeftOutHasNoRows() {
    LineBytes table = LineBytes.version(4).oneFile();
    for (long dead : new long[] {0xffff_ffffL, 0xffff_fffeL, 0}) {
      table.setAddress(dead).op(1, 2, 5, 1, 2, 5).end();
    }
    table.op(0, 9, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 5).end();
    table.op(1, 2, 5).end(); // no address set: it would begin at 0
    table.setAddress(0x20).op(1, 2, 5).end();
    assertEquals(List.of("20 1:1:0 s", "25 end"), rows(table));
  }

  @Test
  void sequencesThatCoverNothingAreDropped() {
    LineBytes table =
        LineBytes.version(4).oneFile().setAddress(0x20).op(1).end().setAddress(0x30).end();
    assertEquals(List.of(), rows(table));
  }

  @Test
  void addressesThatRunBackwardsAreSorted() {
    LineBytes table =
        LineBytes.version(4)
            .oneFile()
            .setAddress(0x20)
            .op(3, 1, 1)
            .setAddress(0x18)
            .op(3, 1, 0, 2, 4, 5, 1)
            .setAddress(0x28)
            .op(3, 1, 1, 2, 8)
            .end();
    assertEquals(List.of("18 1:3:0 s d5", "20 1:2:0 s", "28 1:4:0 s", "30 end"), rows(table));
  }

  @Test
  void theLastRowNotBehindAnAddressHoldsForIt() {
    LineProgram program =
        LineBytes.version(4)
            .oneFile()
            .setAddress(0x20)
            .op(1, 3, 1, 1, 2, 4, 3, 1, 1, 2, 4) // 20: 1, then 2; 24: 3
            .end()
            .setAddress(0x10)
            .op(3, 9, 1, 2, 0x10) // 10: 10
            .end()
            .read();
    program.run();
    LineRows rows = program.rows();
    assertEquals(-1, rows.find(0xf));
    assertEquals(10, rows.line(rows.find(0x10)));
    assertEquals(10, rows.line(rows.find(0x1f)));
    assertEquals(2, rows.line(rows.find(0x20)));
    assertEquals(2, rows.line(rows.find(0x23)));
    assertEquals(3, rows.line(rows.find(0x24)));
    assertEquals(3, rows.line(rows.find(0x27)));
    assertEquals(-1, rows.find(0x28));
    assertEquals(-1, rows.find(-1));
  }

  @Test
  void ofSequencesThatOverlapTheOneThatEndsFirstHolds() {
    LineProgram program =
        LineBytes.version(4)
            .oneFile()
            .setAddress(0x10)
            .op(1, 2, 0x40)
            .end()
            .setAddress(0x20)
            .op(3, 1, 1, 2, 0x10)
            .end()
            .read();
    program.run();
    LineRows rows = program.rows();
    assertEquals(1, rows.line(rows.find(0x1f)));
    assertEquals(2, rows.line(rows.find(0x20)));
    assertEquals(1, rows.line(rows.find(0x30)));
  }

  @Test
  void sequencesBeforeDamageAreKept() {
    LineProgram program =
        LineBytes.version(4).oneFile().setAddress(0x10).op(1, 2, 4).end().op(0, 9, 2, 1).read();
    FormatException error = assertThrows(FormatException.class, program::run);
    assertTrue(error.getMessage().contains("(debug_line.program)"), error.getMessage());
    assertEquals(List.of("10 1:1:0 s", "14 end"), rows(program.rows()));
  }

  @Test
  void aSequenceWithoutEndIsDamage() {
    LineProgram program = LineBytes.version(4).oneFile().setAddress(0x10).op(1, 2, 4, 1).read();
    assertThrows(FormatException.Truncated.class, program::run);
    assertEquals(List.of(), rows(program.rows()));
  }

  @Test
  void aLineRangeOfZeroIsNoHarmUntilDivided() {
    LineBytes harmless =
        LineBytes.version(4).lines(-5, 0).oneFile().setAddress(0x10).op(1, 2, 4).end();
    assertEquals(List.of("10 1:1:0 s", "14 end"), rows(harmless));
    LineProgram divided =
        LineBytes.version(4).lines(-5, 0).oneFile().setAddress(0x10).op(0x80).end().read();
    assertThrows(FormatException.Malformed.class, divided::run);
  }

  @Test
  void numbersThatAreTooLarge() {
    LineBytes table =
        LineBytes.version(4)
            .oneFile()
            .setAddress(0x10)
            .op(5, 0xff, 0xff, 0xff, 0xff, 0x7f) // a column of 35 bits is as good as none
            .op(3, 0x76) // line 1 - 10
            .op(1, 2, 1)
            .end();
    assertEquals(List.of("10 1:-9:0 s", "11 end"), rows(table));
    LineProgram far =
        LineBytes.version(4)
            .oneFile()
            .setAddress(0x10)
            .op(1, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, 1)
            .end()
            .read();
    assertThrows(FormatException.Malformed.class, far::run);
  }

  @Test
  void extendedOpcodesEndWhereTheySay() {
    LineProgram threeBytes = LineBytes.version(4).oneFile().op(0, 4, 2, 1, 2, 3, 1).read();
    assertThrows(FormatException.Malformed.class, threeBytes::run);
    LineProgram runsOver = LineBytes.version(4).oneFile().op(0, 2, 4, 0x80, 0x01).read();
    assertThrows(FormatException.Malformed.class, runsOver::run);
    LineBytes padded =
        LineBytes.version(4).oneFile().setAddress(0x10).op(1, 2, 1, 0, 4, 1, 9, 9, 9);
    assertEquals(List.of("10 1:1:0 s", "11 end"), rows(padded));
  }
}
