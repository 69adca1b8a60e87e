package dev.wasmortem.coredump;

import dev.wasmortem.bytes.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a writer leaves out, said in notes behind those of the caller. */
final class Gaps {
  private final List<Note> notes;

  Gaps(List<Note> given) {
    notes = new ArrayList<>();
    for (Note note : given) {
      notes.add(new Note(cut(note.code()), cut(note.message())));
    }
  }

  List<Note> notes() {
    return notes;
  }

  /**
   * @param memories how many there are
   * @param leftOut bytes that did not fit, of each memory that is written
   */
  void inMemories(int memories, long[] leftOut) {
    if (memories > leftOut.length) {
      add(
          Note.MEMORY_LEFT_OUT,
          (memories - leftOut.length)
              + " of "
              + memories
              + " memories are not in the dump: other readers refuse more than "
              + WriterLimits.MEMORIES);
    }
    for (int i = 0; i < leftOut.length; i++) {
      if (leftOut[i] > 0) {
        add(
            Note.MEMORY_LEFT_OUT,
            leftOut[i]
                + " bytes of memory "
                + i
                + " are not in the dump: a section holds less than 4 GiB");
      }
    }
  }

  /**
   * @param globals how many there are
   * @param written those that are written
   */
  void inGlobals(int globals, List<CoreGlobal> written) {
    if (globals > written.size()) {
      add(
          Note.GLOBALS_LEFT_OUT,
          (globals - written.size())
              + " of "
              + globals
              + " globals are not in the dump: other readers refuse more than "
              + WriterLimits.GLOBALS);
    }
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      if (written.get(i).value().kind() == Value.Kind.MISSING) {
        missing.add(i);
      }
    }
    if (!missing.isEmpty()) {
      add(
          Note.GLOBALS_LEFT_OUT,
          "written as zero or null because the value is missing: "
              + count(missing.size(), "global")
              + ", the first is "
              + missing.get(0));
    }
  }

  /** Returns a name that readers take; says so if it had to be cut. */
  String shortened(String name) {
    String cut = cut(name);
    if (cut.length() < name.length()) {
      add(
          Note.NAME_SHORTENED,
          "a name of " + name.length() + " characters was cut to " + cut.length());
    }
    return cut;
  }

  private static String cut(String name) {
    if (name.length() <= Limits.NAME_BYTES / 3) {
      return name;
    }
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    if (utf8.length <= Limits.NAME_BYTES) {
      return name;
    }
    int end = Limits.NAME_BYTES;
    while ((utf8[end] & 0xc0) == 0x80) {
      end--;
    }
    return new String(utf8, 0, end, StandardCharsets.UTF_8);
  }

  private void add(String code, String message) {
    notes.add(new Note(code, message));
  }

  private static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
