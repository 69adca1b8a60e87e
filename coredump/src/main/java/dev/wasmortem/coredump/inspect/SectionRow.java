package dev.wasmortem.coredump.inspect;

import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.SectionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A section of a dump.
 *
 * @param index its place in the file
 * @param id its kind
 * @param name a custom section's name, verbatim; else empty
 * @param start where it begins in the file, with the byte for its kind
 * @param payload where its content begins; of a custom section what follows the name
 * @param size the bytes of that content that are there
 * @param missing how many more it announces, where the file ends inside
 */
public record SectionRow(
    int index,
    SectionId id,
    String name,
    FileOffset start,
    FileOffset payload,
    long size,
    long missing) {
  /** Returns the sections of a dump in the order of the file. */
  public static List<SectionRow> of(Coredump dump) {
    List<SectionRow> rows = new ArrayList<>();
    for (Section section : dump.binary().sections()) {
      rows.add(
          new SectionRow(
              rows.size(),
              section.id(),
              section.name(),
              section.start(),
              section.payload().origin(),
              section.payload().size(),
              missing(section)));
    }
    return List.copyOf(rows);
  }

  private static long missing(Section section) {
    try {
      Cursor cursor = section.bytes().cursor(1);
      return Math.max(0, cursor.u32() - cursor.remaining());
    } catch (FormatException e) {
      return 0;
    }
  }

  /** Returns what to call it: a custom section's name, else the kind in lower case. */
  public String title() {
    return id == SectionId.CUSTOM ? name : id.name().toLowerCase(Locale.ROOT);
  }
}
