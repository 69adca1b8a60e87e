package dev.wasmortem.coredump.write;

import dev.wasmortem.bytes.Limits;
import dev.wasmortem.coredump.CoreGlobal;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.Dialect;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.coredump.WriterOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
   */
  void inMemories(int memories) {
    if (memories > WriterLimits.MEMORIES) {
      add(
          Note.MEMORY_LEFT_OUT,
          (memories - WriterLimits.MEMORIES)
              + " of "
              + memories
              + " memories are not in the dump: other readers refuse more than "
              + WriterLimits.MEMORIES);
    }
  }

  /**
   * Returns what is to be said of a memory.
   *
   * @param noRoom how many bytes there was no room for
   */
  Optional<Note> inMemory(int memory, MemoryCapture capture, long noRoom, WriterOptions options) {
    List<String> reasons = new ArrayList<>();
    if (capture.notSelectedBytes() > 0) {
      reasons.add(notInDump(capture.notSelectedBytes(), memory, capture.reason()));
    }
    if (noRoom > 0) {
      reasons.add(
          notInDump(
              noRoom,
              memory,
              options.maxBytes() < Long.MAX_VALUE
                  ? "it was to have no more than " + options.maxBytes()
                  : "a section holds less than 4 GiB"));
    }
    return reasons.isEmpty()
        ? Optional.empty()
        : Optional.of(new Note(Note.MEMORY_LEFT_OUT, cut(String.join("; ", reasons))));
  }

  private static String notInDump(long bytes, int memory, String reason) {
    return bytes + " bytes of memory " + memory + " are not in the dump: " + reason;
  }

  /**
   * @param modules how many there was no room for
   */
  void ofModules(int modules, long maxBytes) {
    if (modules > 0) {
      add(
          Note.MODULE_BYTES_LEFT_OUT,
          "the files of "
              + count(modules, "module")
              + " are not in the dump: it was to have no more than "
              + maxBytes
              + " bytes");
    }
  }

  void inFrames(List<CoreThread> threads, WriterOptions options) {
    if (options.instanceIndex() == Dialect.InstanceIndex.PRESENT) {
      return;
    }
    long others =
        threads.stream().flatMap(t -> t.frames().stream()).filter(f -> f.instance() != 0).count();
    if (others > 0) {
      add(
          Note.FRAME_INSTANCES_LEFT_OUT,
          count(others, "frame") + " of another instance than the first: not said which");
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

  /** Adds a note; of a copy that lacks what the dump lacked it is there already. */
  private void add(String code, String message) {
    Note note = new Note(code, message);
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  private static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
