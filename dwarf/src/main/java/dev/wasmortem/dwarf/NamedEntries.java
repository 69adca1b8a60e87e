package dev.wasmortem.dwarf;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a file by name: of the units that {@code .debug_names} covers by that, of others
 * by one walk over each, whose names are kept.
 */
final class NamedEntries {
  private final DebugFile file;
  private final NameIndex index;
  private final ConcurrentMap<Unit, UnitNames> walked = new ConcurrentHashMap<>();

  NamedEntries(DebugFile file) {
    this.file = file;
    this.index = new NameIndex(file);
  }

  /** Returns the entries of a name, in the order of the units, and of the entries in each. */
  List<Entry> named(String name) {
    Map<Unit, Set<Entry>> found = new LinkedHashMap<>();
    List<Unit> units = file.units().all();
    units.forEach(unit -> in(unit.content(), found));
    Set<Unit> covered = Collections.newSetFromMap(new IdentityHashMap<>());
    index.find(name, entry -> in(entry.unit(), found).add(entry), covered);
    @Nullable SplitPackage pack = null;
    for (Unit unit : units) {
      if (!covered.contains(unit)) {
        Unit content = unit.content();
        walk(content == unit ? List.of(unit) : content.file().units().all(), name, found);
        pack = pack == null ? content.file().pack() : pack;
      }
    }
    if (pack != null) {
      walk(pack.typeUnits(), name, found);
    }
    return found.values().stream().flatMap(Set::stream).toList();
  }

  /** Adds what units have: of one that is split, also the types that were put beside it. */
  private void walk(List<Unit> units, String name, Map<Unit, Set<Entry>> found) {
    for (Unit unit : units) {
      in(unit, found).addAll(walked.computeIfAbsent(unit, UnitNames::of).named(name));
    }
  }

  private static Set<Entry> in(Unit unit, Map<Unit, Set<Entry>> found) {
    return found.computeIfAbsent(unit, u -> new TreeSet<>(Comparator.comparing(Entry::offset)));
  }
}
