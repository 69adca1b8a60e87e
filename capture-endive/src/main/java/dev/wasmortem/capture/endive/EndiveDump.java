package dev.wasmortem.capture.endive;

import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.capture.Crash;
import dev.wasmortem.capture.DumpContent;
import dev.wasmortem.capture.endive.Snapshot.Frames;
import dev.wasmortem.capture.endive.Snapshot.ImportCall;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.HostFrame;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.coredump.WriterOptions;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.Instance;
import run.endive.wasm.types.OpCode;

/** Makes a dump of a snapshot: looks into the frames, finds the instances, writes. */
final class EndiveDump implements DumpContent {
  private static final String FRAMES_OMITTED = "frames-omitted";
  private static final String OPERANDS_LEFT_OUT = "operands-left-out";
  private static final String MODULE_BYTES_UNKNOWN = "module-bytes-unknown";

  private final CaptureOptions options;
  private final Crash crash;
  private final Snapshot snapshot;
  private final Collection<CapturingMachine> known;
  private final CapturingMachine wanted;
  private final StackTraceElement[] trace;
  private final List<Note> notes = new ArrayList<>();

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
    Frames raw = snapshot.frames(options.frames());
    Set<CapturingMachine> onStack = new HashSet<>();
    raw.wasm().forEach(frame -> onStack.add(frame.machine));
    onStack.add(snapshot.outermost());
    onStack.add(wanted);

    try (OpenedModules opened = new OpenedModules()) {
      DumpState state = new DumpState(LinkedInstances.of(onStack, known), opened, options);
      CoredumpWriter writer =
          new CoredumpWriter(
              WriterOptions.builder()
                  .maxBytes(maxBytes)
                  .moduleBytes(options.moduleBytes())
                  .build());
      Decoders decoders = new Decoders(state, opened);
      List<Frame> frames = raw.wasm().stream().map(decoders::decode).toList();
      writer.executableName(crash.executable());
      writer.trap(trap(raw, frames, decoders, state));
      writer.process(options.process(crash, EndiveVersion.RUNTIME, EndiveVersion.VALUE));
      state.addTo(writer, frames);
      if (snapshot.isRunning()) {
        writer.addThread(new CoreThread(threadName(), frames, hostFrames(raw)));
      }
      decoders.note();
      noteLimits(raw);
      notes.forEach(writer::note);
      return writer.writeTo(channel);
    }
  }

  private static String threadName() {
    Thread thread = Thread.currentThread();
    return thread.getName().isEmpty() ? "thread-" + thread.getId() : thread.getName();
  }

  private Trap trap(Frames raw, List<Frame> frames, Decoders decoders, DumpState state) {
    Trap trap = crash.trap();
    if (!snapshot.isRunning()) {
      return trap.in(Trap.NO_THREAD, Trap.NO_FRAME);
    }
    boolean isOfFrame = trap.kind() != TrapKind.HOST_EXCEPTION && trap.kind() != TrapKind.REQUESTED;
    if (frames.isEmpty() || !isOfFrame || !snapshot.isComplete()) {
      return trap;
    }
    RawFrame youngest = raw.wasm().get(0);
    return decoders
        .of(youngest)
        .detailed(trap, youngest, frames.get(0), state.memories(youngest.machine))
        .in(trap.thread(), 0);
  }

  /**
   * Returns the calls of the host's functions; those of other instances have frames of their own.
   */
  private List<HostFrame> hostFrames(Frames raw) {
    List<ImportCall> calls = new ArrayList<>();
    if (crash.trap().kind() == TrapKind.HOST_EXCEPTION) {
      // Endive has taken the frame of the function that threw off its stack.
      callThatThrew(raw).ifPresent(calls::add);
    }
    calls.addAll(raw.imports());
    HostCalls methods = HostCalls.of(trace, raw.omitted() > 0 ? -1 : calls.size());
    List<HostFrame> frames = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      ImportCall call = calls.get(i);
      ImportFunction function = call.machine().wasm().imports().function(call.function());
      if (function.sourceInstance() == null) {
        String name = function.module() + "." + function.name();
        String description =
            methods.callee(i).map(callee -> name + " (" + callee + ")").orElse(name);
        frames.add(new HostFrame(call.position(), description));
      }
    }
    return frames;
  }

  private static Optional<ImportCall> callThatThrew(Frames raw) {
    if (raw.wasm().isEmpty() || raw.wasm().get(0).instruction < 0) {
      return Optional.empty();
    }
    RawFrame caller = raw.wasm().get(0);
    Instance instance = caller.machine.wasm();
    var call = instance.function(caller.function).instructions().get(caller.instruction);
    int called = call.opcode() == OpCode.CALL ? (int) call.operand(0) : Integer.MAX_VALUE;
    return called < instance.imports().functionCount()
        ? Optional.of(new ImportCall(caller.machine, called, 0))
        : Optional.empty();
  }

  /** The decoders of frames, one for each module. */
  private final class Decoders {
    private final DumpState state;
    private final OpenedModules opened;
    private final Map<ModuleImage, FrameDecoder> decoders = new HashMap<>();

    Decoders(DumpState state, OpenedModules opened) {
      this.state = state;
      this.opened = opened;
    }

    Frame decode(RawFrame frame) {
      return of(frame).decode(frame, state.instance(frame.machine));
    }

    FrameDecoder of(RawFrame frame) {
      return decoders.computeIfAbsent(frame.machine.image(), image -> make(frame.machine));
    }

    private FrameDecoder make(CapturingMachine machine) {
      OpenedModule module = opened.of(machine);
      if (module.module().isEmpty()) {
        notes.add(
            new Note(
                MODULE_BYTES_UNKNOWN,
                "module "
                    + module.name()
                    + ": "
                    + module.problem()
                    + "; its frames lack operands, and some offsets"));
      }
      return new FrameDecoder(
          machine.image(), module.module().orElse(null), state.references(), crash.trap().kind());
    }

    void note() {
      int values = decoders.values().stream().mapToInt(FrameDecoder::valuesLeftOut).sum();
      if (values > 0) {
        notes.add(
            new Note(
                Note.FRAME_VALUES_LEFT_OUT,
                values + " references in frames are not known: the runtime does not show them"));
      }
      int stacks = decoders.values().stream().mapToInt(FrameDecoder::stacksLeftOut).sum();
      if (stacks > 0) {
        notes.add(
            new Note(OPERANDS_LEFT_OUT, "the operands of " + stacks + " frames are not known"));
      }
    }
  }

  private void noteLimits(Frames raw) {
    if (raw.omitted() > 0) {
      notes.add(
          new Note(
              FRAMES_OMITTED,
              raw.omitted()
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
  }
}
