package dev.wasmortem.wasm.component;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.NameMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a component's custom section {@code component-name} says (component model, Binary.md, "Name
 * Section").
 *
 * <pre>
 * { id:byte size:u32 content }*     0 component: name     1 items: sort namemap
 * </pre>
 *
 * <p>Reading never fails: what is damaged has no name.
 */
final class ModuleNames {
  static final ModuleNames NONE = new ModuleNames();

  private static final int COMPONENT = 0;
  private static final int ITEMS = 1;

  private Optional<String> component = Optional.empty();
  private @Nullable NameMap modules;

  private ModuleNames() {}

  static ModuleNames read(ByteSource payload) {
    ModuleNames names = new ModuleNames();
    try {
      Cursor cursor = payload.cursor().in("component-name");
      while (!cursor.atEnd()) {
        int id = cursor.u8();
        long size = cursor.u32();
        names.read(id, cursor.take(Math.min(size, cursor.remaining())).cursor());
      }
    } catch (FormatException e) {
      // The names before the damage are kept.
    }
    return names;
  }

  private void read(int id, Cursor cursor) {
    if (id == COMPONENT && component.isEmpty()) {
      component = Optional.of(cursor.name());
    } else if (id == ITEMS && modules == null && Sort.read(cursor) == Sort.CORE_MODULE) {
      modules = NameMap.read(cursor, Diagnostic.Sink.IGNORE);
    }
  }

  Optional<String> component() {
    return component;
  }

  /** Returns the name of a core module by its index in its component; none for -1. */
  Optional<String> get(int index) {
    return modules == null || index < 0 ? Optional.empty() : modules.get(index);
  }
}
