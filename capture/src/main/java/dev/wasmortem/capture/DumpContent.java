package dev.wasmortem.capture;

import dev.wasmortem.coredump.Note;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** What a runtime's capture has to say of a crash. */
@FunctionalInterface
public interface DumpContent {
  /**
   * Writes the dump.
   *
   * @param maxBytes how large it may be; what it leaves out because of that is among the notes
   * @return what it lacks; the dump itself says the same
   */
  List<Note> writeTo(WritableByteChannel channel, long maxBytes) throws IOException;
}
