package dev.wasmortem.dwarf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What {@code llvm-dwarfdump --debug-names} wrote of a file. */
final class DumpedNames {
  /** Of each name where its entries stand in {@code .debug_info}. */
  private final Map<String, Set<Long>> entries = new LinkedHashMap<>();

  private final Map<String, Integer> hashes = new LinkedHashMap<>();

  private final List<Long> units = new ArrayList<>();
  private final List<Long> types = new ArrayList<>();
  private final Map<String, Long> entry = new LinkedHashMap<>();
  private boolean inEntry;
  private String name = "";
  private int hash;

  DumpedNames(List<String> lines) {
    lines.stream().map(String::strip).forEach(this::read);
  }

  private void read(String line) {
    String value = line.substring(line.indexOf(':') + 1).strip();
    if (line.startsWith("Name Index")) {
      units.clear();
      types.clear();
    } else if (line.startsWith("CU[")) {
      units.add(Long.decode(value));
    } else if (line.startsWith("LocalTU[")) {
      types.add(Long.decode(value));
    } else if (line.startsWith("Hash:")) {
      hash = Long.decode(value).intValue();
    } else if (line.startsWith("String:")) {
      name = value.substring(value.indexOf('"') + 1, value.lastIndexOf('"'));
      hashes.put(name, hash);
      entries.computeIfAbsent(name, n -> new TreeSet<>());
    } else if (line.startsWith("Entry @")) {
      inEntry = true;
    } else if (inEntry && line.startsWith("DW_IDX_") && value.startsWith("0x")) {
      entry.put(line.substring(7, line.indexOf(':')), Long.decode(value));
    } else if (inEntry && line.equals("}")) {
      addEntry();
    }
  }

  private void addEntry() {
    Long type = entry.get("type_unit");
    long unit =
        type != null
            ? types.get(type.intValue())
            : units.get(entry.getOrDefault("compile_unit", 0L).intValue());
    if (unit != 0xffff_ffffL) {
      names().get(name).add(unit + entry.getOrDefault("die_offset", 0L));
    }
    entry.clear();
    inEntry = false;
  }

  Map<String, Set<Long>> names() {
    return entries;
  }

  Map<String, Integer> hashes() {
    return hashes;
  }
}
