package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.testkit.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as LLVM's tools see them, over real programs in C, C++ and Rust. */
class PeerTest {
  private static final int ADDRESSES = 4000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c/crash-k3-dw4-O0-c22.wasm",
        "c/crash-k3-dw5-O0-c22.wasm",
        "c/crash-k7-dw5-O2-c22.wasm",
        "c/crash-k10-dw5-O2-c22.wasm",
        "cpp/crash-k1-dw4-O2-c22.wasm",
        "cpp/crash-k2-dw5-O0-c22.wasm",
        "cpp/crash-k4-dw5-O2-c22.wasm",
        "rust/crash-div-O2-r1.63.wasm",
        "rust/crash-unwrap-O0-r1.63.wasm",
        "emcc/c-k5-split.wasm.debug.wasm"
      })
  void linesAgreeWithTheSymbolizer(String name) throws IOException {
    Path module = Shared.corpus(name);
    CustomSections sections = CustomSections.of(module);
    List<Diagnostic> diagnostics = Collections.synchronizedList(new ArrayList<>());
    Dwarf dwarf = Dwarf.of(sections, diagnostics::add);
    List<Long> addresses = addresses(dwarf, sections.codeSize());

    List<String> theirs =
        Llvm.run(
            addresses.stream().map(a -> "0x" + Long.toHexString(a) + "\n").collect(joined()),
            "llvm-symbolizer",
            "--obj=" + module,
            "--no-inlines",
            "--functions=none");

    List<String> differences = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      String ours =
          dwarf
              .lineAt(new Address(addresses.get(i)))
              .map(line -> line.file() + ":" + line.line() + ":" + line.column())
              .orElse("??:0:0");
      String their = theirs.get(i * 2);
      if (!ours.equals(their)) {
        differences.add(new Address(addresses.get(i)) + ": ours " + ours + ", theirs " + their);
      }
    }
    assertEquals(List.of(), differences);
    assertEquals(List.of(), diagnostics);
  }

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
    List<String> theirs = rowsOfDumper(Llvm.run("", "llvm-dwarfdump", "--debug-line", "" + module));
    Dwarf dwarf = Dwarf.of(CustomSections.of(module), Diagnostic.Sink.IGNORE);
    List<String> ours = new ArrayList<>();
    for (Unit unit : dwarf.units()) {
      unit.lines().ifPresent(lines -> addRows(lines.rows(), ours));
    }
    assertFalse(ours.isEmpty());
    assertEquals(theirs, ours);
  }

  /** Random addresses, and both edges of everything that any table describes. */
  private static List<Long> addresses(Dwarf dwarf, long codeSize) {
    TreeSet<Long> chosen = new TreeSet<>();
    Random random = new Random(22);
    random.longs(ADDRESSES, 1, codeSize).forEach(chosen::add);
    for (Unit unit : dwarf.units()) {
      for (AddressRange range : unit.ranges()) {
        addEdges(range, chosen);
      }
      unit.lines().ifPresent(lines -> lines.ranges().forEach(range -> addEdges(range, chosen)));
    }
    return List.copyOf(chosen);
  }

  private static void addEdges(AddressRange range, Set<Long> into) {
    for (long edge : new long[] {range.low().value(), range.high().value()}) {
      into.add(edge - 1);
      into.add(edge);
    }
  }

  private static void addRows(LineRows rows, List<String> into) {
    for (int s = 0; s < rows.sequenceCount(); s++) {
      for (int row = rows.firstRow(s); row < rows.endRow(s); row++) {
        into.add(
            String.format(
                "0x%016x %d %d %d %d%s",
                rows.sequenceLow(s) + rows.distance(row),
                rows.line(row),
                rows.column(row),
                rows.file(row),
                rows.discriminator(row),
                flags(rows.flags(row))));
      }
      into.add(String.format("0x%016x end_sequence", rows.sequenceHigh(s)));
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

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining();
  }
}
