package dev.wasmortem.symbols;

import dev.wasmortem.testkit.PeerTool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The functions, calls inlined into them and sequences of line rows of a module, as {@code
 * llvm-dwarfdump} prints them.
 */
final class DumpedFunctions {
  private static final Pattern ENTRY = Pattern.compile("0x[0-9a-f]+:( +)(DW_TAG_\\w+|NULL)");
  private static final Pattern LOW = Pattern.compile(" +DW_AT_low_pc\t\\(0x([0-9a-f]+)\\)");
  private static final Pattern HIGH = Pattern.compile(" +DW_AT_high_pc\t\\(0x([0-9a-f]+)\\)");
  private static final Pattern RANGE = Pattern.compile(" +\\[0x([0-9a-f]+), 0x([0-9a-f]+)\\)+");
  private static final Pattern NAME = Pattern.compile(" +DW_AT_name\t\\(\"(.*)\"\\)");
  private static final Pattern LINKAGE_NAME =
      Pattern.compile(" +DW_AT_linkage_name\t\\(\"(.*)\"\\)");
  private static final Pattern ORIGIN =
      Pattern.compile(" +DW_AT_(?:abstract_origin|specification)\t\\(0x[0-9a-f]+ \"(.*)\"\\)");
  private static final Pattern ROW = Pattern.compile("0x([0-9a-f]{16}) .*");

  /** What is printed for an address that the linker left out. */
  private static final long DEAD = 0xffff_fffeL;

  /** A function or an inlined call; the name is the linkage name, where it has one. */
  private static final class Entry {
    final int indent;
    final @Nullable Entry parent;
    final boolean inlined;
    final List<long[]> ranges = new ArrayList<>();
    long low = -1;
    String name = "";
    String linkageName = "";

    /** The linkage name, or else the name, of what this is an instance or the definition of. */
    String origin = "";

    Entry(int indent, @Nullable Entry parent, boolean inlined) {
      this.indent = indent;
      this.parent = parent;
      this.inlined = inlined;
    }

    @Nullable Entry caller() {
      return inlined ? parent : null;
    }

    String bestName() {
      String declared = origin.isEmpty() ? name : origin;
      return linkageName.isEmpty() ? declared : linkageName;
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private final TreeSet<Long> edges = new TreeSet<>();
  private @Nullable Entry current;
  private boolean inRanges;
  private boolean inEntry;
  private long sequence = -1;

  private DumpedFunctions() {}

  static DumpedFunctions of(Path module) {
    DumpedFunctions dumped = new DumpedFunctions();
    PeerTool.run("", dumped::readEntries, "llvm-dwarfdump", "--debug-info", module.toString());
    PeerTool.run("", dumped::readRows, "llvm-dwarfdump", "--debug-line", module.toString());
    for (Entry entry : dumped.entries) {
      entry.ranges.forEach(range -> dumped.addEdges(range[0], range[1]));
    }
    return dumped;
  }

  /**
   * Returns the first and the last byte of each range, and the bytes on the other side of its ends.
   */
  Set<Long> edges() {
    return edges;
  }

  /**
   * Returns the names of the functions that each address is in, the innermost first; where several
   * units claim an address, one list a unit. By name is meant the linkage name, or the name where
   * there is none.
   *
   * @param addresses sorted
   */
  List<List<List<String>>> namesAt(List<Long> addresses) {
    List<List<Entry>> innermost = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      innermost.add(new ArrayList<>());
    }
    for (Entry entry : entries) {
      for (long[] range : entry.ranges) {
        int first = Collections.binarySearch(addresses, range[0]);
        for (int i = first < 0 ? ~first : first;
            i < addresses.size() && addresses.get(i) < range[1];
            i++) {
          List<Entry> here = innermost.get(i);
          here.removeIf(known -> known == entry || isWithin(entry, known));
          here.add(entry);
        }
      }
    }
    return innermost.stream()
        .map(here -> here.stream().map(DumpedFunctions::names).toList())
        .toList();
  }

  private static boolean isWithin(Entry entry, Entry known) {
    for (Entry at = entry; at != null; at = at.caller()) {
      if (at == known) {
        return true;
      }
    }
    return false;
  }

  private static List<String> names(Entry innermost) {
    List<String> names = new ArrayList<>();
    for (Entry entry = innermost; entry != null; entry = entry.caller()) {
      names.add(entry.bestName());
    }
    return names;
  }

  private void readEntries(String line) {
    if (line.isEmpty()) {
      return;
    }
    Matcher matcher;
    if (line.charAt(0) == '0') {
      matcher = ENTRY.matcher(line);
      if (matcher.matches()) {
        begin(matcher.group(1).length(), matcher.group(2));
      }
    } else if (inEntry && current != null) {
      attribute(current, line);
    }
  }

  private void begin(int indent, String tag) {
    while (current != null && current.indent >= indent) {
      current = current.parent;
    }
    boolean inlined = tag.equals("DW_TAG_inlined_subroutine");
    inEntry = inlined || tag.equals("DW_TAG_subprogram");
    inRanges = false;
    if (inEntry) {
      current = new Entry(indent, current, inlined);
      entries.add(current);
    }
  }

  private void attribute(Entry entry, String line) {
    if (line.contains("DW_AT_")) {
      inRanges = line.contains("DW_AT_ranges");
    }
    if (inRanges) {
      match(RANGE, line).ifPresent(at -> addRange(entry, hex(at.group(1)), hex(at.group(2))));
    }
    match(LOW, line).ifPresent(at -> entry.low = hex(at.group(1)));
    match(HIGH, line).ifPresent(at -> addRange(entry, entry.low, hex(at.group(1))));
    match(LINKAGE_NAME, line).ifPresent(at -> entry.linkageName = at.group(1));
    match(NAME, line).ifPresent(at -> entry.name = at.group(1));
    match(ORIGIN, line).ifPresent(at -> entry.origin = at.group(1));
  }

  private static Optional<MatchResult> match(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.matches() ? Optional.of(matcher) : Optional.empty();
  }

  private static void addRange(Entry entry, long low, long high) {
    if (low > 0 && low < high && low < DEAD) {
      entry.ranges.add(new long[] {low, high});
    }
  }

  private void readRows(String line) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      return;
    }
    long address = hex(row.group(1));
    if (sequence < 0) {
      sequence = address;
    }
    if (line.endsWith("end_sequence")) {
      if (sequence != 0 && sequence < DEAD) {
        addEdges(sequence, address);
      }
      sequence = -1;
    }
  }

  private void addEdges(long low, long high) {
    edges.addAll(List.of(low - 1, low, high - 1, high));
  }

  private static long hex(String digits) {
    return Long.parseLong(digits, 16);
  }
}
