package dev.wasmortem.wasm;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a section whose payload is a {@code vec} and nothing else. */
final class SectionVector {
  private SectionVector() {}

  /** Reads one element. */
  interface Element<T> {
    T read(Cursor cursor);
  }

  /** Reads all elements; with a sink, those before the first damage, which is reported. */
  static <T> List<T> read(
      Section section,
      String production,
      int elementBytes,
      Element<T> element,
      Diagnostic.@Nullable Sink sink) {
    Cursor cursor = section.payload().cursor().in(production);
    List<T> all = new ArrayList<>();
    try {
      long count = sink == null ? cursor.count(elementBytes) : cursor.u32();
      for (long i = 0; i < count; i++) {
        all.add(element.read(cursor.in(production)));
      }
      if (!cursor.in(production).atEnd()) {
        throw cursor.malformed("section size mismatch: bytes after the last element");
      }
    } catch (FormatException e) {
      if (sink == null) {
        throw e;
      }
      sink.report(Diagnostic.of("section-damaged", e));
    }
    return List.copyOf(all);
  }
}
