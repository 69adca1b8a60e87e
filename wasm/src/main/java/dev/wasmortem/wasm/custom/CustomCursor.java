package dev.wasmortem.wasm.custom;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.WasmModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a custom section as far as it goes: the first damage is reported and ends it. */
final class CustomCursor {
  private final Cursor cursor;
  private final Diagnostic.Sink sink;
  private boolean damaged;

  private CustomCursor(Cursor cursor, Diagnostic.Sink sink) {
    this.cursor = cursor;
    this.sink = sink;
  }

  /** Reads one thing. */
  interface Reading<T> {
    T read(Cursor cursor);
  }

  /** Opens the first custom section of a name. */
  static Optional<CustomCursor> of(WasmModule module, String name, Diagnostic.Sink sink) {
    for (Section section : module.sections()) {
      if (section.id() == SectionId.CUSTOM && section.name().equals(name)) {
        return Optional.of(new CustomCursor(section.payload().cursor().in(name), sink));
      }
    }
    return Optional.empty();
  }

  /** Reads something, or gives {@code otherwise} after damage. */
  <T> T get(Reading<T> reading, T otherwise) {
    if (damaged) {
      return otherwise;
    }
    try {
      return reading.read(cursor);
    } catch (FormatException e) {
      damaged(e);
      return otherwise;
    }
  }

  /** Reads a {@code vec}; the elements before damage. */
  <T> List<T> vec(Reading<T> element) {
    List<T> all = new ArrayList<>();
    long count = get(Cursor::u32, 0L);
    for (long i = 0; i < count && !damaged; i++) {
      try {
        all.add(element.read(cursor));
      } catch (FormatException e) {
        damaged(e);
      }
    }
    return List.copyOf(all);
  }

  /** Reads what stands until the end of the section as subsections: an id, a size and content. */
  void subsections(Subsection each) {
    while (!damaged && !cursor.atEnd()) {
      try {
        int id = cursor.u8();
        Cursor content = cursor.take(cursor.u32()).cursor().in(cursor.here().production());
        each.read(id, new CustomCursor(content, sink));
      } catch (FormatException e) {
        damaged(e);
      }
    }
  }

  /** Takes the content of a subsection. */
  interface Subsection {
    void read(int id, CustomCursor content);
  }

  private void damaged(FormatException error) {
    damaged = true;
    sink.report(Diagnostic.of("custom-section-damaged", error));
  }
}
