package dev.wasmortem.debug;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.edit.Redacted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a copy of a dump has become, as plain records; {@code docs/copy.schema.json} is the schema.
 * Text from files stands here verbatim.
 *
 * @param schema {@link #SCHEMA}
 * @param core the path of the dump that was copied, as given
 * @param copy the file that was written
 * @param redacted how much was taken out, null if nothing was asked for
 * @param remaining where patterns are still found in the copy, as offsets in the file, at most
 *     {@link #REMAINING} of them; null if nothing was taken out
 * @param notes what the copy says is missing from it; those that the dump had come first
 * @param diagnostics what was noticed in reading
 */
public record CopyReport(
    String schema,
    String core,
    File copy,
    @Nullable Taken redacted,
    @Nullable List<Long> remaining,
    List<Report.Note> notes,
    List<Report.Note> diagnostics) {
  /** The model's name and version. */
  public static final String SCHEMA = "wasmortem-copy-1";

  /** How many offsets are listed. */
  public static final int REMAINING = 1000;

  /**
   * The file that was written.
   *
   * @param file its path as given
   * @param size in bytes
   * @param dialect the dialect that it is read as
   */
  public record File(String file, long size, String dialect) {}

  /**
   * What was taken out.
   *
   * @param ranges of memories that were overwritten
   * @param bytes in these ranges
   * @param values in frames, of globals and of a trap's operands that became missing
   * @param texts in which something was overwritten
   * @param moduleFiles modules' files that were left out
   * @param sections of other tools that were left out
   */
  public record Taken(
      long ranges, long bytes, long values, long texts, int moduleFiles, int sections) {}

  /**
   * Makes the report of a copy in another dialect.
   *
   * @param copy the file that was written
   * @param notes what the writer says is missing from it
   */
  public static CopyReport of(PostMortem session, ByteSource copy, List<Note> notes) {
    return new CopyReport(
        SCHEMA,
        session.dump().source().name(),
        new File(copy.name(), copy.size(), Coredump.salvage(copy, noticed -> {}).dialect().name()),
        null,
        null,
        notes.stream().map(note -> new Report.Note(note.code(), null, note.message())).toList(),
        session.diagnostics().stream().map(PostMortem::note).toList());
  }

  /** Returns the report of a copy from which something was taken. */
  public CopyReport with(Redacted taken, List<Long> left) {
    return new CopyReport(
        schema,
        core,
        copy,
        new Taken(
            taken.ranges(),
            taken.bytes(),
            taken.values(),
            taken.texts(),
            taken.moduleFiles(),
            taken.sections()),
        List.copyOf(left),
        notes,
        diagnostics);
  }
}
