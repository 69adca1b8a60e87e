package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.testkit.PeerTool;
import dev.wasmortem.testkit.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows of line tables as LLVM's dumper has them, over real programs in C, C++ and Rust; what is
 * looked up in them is compared in the room {@code symbols}.
 */
class PeerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "c/crash-k5-dw4-O0-c22.wasm",
        "c/crash-k5-dw5-O2-c22.wasm",
        "cpp/crash-k3-dw5-O2-c22.wasm",
        "rust/crash-borrow-O0-r1.63.wasm"
      })
  void rowsAgreeWithTheDumper(String name) throws IOException {
    Path module = Shared.corpus(name);
    List<String> theirs =
        rowsOfDumper(PeerTool.run("", "llvm-dwarfdump", "--debug-line", "" + module));
    Dwarf dwarf = Dwarf.of(CustomSections.of(module), Diagnostic.Sink.IGNORE);
    List<String> ours = new ArrayList<>();
    for (Unit unit : dwarf.units()) {
      unit.lines().ifPresent(lines -> addRows(lines.rows(), ours));
    }
    assertFalse(ours.isEmpty());
    assertEquals(theirs, ours);
  }

  private static void addRows(LineRows rows, List<String> into) {
    for (int s = 0; s < rows.sequenceCount(); s++) {
      for (int row = rows.firstRow(s); row < rows.endRow(s); row++) {
        into.add(
            String.format(
                Locale.ROOT,
                "0x%016x %d %d %d %d%s",
                rows.sequenceLow(s) + rows.distance(row),
                rows.line(row),
                rows.column(row),
                rows.file(row),
                rows.discriminator(row),
                flags(rows.flags(row))));
      }
      into.add(String.format(Locale.ROOT, "0x%016x end_sequence", rows.sequenceHigh(s)));
    }
  }

  private static String flags(int flags) {
    return ((flags & LineRows.IS_STMT) != 0 ? " is_stmt" : "")
        + ((flags & LineRows.BASIC_BLOCK) != 0 ? " basic_block" : "")
        + ((flags & LineRows.PROLOGUE_END) != 0 ? " prologue_end" : "")
        + ((flags & LineRows.EPILOGUE_BEGIN) != 0 ? " epilogue_begin" : "");
  }

  private static final Pattern ROW =
      Pattern.compile("(0x[0-9a-f]{16}) +(\\d+) +(\\d+) +(\\d+) +\\d+ +(\\d+) +\\d+ +(.*)");

  private static List<String> rowsOfDumper(List<String> lines) {
    List<String> rows = new ArrayList<>();
    for (String line : lines) {
      Matcher row = ROW.matcher(line + " ");
      if (row.matches()) {
        String flags = row.group(6).strip();
        rows.add(
            flags.endsWith("end_sequence")
                ? row.group(1) + " end_sequence"
                : String.join(
                        " ", row.group(1), row.group(2), row.group(3), row.group(4), row.group(5))
                    + (flags.isEmpty() ? "" : " " + flags));
      }
    }
    return rows;
  }
}
