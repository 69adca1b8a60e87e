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

  private final Map<String, Set<String>> places = new LinkedHashMap<>();

  private final Map<String, Integer> hashes = new LinkedHashMap<>();

  private final List<Long> units = new ArrayList<>();
  private final List<Long> types = new ArrayList<>();
  private final List<Long> foreignTypes = new ArrayList<>();
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
      foreignTypes.clear();
    } else if (line.startsWith("CU[")) {
      units.add(Long.decode(value));
    } else if (line.startsWith("LocalTU[")) {
      types.add(Long.decode(value));
    } else if (line.startsWith("ForeignTU[")) {
      foreignTypes.add(Long.parseUnsignedLong(value.substring(2), 16));
    } else if (line.startsWith("Hash:")) {
      hash = Long.decode(value).intValue();
    } else if (line.startsWith("String:")) {
      name = value.substring(value.indexOf('"') + 1, value.lastIndexOf('"'));
      hashes.put(name, hash);
      entries.computeIfAbsent(name, n -> new TreeSet<>());
      places.computeIfAbsent(name, n -> new TreeSet<>());
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
    long distance = entry.getOrDefault("die_offset", 0L);
    if (type != null && type >= types.size()) {
      long signature = foreignTypes.get(type.intValue() - types.size());
      places.get(name).add(inType(signature, distance));
    } else {
      long unit =
          type != null
              ? types.get(type.intValue())
              : units.get(entry.getOrDefault("compile_unit", 0L).intValue());
      if (unit != 0xffff_ffffL) {
        entries.get(name).add(unit + distance);
        places.get(name).add(inUnit(unit, distance));
      }
    }
    entry.clear();
    inEntry = false;
  }

  /** Names a place in a unit that begins at an offset of the file. */
  static String inUnit(long unit, long distance) {
    return "unit 0x" + Long.toHexString(unit) + " + 0x" + Long.toHexString(distance);
  }

  /** Names a place in a type unit that is in another file. */
  static String inType(long signature, long distance) {
    return "type 0x" + Long.toHexString(signature) + " + 0x" + Long.toHexString(distance);
  }

  Map<String, Set<Long>> names() {
    return entries;
  }

  /** Returns of each name where its entries stand, by the unit and from there. */
  Map<String, Set<String>> places() {
    return places;
  }

  Map<String, Integer> hashes() {
    return hashes;
  }
}
