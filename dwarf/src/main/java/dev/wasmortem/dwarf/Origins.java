package dev.wasmortem.dwarf;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the references by which an entry leaves to another what it does not say itself: {@code
 * DW_AT_abstract_origin} and {@code DW_AT_specification} (§3.3.8.2, §2.13.2). Chains may be
 * circles, so each entry is visited once, and of a chain no more than {@link #LONGEST}.
 */
final class Origins {
  /** A concrete instance, its abstract one and its declaration are three. */
  private static final int LONGEST = 64;

  private Origins() {}

  /** Returns the names of the function that an entry is an instance of. */
  static FunctionTable.FunctionNames names(Entry entry) {
    Set<Entry> visited = new HashSet<>();
    Deque<Entry> open = new ArrayDeque<>();
    open.add(entry);
    EntryReader reader = entry.read();
    String name = "";
    String linkageName = "";
    while (!open.isEmpty() && visited.size() < LONGEST) {
      Entry next = open.remove();
      if (!visited.add(next)) {
        continue;
      }
      reader.moveTo(next);
      if (name.isEmpty()) {
        name = reader.text(Attribute.NAME).orElse("");
      }
      if (linkageName.isEmpty()) {
        linkageName =
            reader
                .text(Attribute.LINKAGE_NAME)
                .or(() -> reader.text(Attribute.MIPS_LINKAGE_NAME))
                .orElse("");
      }
      if (!name.isEmpty() && !linkageName.isEmpty()) {
        break;
      }
      Optional<Entry> origin = reader.reference(Attribute.ABSTRACT_ORIGIN);
      origin.ifPresent(open::add);
      reader.reference(Attribute.SPECIFICATION).ifPresent(open::add);
    }
    return new FunctionTable.FunctionNames(name, linkageName);
  }
}
