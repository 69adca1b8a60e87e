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

  private final Set<Entry> visited = new HashSet<>();
  private final Deque<Entry> open = new ArrayDeque<>();
  private final EntryReader reader;

  private Origins(Entry entry) {
    open.add(entry);
    reader = entry.read();
  }

  /** Moves the reader to the next entry of the chain; returns whether there is one. */
  private boolean next() {
    while (!open.isEmpty() && visited.size() < LONGEST) {
      Entry next = open.remove();
      if (visited.add(next)) {
        reader.moveTo(next);
        return true;
      }
    }
    return false;
  }

  /** Goes on with what the entry refers to. */
  private void follow() {
    reader.reference(Attribute.ABSTRACT_ORIGIN).ifPresent(open::add);
    reader.reference(Attribute.SPECIFICATION).ifPresent(open::add);
  }

  /** Returns the names of the function that an entry is an instance of. */
  static FunctionTable.FunctionNames names(Entry entry) {
    Origins chain = new Origins(entry);
    EntryReader reader = chain.reader;
    String name = "";
    String linkageName = "";
    while (chain.next()) {
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
      chain.follow();
    }
    return new FunctionTable.FunctionNames(name, linkageName);
  }

  /** Returns where the function is declared that an entry is an instance of. */
  static Optional<SourceLine> declaration(Entry entry) {
    Origins chain = new Origins(entry);
    EntryReader reader = chain.reader;
    Unit fileOf = null;
    int file = -1;
    int line = 0;
    while (chain.next() && (file < 0 || line == 0)) {
      if (file < 0) {
        file = small(reader.number(Attribute.DECL_FILE, -1));
        fileOf = file < 0 ? null : reader.unit();
      }
      if (line == 0) {
        line = Math.max(0, small(reader.number(Attribute.DECL_LINE, 0)));
      }
      chain.follow();
    }
    Optional<LineTable> lines = fileOf == null ? Optional.empty() : fileOf.lines();
    return lines.isEmpty() ? Optional.empty() : lines.get().line(file, line, 0, 0);
  }

  private static int small(long number) {
    return number < 0 || number > Integer.MAX_VALUE ? -1 : (int) number;
  }
}
