package dev.wasmortem.capture.endive;

import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.capture.Crash;
import dev.wasmortem.capture.DumpContent;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.coredump.WriterOptions;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes a dump of a snapshot: looks into the frames, finds the instances, writes. */
final class EndiveDump implements DumpContent {

  private final CaptureOptions options;
  private final Crash crash;
  private final Snapshot snapshot;
  private final Collection<CapturingMachine> known;
  private final CapturingMachine wanted;
  private final StackTraceElement[] trace;

  /**
   * Makes the content of a dump.
   *
   * @param known the session's instances
   * @param wanted one that belongs into the dump, whether it is on the stack or not
   * @param trace the Java stack at the moment of the snapshot, as far as it is known
   */
  EndiveDump(
      CaptureOptions options,
      Crash crash,
      Snapshot snapshot,
      Collection<CapturingMachine> known,
      CapturingMachine wanted,
      StackTraceElement[] trace) {
    this.options = options;
    this.crash = crash;
    this.snapshot = snapshot;
    this.known = known;
    this.wanted = wanted;
    this.trace = trace;
  }

  @Override
  public List<Note> writeTo(WritableByteChannel channel, long maxBytes) throws IOException {
    List<DumpedThread> threads = new ArrayList<>();
    Set<CapturingMachine> machines = new HashSet<>(List.of(wanted, snapshot.outermost()));
    if (snapshot.isRunning()) {
      threads.add(thread(Thread.currentThread(), snapshot, crash.trap().kind(), trace));
    }
    threads.forEach(thread -> machines.addAll(thread.machines()));
    List<CapturingMachine> linked = LinkedInstances.of(machines, known);
    try (OtherThreads others =
            OtherThreads.pause(wanted.session(), linked, options.waitForThreads());
        OpenedModules opened = new OpenedModules()) {
      for (OtherThreads.Held held : others.held()) {
        threads.add(
            thread(
                held.thread(),
                held.snapshot(),
                TrapKind.REQUESTED,
                held.trace().toArray(new StackTraceElement[0])));
      }
      threads.forEach(thread -> machines.addAll(thread.machines()));
      DumpState state = new DumpState(LinkedInstances.of(machines, known), opened, options);
      CoredumpWriter writer = writer(maxBytes);
      add(threads, state, opened, writer);
      note(others, writer);
      return writer.writeTo(channel);
    }
  }

  private DumpedThread thread(
      Thread thread, Snapshot its, TrapKind kind, StackTraceElement[] stack) {
    return new DumpedThread(thread, its, kind, stack, options.frames());
  }

  private CoredumpWriter writer(long maxBytes) {
    WriterOptions.Builder writing = WriterOptions.builder().maxBytes(maxBytes);
    CoredumpWriter writer = new CoredumpWriter(writing.moduleBytes(options.moduleBytes()).build());
    writer.executableName(crash.executable());
    return writer.process(options.process(crash, EndiveVersion.RUNTIME, EndiveVersion.VALUE));
  }

  private void add(
      List<DumpedThread> threads, DumpState state, OpenedModules opened, CoredumpWriter writer) {
    FrameDecoders decoders = new FrameDecoders(state, opened);
    List<CoreThread> decoded = threads.stream().map(thread -> thread.decode(decoders)).toList();
    List<Frame> all = new ArrayList<>();
    decoded.forEach(thread -> all.addAll(thread.frames()));
    state.addTo(writer, all);
    decoded.forEach(writer::addThread);
    writer.trap(
        snapshot.isRunning()
            ? threads.get(0).detailed(crash.trap(), decoded.get(0).frames(), decoders, state)
            : crash.trap().in(Trap.NO_THREAD, Trap.NO_FRAME));
    decoders.notes().forEach(writer::note);
    threads.forEach(thread -> thread.notes().forEach(writer::note));
  }

  private static void note(OtherThreads others, CoredumpWriter writer) {
    if (!others.missed().isEmpty()) {
      writer.note(
          new Note(
              Note.THREADS_LEFT_OUT,
              "other threads ran these instances and are not in the dump: "
                  + String.join(", ", others.missed())));
    }
  }
}
