package dev.wasmortem.wasm.custom;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.wasm.WasmModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The custom section {@code producers}: the languages and tools that made a module
 * (tool-conventions, ProducersSection.md).
 *
 * <pre>
 * producers ::= vec(field)      field ::= name vec(value)      value ::= name version:name
 * </pre>
 *
 * @param fields in the order of the file
 */
public record Producers(List<Field> fields) {
  public Producers {
    fields = List.copyOf(fields);
  }

  /**
   * Tools of one kind.
   *
   * @param name {@code language}, {@code processed-by} or {@code sdk}
   */
  public record Field(String name, List<Tool> tools) {
    public Field {
      tools = List.copyOf(tools);
    }
  }

  /**
   * A language or a tool.
   *
   * @param version empty where none is told
   */
  public record Tool(String name, String version) {}

  /** Reads a module's section; empty if there is none. */
  public static Optional<Producers> of(WasmModule module, Diagnostic.Sink sink) {
    return CustomCursor.of(module, "producers", sink)
        .map(section -> new Producers(section.vec(Producers::field)));
  }

  private static Field field(Cursor cursor) {
    String name = cursor.name();
    long count = cursor.u32();
    List<Tool> tools = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      String tool = cursor.name();
      tools.add(new Tool(tool, cursor.name()));
    }
    return new Field(name, tools);
  }

  /** Returns the tools of the first field of a name; empty if there is none. */
  public List<Tool> tools(String field) {
    for (Field each : fields) {
      if (each.name().equals(field)) {
        return each.tools();
      }
    }
    return List.of();
  }
}
