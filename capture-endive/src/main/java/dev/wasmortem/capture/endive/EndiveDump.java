package dev.wasmortem.capture.endive;

import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.capture.Contents;
import dev.wasmortem.capture.Crash;
import dev.wasmortem.capture.DumpContent;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.TrapKind;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a dump of a snapshot: looks into the frames, finds the instances, writes. */
final class EndiveDump implements DumpContent {
  private static final String FRAMES_OMITTED = "frames-omitted";
  private static final String OPERANDS_LEFT_OUT = "operands-left-out";

  private final CaptureOptions options;
  private final Crash crash;
  private final Snapshot snapshot;
  private final Collection<CapturingMachine> known;
  private final List<Note> notes = new ArrayList<>();

  EndiveDump(
      CaptureOptions options, Crash crash, Snapshot snapshot, Collection<CapturingMachine> known) {
    this.options = options;
    this.crash = crash;
    this.snapshot = snapshot;
    this.known = known;
  }

  @Override
  public List<Note> writeTo(WritableByteChannel channel) throws IOException {
    List<RawFrame> raw = snapshot.frames(options.frames());
    Set<CapturingMachine> onStack = new HashSet<>();
    raw.forEach(frame -> onStack.add(frame.machine));
    onStack.add(snapshot.outermost());

    CoredumpWriter writer = new CoredumpWriter();
    writer.executableName(crash.executable()).trap(crash.trap());
    DumpState state = new DumpState(writer, options.contents());
    state.add(LinkedInstances.of(onStack, known));
    writer.addThread(new CoreThread(threadName(), frames(raw, state)));
    noteLimits();
    notes.forEach(writer::note);
    writer.writeTo(channel);
    return notes;
  }

  private static String threadName() {
    Thread thread = Thread.currentThread();
    return thread.getName().isEmpty() ? "thread-" + thread.getId() : thread.getName();
  }

  private List<Frame> frames(List<RawFrame> raw, DumpState state) {
    Map<ModuleImage, FrameDecoder> decoders = new HashMap<>();
    List<OpenedModule> opened = new ArrayList<>();
    try {
      List<Frame> frames = new ArrayList<>(raw.size());
      for (RawFrame frame : raw) {
        FrameDecoder decoder =
            decoders.computeIfAbsent(
                frame.machine.image(), image -> decoder(frame.machine, opened));
        frames.add(decoder.decode(frame, state.instance(frame.machine)));
      }
      noteValues(decoders.values());
      return frames;
    } finally {
      opened.forEach(OpenedModule::close);
    }
  }

  private FrameDecoder decoder(CapturingMachine machine, List<OpenedModule> opened) {
    OpenedModule module = OpenedModule.of(machine.image(), machine.wasm().module().digest());
    opened.add(module);
    if (module.module().isEmpty()) {
      String name = DumpState.moduleName(machine);
      notes.add(
          new Note(
              "module-bytes-unknown",
              "module "
                  + name
                  + ": "
                  + module.problem()
                  + "; its frames lack offsets and operands"));
    }
    return new FrameDecoder(machine.image(), module.module().orElse(null), crash.trap().kind());
  }

  private void noteValues(Collection<FrameDecoder> decoders) {
    int values = decoders.stream().mapToInt(FrameDecoder::valuesLeftOut).sum();
    if (values > 0) {
      notes.add(
          new Note(
              Note.FRAME_VALUES_LEFT_OUT,
              values + " vectors and references in frames are written as missing"));
    }
    int stacks = decoders.stream().mapToInt(FrameDecoder::stacksLeftOut).sum();
    if (stacks > 0) {
      notes.add(new Note(OPERANDS_LEFT_OUT, "the operands of " + stacks + " frames are not known"));
    }
  }

  private void noteLimits() {
    int omitted = snapshot.omitted(options.frames());
    if (omitted > 0) {
      notes.add(
          new Note(
              FRAMES_OMITTED,
              omitted
                  + " frames are left out after the youngest "
                  + options.frames().youngest()
                  + ", before the oldest "
                  + options.frames().oldest()));
    }
    if (crash.trap().kind() == TrapKind.CALL_STACK_EXHAUSTED) {
      notes.add(
          new Note(
              Note.INNERMOST_FRAMES_LOST,
              "the stack was exhausted: the youngest frame or two may be missing"));
    }
    if (!snapshot.isComplete()) {
      notes.add(
          new Note(
              Note.INNERMOST_FRAMES_LOST,
              "the frames that the exception went through first are not known: no listener saw it"
                  + " thrown"));
    }
    if (options.contents() == Contents.STACKS) {
      notes.add(new Note(Note.MEMORY_LEFT_OUT, "memories were not asked for"));
    }
  }
}
