package dev.wasmortem.wasm;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.types.ExternType;
import java.util.Arrays;
import java.util.List;
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
    List<Import> imports = module.imports();
    int[] imported = new int[imports.size()];
    int importedCount = 0;
    for (Import each : imports) {
      if (each.type() instanceof ExternType.Function function) {
        imported[importedCount++] = function.typeIndex();
      }
    }
    Optional<Section> section = module.section(SectionId.FUNCTION);
    if (section.isEmpty()) {
      return new FunctionTypes(importedCount, Arrays.copyOf(imported, importedCount));
    }
    Cursor cursor = section.get().payload().cursor().in("funcsec");
    int[] all = imported;
    int size = importedCount;
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
    return new FunctionTypes(importedCount, Arrays.copyOf(all, size));
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
