package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a module's preamble and its sections' headers (§5.5.16). */
final class SectionIndex {
  private static final int MAGIC = 0x6d736100;
  private static final int VERSION = 1;
  private static final int COMPONENT_LAYER = 1;

  private final Cursor cursor;
  private final Diagnostic.@Nullable Sink sink;
  private final List<Section> sections = new ArrayList<>();

  private SectionIndex(ByteSource source, Diagnostic.@Nullable Sink sink) {
    this.cursor = source.cursor();
    this.sink = sink;
  }

  /** Reads all headers; with a sink, reports what is wrong and keeps what can be kept. */
  static List<Section> read(ByteSource source, Diagnostic.@Nullable Sink sink) {
    SectionIndex index = new SectionIndex(source, sink);
    index.readPreamble();
    try {
      while (!index.cursor.atEnd()) {
        index.readSection();
      }
    } catch (FormatException e) {
      index.survive(e);
    }
    return List.copyOf(index.sections);
  }

  private void survive(FormatException error) {
    if (sink == null) {
      throw error;
    }
    sink.report(Diagnostic.of("section-damaged", error));
  }

  private void readPreamble() {
    cursor.in("magic");
    if (cursor.remaining() < Integer.BYTES) {
      throw new FormatException.Truncated(
          cursor.atEnd() ? "an empty file" : "too short for a WebAssembly binary", cursor.at(0));
    }
    if (cursor.i32le() != MAGIC) {
      throw new FormatException.Malformed(
          "not a WebAssembly binary: magic header not detected", cursor.at(0));
    }
    cursor.in("version");
    int version = cursor.i32le();
    if (version >>> 16 == COMPONENT_LAYER) {
      throw new FormatException.Unsupported(
          "a component, not a core module: read one of the core modules in it", cursor.at(4));
    }
    if (version != VERSION) {
      throw new FormatException.Malformed(
          "unknown binary version 0x" + Integer.toHexString(version), cursor.at(4));
    }
  }

  private void readSection() {
    cursor.in("section");
    long start = cursor.position();
    int code = cursor.u8();
    SectionId id = SectionId.ofCode(code);
    long size = cursor.u32();
    if (size > cursor.remaining() && sink != null) {
      sink.report(
          new Diagnostic(
              "section-truncated",
              cursor.at(start),
              "section "
                  + (id == null ? code : id.name().toLowerCase(Locale.ROOT))
                  + " has "
                  + cursor.remaining()
                  + " of its "
                  + size
                  + " bytes"));
      size = cursor.remaining();
    }
    ByteSource content = cursor.take(size);
    if (id == null) {
      survive(new FormatException.Malformed("malformed section id " + code, cursor.at(start)));
      return;
    }
    ByteSource bytes = cursor.source().slice(start, cursor.position() - start);
    sections.add(
        id == SectionId.CUSTOM ? custom(bytes, content) : new Section(id, "", bytes, content));
  }

  private Section custom(ByteSource bytes, ByteSource content) {
    Cursor inside = content.cursor().in("customsec.name");
    try {
      String name = inside.name();
      return new Section(SectionId.CUSTOM, name, bytes, inside.take(inside.remaining()));
    } catch (FormatException e) {
      survive(e);
      return new Section(SectionId.CUSTOM, "", bytes, content);
    }
  }
}
