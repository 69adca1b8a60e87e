package dev.wasmortem.wasm;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.types.ExternType;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The type index of every function, imported ones first. */
final class FunctionTypes {
  private final int imported;
  private final int[] typeIndices;

  private FunctionTypes(int imported, int[] typeIndices) {
    this.imported = imported;
    this.typeIndices = typeIndices;
  }

  static FunctionTypes of(WasmModule module, Diagnostic.@Nullable Sink sink) {
    int[] imported =
        module.imports().stream()
            .map(Import::type)
            .filter(ExternType.Function.class::isInstance)
            .mapToInt(type -> ((ExternType.Function) type).typeIndex())
            .toArray();
    Optional<Section> section = module.section(SectionId.FUNCTION);
    if (section.isEmpty()) {
      return new FunctionTypes(imported.length, imported);
    }
    Cursor cursor = section.get().payload().cursor().in("funcsec");
    int[] all = imported;
    int size = imported.length;
    try {
      int count = sink == null ? cursor.count(1) : (int) Math.min(cursor.u32(), cursor.remaining());
      all = Arrays.copyOf(imported, Math.addExact(size, count));
      for (int i = 0; i < count; i++) {
        all[size] = cursor.index();
        size++;
      }
      if (!cursor.atEnd()) {
        throw cursor.malformed("section size mismatch: bytes after the last function");
      }
    } catch (FormatException e) {
      if (sink == null) {
        throw e;
      }
      sink.report(Diagnostic.of("section-damaged", e));
    }
    return new FunctionTypes(imported.length, Arrays.copyOf(all, size));
  }

  int imported() {
    return imported;
  }

  int count() {
    return typeIndices.length;
  }

  int typeIndex(int function) {
    return typeIndices[function];
  }
}
