package dev.wasmortem.capture;

import dev.wasmortem.coredump.Note;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dump that was written. */
public final class CapturedDump {
  private final Crash crash;
  private final @Nullable Path file;
  private final List<Note> notes;

  CapturedDump(Crash crash, @Nullable Path file, List<Note> notes) {
    this.crash = crash;
    this.file = file;
    this.notes = List.copyOf(notes);
  }

  /** Returns what happened. */
  public Crash crash() {
    return crash;
  }

  /** Returns the file; empty if the sink does not write files. */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** Returns what the dump lacks; it says the same of itself. */
  public List<Note> notes() {
    return notes;
  }

  /** Returns the file and the trap, for logs. */
  @Override
  public String toString() {
    return (file == null ? "dump" : file.toString()) + " (" + crash.trap().kind().text() + ")";
  }
}
