package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.wasm.code.Widths;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a module (§5.5.16): another one with sections replaced, dropped and added, or one of its
 * own. What is not changed is copied byte for byte, from where it lies, when it is written; a
 * module written unchanged is the same file. Not thread-safe.
 *
 * <pre>{@code
 * ModuleWriter writer = ModuleWriter.copyOf(module);
 * module.customSections("name").forEach(writer::drop);
 * writer.addCustom("build_id", SectionContent.of(id));
 * writer.writeTo(channel);
 * }</pre>
 *
 * <p>The module that is copied was read strictly, and its source stays open until all is written.
 */
public final class ModuleWriter {
  private static final long MAX_SIZE = 0xffff_ffffL;

  private final List<Part> parts = new ArrayList<>();
  private Widths widths = Widths.KEPT;

  /**
   * A section to write.
   *
   * @param original the section that it is or replaces
   * @param content what replaces the original's payload, or is new
   */
  private record Part(
      SectionId id, String name, @Nullable Section original, @Nullable SectionContent content) {}

  /** What is written before a section's content, and the content. */
  private record Framed(ByteWriter header, SectionContent content) {
    long size() {
      return header.size() + content.size();
    }
  }

  private ModuleWriter() {}

  /** Starts from a module without sections. */
  public static ModuleWriter empty() {
    return new ModuleWriter();
  }

  /** Starts from all sections of a module, in their order. */
  public static ModuleWriter copyOf(WasmModule module) {
    ModuleWriter writer = new ModuleWriter();
    for (Section section : module.sections()) {
      writer.parts.add(new Part(section.id(), section.name(), section, null));
    }
    return writer;
  }

  /**
   * Says in how many bytes the sizes of sections are written, and the lengths of custom sections'
   * names. {@link Widths#KEPT} unless said otherwise; new sections get the shortest.
   */
  public ModuleWriter widths(Widths wanted) {
    this.widths = wanted;
    return this;
  }

  /**
   * Replaces what a section of the module holds: what follows the size, of a custom section what
   * follows the name.
   *
   * @throws IllegalArgumentException if the section is not, or no longer, among those to write
   */
  public ModuleWriter replace(Section section, SectionContent payload) {
    parts.set(indexOf(section), new Part(section.id(), section.name(), section, payload));
    return this;
  }

  /**
   * Leaves a section out.
   *
   * @throws IllegalArgumentException if it is not among those to write
   */
  public ModuleWriter drop(Section section) {
    parts.remove(indexOf(section));
    return this;
  }

  /**
   * Adds a section at its place in the order that the format asks for: before the first section
   * that must come later.
   *
   * @throws IllegalArgumentException for a custom section, or if there is one of the kind
   */
  public ModuleWriter add(SectionId id, SectionContent payload) {
    int place = place(id);
    int at = parts.size();
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (parts.get(i).id() == id) {
        throw new IllegalArgumentException("there is a section of kind " + id);
      }
      if (parts.get(i).id().place().orElse(-1) > place) {
        at = i;
      }
    }
    parts.add(at, new Part(id, "", null, payload));
    return this;
  }

  private static int place(SectionId id) {
    return id.place().orElseThrow(() -> new IllegalArgumentException("a custom section"));
  }

  /** Adds a custom section after all others. */
  public ModuleWriter addCustom(String name, SectionContent payload) {
    parts.add(new Part(SectionId.CUSTOM, name, null, payload));
    return this;
  }

  /**
   * Adds a custom section before a section of the module.
   *
   * @throws IllegalArgumentException if that is not among those to write
   */
  public ModuleWriter addCustomBefore(Section next, String name, SectionContent payload) {
    parts.add(indexOf(next), new Part(SectionId.CUSTOM, name, null, payload));
    return this;
  }

  private int indexOf(Section section) {
    for (int i = 0; i < parts.size(); i++) {
      if (section.equals(parts.get(i).original())) {
        return i;
      }
    }
    throw new IllegalArgumentException("no section " + section + " to write");
  }

  /** Returns the size of the module in bytes. */
  public long size() {
    long size = preamble().size();
    for (Part part : parts) {
      size += frame(part).size();
    }
    return size;
  }

  /**
   * Writes the module.
   *
   * @throws IllegalStateException if a section is longer than the format can tell: 4 GiB
   */
  public void writeTo(WritableByteChannel channel) throws IOException {
    preamble().writeTo(channel);
    for (Part part : parts) {
      Framed framed = frame(part);
      framed.header().writeTo(channel);
      framed.content().writeTo(channel);
    }
  }

  private static ByteWriter preamble() {
    return new ByteWriter(16).i32le(0x6d736100).i32le(1);
  }

  private Framed frame(Part part) {
    Section original = part.original();
    SectionContent payload = part.content();
    if (original != null && payload == null) {
      if (widths == Widths.KEPT) {
        return new Framed(new ByteWriter(0), SectionContent.of(original.bytes()));
      }
      payload = SectionContent.of(original.payload());
    }
    if (payload == null) {
      throw new IllegalStateException("a section without content");
    }
    ByteWriter name = new ByteWriter();
    int sizeWidth = 0;
    if (original != null && widths == Widths.KEPT) {
      long contentStart = 1;
      while (original.bytes().u8(contentStart++) >= 0x80) {
        sizeWidth++;
      }
      sizeWidth++;
      append(name, original, contentStart);
    } else if (part.id() == SectionId.CUSTOM) {
      name.name(part.name());
    }
    long size = name.size() + payload.size();
    if (size > MAX_SIZE) {
      throw new IllegalStateException("a section of " + size + " bytes");
    }
    ByteWriter header = new ByteWriter().u8(part.id().code()).unsigned(size, sizeWidth);
    return new Framed(header.bytes(name), payload);
  }

  /** Appends a custom section's name as it stands. */
  private static void append(ByteWriter out, Section section, long contentStart) {
    long before = section.payload().origin().value() - section.start().value();
    out.bytes(section.bytes().slice(contentStart, before - contentStart));
  }
}
