package dev.wasmortem.capture.endive;

import dev.wasmortem.capture.FrameLimit;
import dev.wasmortem.capture.endive.Snapshot.Frames;
import dev.wasmortem.capture.endive.Snapshot.ImportCall;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.HostFrame;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.TrapKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.Instance;
import run.endive.wasm.types.OpCode;

/** A thread on its way into a dump. */
final class DumpedThread {
  private final String name;
  private final Snapshot snapshot;
  private final TrapKind kind;
  private final StackTraceElement[] trace;
  private final FrameLimit limit;
  private final Frames raw;

  /**
   * Looks into a snapshot.
   *
   * @param kind why the thread is not running
   * @param trace its Java stack at the moment of the snapshot, as far as it is known
   */
  DumpedThread(
      Thread thread,
      Snapshot snapshot,
      TrapKind kind,
      StackTraceElement[] trace,
      FrameLimit limit) {
    this.name = thread.getName().isEmpty() ? "thread-" + thread.getId() : thread.getName();
    this.snapshot = snapshot;
    this.kind = kind;
    this.trace = trace;
    this.limit = limit;
    this.raw = snapshot.frames(limit);
  }

  /** Returns the machines that have frames here, and the one that was entered first. */
  Set<CapturingMachine> machines() {
    Set<CapturingMachine> machines = new HashSet<>();
    raw.wasm().forEach(frame -> machines.add(frame.machine));
    machines.add(snapshot.outermost());
    return machines;
  }

  CoreThread decode(FrameDecoders decoders) {
    List<Frame> frames = raw.wasm().stream().map(frame -> decoders.decode(frame, kind)).toList();
    return new CoreThread(name, frames, hostFrames());
  }

  /**
   * Adds to a trap what the youngest frame tells of it.
   *
   * @param frames the thread's, decoded
   */
  Trap detailed(Trap trap, List<Frame> frames, FrameDecoders decoders, DumpState state) {
    boolean isOfFrame = kind != TrapKind.HOST_EXCEPTION && kind != TrapKind.REQUESTED;
    if (frames.isEmpty() || !isOfFrame || !snapshot.isComplete()) {
      return trap;
    }
    RawFrame youngest = raw.wasm().get(0);
    return decoders
        .of(youngest, kind)
        .detailed(trap, youngest, frames.get(0), state.memories(youngest.machine))
        .in(trap.thread(), 0);
  }

  /**
   * Returns the calls of the host's functions; those of other instances have frames of their own.
   */
  private List<HostFrame> hostFrames() {
    List<ImportCall> calls = new ArrayList<>();
    if (kind == TrapKind.HOST_EXCEPTION) {
      // Endive has taken the frame of the function that threw off its stack.
      callThatThrew().ifPresent(calls::add);
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

  private Optional<ImportCall> callThatThrew() {
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

  /** Returns what the thread lacks. */
  List<Note> notes() {
    List<Note> notes = new ArrayList<>();
    if (raw.omitted() > 0) {
      notes.add(
          new Note(
              Note.FRAMES_OMITTED,
              raw.omitted()
                  + " frames are left out after the youngest "
                  + limit.youngest()
                  + ", before the oldest "
                  + limit.oldest()));
    }
    if (kind == TrapKind.CALL_STACK_EXHAUSTED) {
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
    return notes;
  }
}
