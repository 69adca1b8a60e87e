package dev.wasmortem.dwarf;

import dev.wasmortem.testkit.PeerTool;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code llvm-dwarfdump --debug-info} says, taken apart. */
final class DumpedInfo {
  private static final Pattern ENTRY = Pattern.compile("0x([0-9a-f]+): +(DW_TAG_\\w+).*");
  private static final Pattern ATTRIBUTE = Pattern.compile(" +(DW_AT_\\w+)\t\\((.*)");
  private static final Pattern RANGE =
      Pattern.compile(" +\\[0x([0-9a-f]+), 0x([0-9a-f]+)\\): (.*)");
  private static final Pattern TYPE = Pattern.compile("0x([0-9a-f]+) \"(.*)\"\\)");

  /** How many entries there are of each tag. */
  final Map<String, Integer> tags = new TreeMap<>();

  /** Expressions and location lists, by {@code 0x0000002a DW_AT_location}. */
  final Map<String, String> locations = new TreeMap<>();

  /** The names of the types that entries refer to, by the types' offsets. */
  final Map<Long, String> typeNames = new HashMap<>();

  private DumpedInfo() {}

  static DumpedInfo of(Path module) {
    DumpedInfo info = new DumpedInfo();
    List<String> lines = PeerTool.run("", "llvm-dwarfdump", "--debug-info", module.toString());
    String entry = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher matcher = ENTRY.matcher(line);
      if (matcher.matches()) {
        entry = String.format("0x%08x", Long.parseLong(matcher.group(1), 16));
        info.tags.merge(matcher.group(2), 1, Integer::sum);
        continue;
      }
      matcher = ATTRIBUTE.matcher(line);
      if (!matcher.matches()) {
        continue;
      }
      String name = entry + " " + matcher.group(1);
      String value = matcher.group(2);
      Matcher type = TYPE.matcher(value);
      if (value.startsWith("DW_OP_") || value.startsWith("<empty>")) {
        info.locations.put(name, value.substring(0, value.length() - 1));
      } else if (value.endsWith(": ")) {
        i = info.addList(name, lines, i + 1);
      } else if (matcher.group(1).equals("DW_AT_type") && type.matches()) {
        info.typeNames.put(Long.parseLong(type.group(1), 16), type.group(2));
      }
    }
    return info;
  }

  private int addList(String name, List<String> lines, int first) {
    StringBuilder list = new StringBuilder();
    int i = first;
    for (; i < lines.size(); i++) {
      Matcher range = RANGE.matcher(lines.get(i));
      if (!range.matches()) {
        break;
      }
      long low = Long.parseLong(range.group(1), 16);
      long high = Long.parseLong(range.group(2), 16);
      boolean last = i + 1 == lines.size() || !RANGE.matcher(lines.get(i + 1)).matches();
      String expression = range.group(3);
      if (last) {
        expression = expression.substring(0, expression.length() - 1);
      }
      if (low < high && low < 0xffff_fffeL) {
        list.append(String.format("[0x%x, 0x%x): %s\n", low, high, expression));
      }
    }
    locations.put(name, list.toString());
    return i - 1;
  }
}
