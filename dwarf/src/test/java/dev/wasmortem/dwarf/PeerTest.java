package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.testkit.PeerTool;
import dev.wasmortem.testkit.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames and lines as LLVM's tools see them, over real programs in C, C++ and Rust. */
class PeerTest {
  private static final int ADDRESSES = 2000;

  /**
   * Where llvm-symbolizer is wrong. The unit of {@code string.cpp} claims [0x5063, 0x512c), a
   * function of which the linker took another unit's shorter copy, [0x5063, 0x50fd); behind that
   * copy, at 0x50fe, the next function of {@code crash.cpp} begins, {@code string::size}, which the
   * module's code section bears out ({@code func[248]} at 0x561d in the file). LLVM goes on with
   * the unit that it had, up to where that unit's longer copy would have ended.
   */
  private static final Map<String, List<String>> LLVM_IS_WRONG =
      Map.of(
          "cpp/crash-k5-dw5-O0-c22.wasm",
          List.of(
              "0x50fe", "0x5105", "0x5106", "0x5114", "0x5116", "0x5117", "0x511e", "0x511f",
              "0x5121", "0x5122", "0x5123", "0x5124", "0x512b"));

  /** Every program of the corpus in one of its builds, or with this property in all. */
  private static final String ALL = "wasmortem.peers.all";

  static List<Path> modules() {
    return Shared.modules().stream()
        .filter(path -> Boolean.getBoolean(ALL) || !path.getFileName().toString().matches(OTHERS))
        .toList();
  }

  private static final String OTHERS = "crash-k(1-dw5|[2346789]|1[0-3]).*-c22.wasm";

  /**
   * Names, lines and depths of all frames, at random addresses and at both ends of all that entries
   * and line tables describe.
   */
  @ParameterizedTest
  @MethodSource("modules")
  void framesAgreeWithTheSymbolizer(Path module) throws IOException {
    Map<String, String> differences = new TreeMap<>();
    compareFrames(module, differences);
    String name = Shared.corpus("").relativize(module).toString();
    assertEquals(
        Set.copyOf(LLVM_IS_WRONG.getOrDefault(name, List.of())),
        differences.keySet(),
        differences::toString);
  }

  private static void compareFrames(Path module, Map<String, String> differences)
      throws IOException {
    CustomSections sections = CustomSections.of(module);
    List<Diagnostic> diagnostics = Collections.synchronizedList(new ArrayList<>());
    Dwarf dwarf = Dwarf.of(sections, diagnostics::add);
    if (dwarf.units().isEmpty()) {
      return;
    }
    List<Long> addresses = addresses(dwarf, sections.codeSize());
    Iterator<String> theirs =
        PeerTool.run(
                addresses.stream().map(a -> "0x" + Long.toHexString(a) + "\n").collect(joined()),
                "llvm-symbolizer",
                "--obj=" + module,
                "--inlines",
                "--functions=short")
            .iterator();
    for (long address : addresses) {
      List<String> their = new ArrayList<>();
      for (String line = theirs.next(); !line.isEmpty(); line = theirs.next()) {
        their.add(line);
      }
      List<String> ours = frames(dwarf, new Address(address));
      if (!ours.equals(their)) {
        differences.put(new Address(address).toString(), "ours " + ours + ", theirs " + their);
      }
    }
    assertEquals(List.of(), diagnostics);
  }

  private static List<String> frames(Dwarf dwarf, Address address) {
    List<String> ours = new ArrayList<>();
    for (DwarfFrame frame : dwarf.framesAt(address)) {
      ours.add(frame.name().orElse("??"));
      ours.add(place(frame.line()));
    }
    return ours.isEmpty() ? List.of("??", place(dwarf.lineAt(address))) : ours;
  }

  private static String place(Optional<SourceLine> line) {
    return line.map(at -> at.file() + ":" + at.line() + ":" + at.column()).orElse("??:0:0");
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
      EntryReader reader = unit.root().read();
      while (reader.next()) {
        if (reader.is(Tag.SUBPROGRAM) || reader.is(Tag.INLINED_SUBROUTINE)) {
          reader.ranges().forEach(range -> addEdges(range, chosen));
        }
      }
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
