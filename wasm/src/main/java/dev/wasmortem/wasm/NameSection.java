package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The custom section {@code name} (appendix "custom sections", and the extended-name-section
 * proposal).
 *
 * <pre>
 * namesec     ::= { id:byte size:u32 payload }*
 * 0 module    ::= name
 * 1 functions ::= vec(index name)       likewise 4 types, 5 tables, 6 memories, 7 globals,
 *                                       8 elements, 9 data segments, 11 tags
 * 2 locals    ::= vec(index vec(index name))   likewise 3 labels, 10 fields
 * </pre>
 *
 * <p>Reading never fails: names may be missing, and where the section is damaged it gives what
 * stands before the damage in each subsection, with a diagnostic. Subsections are indexed when the
 * section is first asked for; names are decoded one by one.
 */
public final class NameSection {
  /** The subsections that give one name an index. */
  public enum Space {
    FUNCTION(1),
    TYPE(4),
    TABLE(5),
    MEMORY(6),
    GLOBAL(7),
    ELEMENT(8),
    DATA(9),
    TAG(11);

    private final int id;

    Space(int id) {
      this.id = id;
    }
  }

  /** The subsections that give names within a thing at an index. */
  public enum InnerSpace {
    /** Locals of a function. */
    LOCAL(2),
    /** Labels of a function, counted in the order of their blocks. */
    LABEL(3),
    /** Fields of a structure type. */
    FIELD(10);

    private final int id;

    InnerSpace(int id) {
      this.id = id;
    }
  }

  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Map<Space, NameMap> maps = new EnumMap<>(Space.class);
  private final Map<InnerSpace, IndirectNameMap> innerMaps = new EnumMap<>(InnerSpace.class);
  private Optional<String> moduleName = Optional.empty();

  /** Reads the sections; of several that hold the same subsection the first counts. */
  NameSection(List<Section> sections) {
    for (Section section : sections) {
      read(section.payload().cursor().in("name"));
    }
  }

  private void read(Cursor cursor) {
    while (!cursor.atEnd()) {
      int id;
      ByteSource payload;
      try {
        id = cursor.u8();
        long size = cursor.u32();
        if (size > cursor.remaining()) {
          diagnostics.add(
              new Diagnostic(
                  "name-section-damaged",
                  cursor.here(),
                  "subsection " + id + " is longer than what is left; the rest is read as it"));
          size = cursor.remaining();
        }
        payload = cursor.take(size);
      } catch (FormatException e) {
        diagnostics.add(Diagnostic.of("name-section-damaged", e));
        return;
      }
      readSubsection(id, payload);
    }
  }

  private void readSubsection(int id, ByteSource payload) {
    if (id == 0) {
      readModuleName(payload.cursor().in("name.module"));
      return;
    }
    for (Space space : Space.values()) {
      if (space.id == id && !maps.containsKey(space)) {
        maps.put(space, NameMap.read(payload.cursor().in("name.map"), diagnostics::add));
      }
    }
    for (InnerSpace space : InnerSpace.values()) {
      if (space.id == id && !innerMaps.containsKey(space)) {
        Cursor cursor = payload.cursor().in("name.indirectmap");
        innerMaps.put(space, IndirectNameMap.read(cursor, diagnostics::add));
      }
    }
  }

  private void readModuleName(Cursor cursor) {
    try {
      String name = cursor.name();
      if (moduleName.isEmpty()) {
        moduleName = Optional.of(name);
      }
    } catch (FormatException e) {
      diagnostics.add(Diagnostic.of("name-section-damaged", e));
    }
  }

  /** Returns the module's own name, verbatim. */
  public Optional<String> module() {
    return moduleName;
  }

  /** Returns the names of the functions, counted with the imported ones. */
  public NameMap functions() {
    return names(Space.FUNCTION);
  }

  /** Returns the names of a function's locals, counted with its parameters. */
  public NameMap locals(int functionIndex) {
    return names(InnerSpace.LOCAL, functionIndex);
  }

  /** Returns the names in an index space; empty if there are none. */
  public NameMap names(Space space) {
    return maps.getOrDefault(space, NameMap.EMPTY);
  }

  /** Returns the names within the thing at {@code index}; empty if there are none. */
  public NameMap names(InnerSpace space, int index) {
    return innerMaps.getOrDefault(space, IndirectNameMap.EMPTY).get(index);
  }

  /** Returns what is wrong with the section; empty for a sound one and for none. */
  public List<Diagnostic> diagnostics() {
    return List.copyOf(diagnostics);
  }
}
