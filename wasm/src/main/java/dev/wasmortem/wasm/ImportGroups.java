package dev.wasmortem.wasm;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.wasm.types.ExternType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the imports (§5.5.5), and groups of imports from one module (proposal compact import
 * section).
 *
 * <pre>
 * imports ::= module:name name externtype
 *           | module:name 0x00 0x7f vec(name externtype)
 *           | module:name 0x00 0x7e externtype vec(name)
 * </pre>
 *
 * <p>The 0x00 is an empty name, in whatever length; an empty name before any other byte is just an
 * empty name.
 */
final class ImportGroups {
  private static final int TYPES_EACH = 0x7f;
  private static final int ONE_TYPE = 0x7e;

  private final List<Import> imports = new ArrayList<>();

  private ImportGroups() {}

  static List<Import> read(Section section, Diagnostic.@Nullable Sink sink) {
    ImportGroups groups = new ImportGroups();
    SectionVector.read(section, "importsec", 3, groups::readGroup, sink);
    return List.copyOf(groups.imports);
  }

  /** Reads a group; returns how many imports there are so far. */
  private int readGroup(Cursor cursor) {
    String module = cursor.name();
    String name = cursor.name();
    int form = name.isEmpty() ? cursor.peek() : 0;
    switch (form) {
      case TYPES_EACH -> {
        cursor.skip(1);
        long count = cursor.u32();
        for (long i = 0; i < count; i++) {
          String item = cursor.name();
          imports.add(new Import(module, item, ExternType.read(cursor)));
        }
      }
      case ONE_TYPE -> {
        cursor.skip(1);
        ExternType type = ExternType.read(cursor);
        long count = cursor.u32();
        for (long i = 0; i < count; i++) {
          imports.add(new Import(module, cursor.name(), type));
        }
      }
      default -> imports.add(new Import(module, name, ExternType.read(cursor)));
    }
    return imports.size();
  }
}
