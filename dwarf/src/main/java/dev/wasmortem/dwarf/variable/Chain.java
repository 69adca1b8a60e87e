package dev.wasmortem.dwarf.variable;

import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry and those that it leaves to say what it does not: an instance, its abstract one and its
 * declaration (§3.3.8.2, §2.13.2). The references may be circles; a chain has no more than {@link
 * #LONGEST} links, and none twice.
 */
final class Chain {
  private static final int LONGEST = 8;

  private Chain() {}

  /** Returns the entries, {@code first} first. */
  static List<Entry> of(Entry first) {
    List<Entry> chain = new ArrayList<>(3);
    Entry next = first;
    while (next != null && chain.size() < LONGEST && !chain.contains(next)) {
      chain.add(next);
      EntryReader reader = next.read();
      next =
          reader
              .reference(Attribute.ABSTRACT_ORIGIN)
              .or(() -> reader.reference(Attribute.SPECIFICATION))
              .orElse(null);
    }
    return chain;
  }
}
