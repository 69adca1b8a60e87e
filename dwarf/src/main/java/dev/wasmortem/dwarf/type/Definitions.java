package dev.wasmortem.dwarf.type;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.Dwarf;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.Tag;
import dev.wasmortem.dwarf.Unit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where types are defined, by their names in their scopes: those that have a name of their own, of
 * namespaces and of records, not those of functions. Read in one walk over all units. A scope is a
 * number, so that long names cost no more than their bytes.
 */
final class Definitions {
  /** How deep scopes may lie in each other. */
  private static final int DEPTH = 64;

  private static final int TOP = 0;

  private final Types types;
  private final Map<Name, Integer> scopes = new HashMap<>();
  private final Map<Integer, Entry> definitions = new HashMap<>();

  /** Aliases and base types, whose names records may have as well. */
  private final Map<Integer, Entry> others = new HashMap<>();

  /** A name in a scope. */
  private record Name(int scope, String name) {}

  private Definitions(Types types) {
    this.types = types;
  }

  static Definitions read(Dwarf dwarf, Types types) {
    Definitions all = new Definitions(types);
    for (Unit unit : dwarf.units()) {
      try {
        all.add(unit);
      } catch (FormatException e) {
        types.report(e);
      }
    }
    return all;
  }

  private void add(Unit unit) {
    int[] open = new int[DEPTH];
    EntryReader reader = unit.root().read();
    boolean more = reader.next();
    while (more) {
      int depth = reader.depth();
      if (depth < DEPTH && (reader.is(Tag.TYPEDEF) || reader.is(Tag.BASE_TYPE))) {
        int name = intern(depth == 1 ? TOP : open[depth - 1], nameOf(reader));
        others.putIfAbsent(name, reader.entry());
      }
      if (depth >= DEPTH || !isScope(reader)) {
        more = reader.nextSibling() || reader.next();
        continue;
      }
      Entry specified = reader.has(Attribute.SPECIFICATION) ? Types.specification(reader) : null;
      int scope =
          specified == null
              ? intern(depth == 1 ? TOP : open[depth - 1], nameOf(reader))
              : intern(pathOf(specified));
      open[depth] = scope;
      // One that stands for a type unit is a declaration, and as good as a definition.
      boolean defined = !reader.flag(Attribute.DECLARATION) || reader.has(Attribute.SIGNATURE);
      if (!reader.is(Tag.NAMESPACE) && defined) {
        definitions.putIfAbsent(scope, reader.entry());
      }
      more = reader.next();
    }
  }

  private static boolean isScope(EntryReader reader) {
    return reader.is(Tag.NAMESPACE)
        || reader.is(Tag.STRUCTURE_TYPE)
        || reader.is(Tag.CLASS_TYPE)
        || reader.is(Tag.UNION_TYPE)
        || reader.is(Tag.ENUMERATION_TYPE);
  }

  private String nameOf(EntryReader reader) {
    String name = reader.text(Attribute.NAME).orElse("");
    if (name.isEmpty() && reader.has(Attribute.SIGNATURE)) {
      return TypeNames.unscoped(types.at(reader.entry()));
    }
    if (name.isEmpty()) {
      // A name that no other unit has: what is in there is this unit's alone.
      return reader.is(Tag.NAMESPACE)
          ? "(anonymous namespace)" + reader.unit().offset()
          : "(unnamed)" + reader.entry();
    }
    boolean bare = !name.endsWith(">") && reader.hasChildren() && !reader.is(Tag.NAMESPACE);
    return bare ? TypeNames.unscoped(types.at(reader.entry())) : name;
  }

  /** Returns the names of an entry's scopes and its own, the outermost first. */
  private Deque<String> pathOf(Entry entry) {
    Deque<String> path = new ArrayDeque<>();
    Entry next = entry;
    for (int i = 0; next != null && i < DEPTH; i++) {
      EntryReader reader = next.read();
      if (!isScope(reader)) {
        break;
      }
      path.addFirst(nameOf(reader));
      next = next.parent().orElse(null);
    }
    return path;
  }

  private int intern(int scope, String name) {
    return scopes.computeIfAbsent(new Name(scope, name), n -> scopes.size() + 1);
  }

  private int intern(Iterable<String> path) {
    int scope = TOP;
    for (String name : path) {
      scope = intern(scope, name);
    }
    return scope;
  }

  /** Returns the number of a path, or {@link #TOP} if it has none. */
  private int number(Iterable<String> path) {
    int scope = TOP;
    for (String name : path) {
      Integer next = scopes.get(new Name(scope, name));
      if (next == null) {
        return TOP;
      }
      scope = next;
    }
    return scope;
  }

  /** Returns the definition that a declaration stands for, or null. */
  @Nullable Entry of(Entry declaration) {
    return definitions.get(number(pathOf(declaration)));
  }

  /**
   * Returns the definition of a name, as {@code geo::Shape<int, std::less<int> >}, else the alias
   * or base type of that name, or null.
   */
  @Nullable Entry find(String name) {
    List<String> path = new ArrayList<>();
    int nested = 0;
    int start = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '<' || c == '(' || c == '{') {
        nested++;
      } else if (c == '>' || c == ')' || c == '}') {
        nested--;
      } else if (c == ':' && nested == 0 && name.startsWith("::", i)) {
        path.add(name.substring(start, i));
        start = i + 2;
        i++;
      }
    }
    path.add(name.substring(start));
    int number = number(path);
    Entry definition = definitions.get(number);
    return definition != null ? definition : others.get(number);
  }
}
