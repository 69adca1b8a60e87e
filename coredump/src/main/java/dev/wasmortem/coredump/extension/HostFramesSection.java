package dev.wasmortem.coredump.extension;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.HostFrame;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Activations of functions of the host between those in {@code corestack}.
 *
 * <pre>
 * wasmortem.host-frames ::= 0x00 vec(thread:u32 vec(position:u32 description:name))
 * </pre>
 *
 * {@code thread} is the position of the thread's {@code corestack} among all of them, {@code
 * position} the frame that a host frame stands before.
 */
public final class HostFramesSection {
  /** The section's name. */
  public static final String NAME = "wasmortem.host-frames";

  private HostFramesSection() {}

  /** Takes what is read. */
  public interface Reader {
    /** Takes a frame of a thread; frames of one thread come from the youngest to the oldest. */
    void frame(int thread, HostFrame frame);
  }

  /** Returns the payload; {@code names} shortens what readers would refuse. */
  public static ByteWriter write(List<CoreThread> threads, UnaryOperator<String> names) {
    ByteWriter out = Extension.payload();
    out.unsigned(threads.stream().filter(thread -> !thread.hostFrames().isEmpty()).count());
    for (int i = 0; i < threads.size(); i++) {
      List<HostFrame> frames = threads.get(i).hostFrames();
      if (!frames.isEmpty()) {
        out.unsigned(i).unsigned(frames.size());
        for (HostFrame frame : frames) {
          out.unsigned(frame.position()).name(names.apply(frame.description()));
        }
      }
    }
    return out;
  }

  /** Reads what follows the version. */
  public static void read(Cursor cursor, Reader reader) {
    long threads = cursor.in("host-frames").u32();
    for (long i = 0; i < threads; i++) {
      int thread = cursor.in("host-frames.thread").index();
      long count = cursor.in("host-frames.frames").u32();
      for (long j = 0; j < count; j++) {
        int position = cursor.index();
        reader.frame(thread, new HostFrame(position, cursor.name()));
      }
    }
  }
}
