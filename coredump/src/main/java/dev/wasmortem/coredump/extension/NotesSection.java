package dev.wasmortem.coredump.extension;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.coredump.Note;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is missing from the dump, and why.
 *
 * <pre>
 * wasmortem.notes ::= 0x00 vec(size:u32 note)
 * note            ::= code:name message:name
 * </pre>
 */
public final class NotesSection {
  /** The section's name. */
  public static final String NAME = "wasmortem.notes";

  private NotesSection() {}

  /** Returns the payload. */
  public static ByteWriter write(List<Note> notes) {
    ByteWriter out = Extension.payload().unsigned(notes.size());
    for (Note note : notes) {
      out.sized(new ByteWriter().name(note.code()).name(note.message()));
    }
    return out;
  }

  /** Reads what follows the version. */
  public static void read(Cursor cursor, Consumer<Note> notes) {
    long count = cursor.in("notes").u32();
    for (long i = 0; i < count; i++) {
      Cursor note = cursor.in("note").take(cursor.u32()).cursor();
      String code = note.in("note.code").name();
      notes.accept(new Note(code, note.in("note.message").name()));
    }
  }
}
