package dev.wasmortem.dwarf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

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
    for (Unit unit : file.units().all()) {
      found.put(unit.content(), new LinkedHashSet<>());
    }
    Set<Unit> covered = Collections.newSetFromMap(new IdentityHashMap<>());
    index.find(
        name,
        entry -> found.computeIfAbsent(entry.unit(), unit -> new LinkedHashSet<>()).add(entry),
        covered);
    for (Unit unit : file.units().all()) {
      if (!covered.contains(unit)) {
        walk(unit, name, found);
      }
    }
    List<Entry> all = new ArrayList<>();
    found
        .values()
        .forEach(of -> of.stream().sorted(Comparator.comparing(Entry::offset)).forEach(all::add));
    return Collections.unmodifiableList(all);
  }

  /** Adds what a unit has: of one that is split, also the types that were put beside it. */
  private void walk(Unit unit, String name, Map<Unit, Set<Entry>> found) {
    Unit content = unit.content();
    List<Unit> of = content == unit ? List.of(unit) : content.file().units().all();
    for (Unit each : of) {
      List<Entry> entries = walked.computeIfAbsent(each, UnitNames::of).named(name);
      found.computeIfAbsent(each, u -> new LinkedHashSet<>()).addAll(entries);
    }
  }
}
