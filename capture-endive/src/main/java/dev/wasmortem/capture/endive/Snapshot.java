package dev.wasmortem.capture.endive;

import dev.wasmortem.capture.FrameLimit;
import dev.wasmortem.capture.endive.RawFrame.Moment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.MStack;
import run.endive.runtime.StackFrame;
import run.endive.wasm.types.OpCode;

/**
 * The frames of a thread, taken in a moment: references to Endive's own frames, which no unwinding
 * changes, but for the exception that {@link #atThrow} is for. Taking one needs little stack; it is
 * looked into later.
 */
final class Snapshot {
  /** Null for an instance that is not running. */
  private final @Nullable Activation top;

  private final CapturingMachine outermost;
  private final Map<CapturingMachine, State> states;

  /** Program counters that the exception will have changed until they are looked at. */
  private final IdentityHashMap<StackFrame, Integer> counters;

  private final Moment moment;
  private final boolean complete;

  /** What a machine holds; frames from the youngest, so depth 1 is the last. */
  private static final class State {
    final StackFrame[] frames;
    final long[] slots;
    final @Nullable Object @Nullable [] references;
    final int size;
    final int[] bases;

    State(
        StackFrame[] frames,
        long[] slots,
        @Nullable Object @Nullable [] references,
        int size,
        int[] bases) {
      this.frames = frames;
      this.slots = slots;
      this.references = references;
      this.size = size;
      this.bases = bases;
    }

    static State of(CapturingMachine machine) {
      MStack operands = machine.operands();
      return new State(
          machine.frames(),
          operands.array(),
          operands.refArray(),
          operands.size(),
          machine.bases());
    }

    State of(StackFrame[] others) {
      return new State(others, slots, references, size, bases);
    }

    State copy() {
      return new State(
          frames,
          slots.clone(),
          references == null ? null : references.clone(),
          size,
          bases.clone());
    }

    /** Returns the frame at a depth; 1 is the oldest. */
    StackFrame frame(int depth) {
      return frames[frames.length - depth];
    }
  }

  private Snapshot(
      @Nullable Activation top,
      CapturingMachine outermost,
      Map<CapturingMachine, State> states,
      IdentityHashMap<StackFrame, Integer> counters,
      Moment moment,
      boolean complete) {
    this.top = top;
    this.outermost = outermost;
    this.states = states;
    this.counters = counters;
    this.moment = moment;
    this.complete = complete;
  }

  /** Has the class, and those that taking a snapshot needs, ready. */
  static void prepare() {
    State nothing = new State(new StackFrame[0], new long[0], null, 0, new int[0]);
    if (nothing.size != 0 || Moment.DURING == Moment.CALLING) {
      throw new IllegalStateException();
    }
  }

  /**
   * Takes the thread's frames when an exception leaves the youngest function.
   *
   * @param depth at which that function was entered; an overflow may have left a dead frame above
   */
  static Snapshot take(Activation top, CapturingMachine machine, int depth) {
    Map<CapturingMachine, State> states = states(top);
    State youngest = states.get(machine);
    if (youngest != null && youngest.frames.length > depth) {
      int dead = youngest.frames.length - depth;
      StackFrame[] alive = Arrays.copyOfRange(youngest.frames, dead, youngest.frames.length);
      states.put(machine, youngest.of(alive));
    }
    boolean complete = youngest != null && youngest.frames.length >= depth;
    return new Snapshot(
        top, outermost(top), states, new IdentityHashMap<>(), Moment.DURING, complete);
  }

  /**
   * Takes the thread's frames before a {@code throw} or {@code throw_ref}. An exception that nobody
   * catches empties the deques before Java sees it, and moves the program counter of each frame
   * that is inside a {@code try_table} to that.
   *
   * @param catching whether a frame's function has a {@code try_table}, as far as it is known
   */
  static Snapshot atThrow(Activation top, IdentityHashMap<StackFrame, Boolean> catching) {
    Map<CapturingMachine, State> states = states(top);
    IdentityHashMap<StackFrame, Integer> counters = new IdentityHashMap<>();
    states.forEach(
        (machine, state) -> {
          if (machine.image().mayCatch()) {
            for (StackFrame frame : state.frames) {
              Boolean catches =
                  catching.computeIfAbsent(
                      frame, key -> catches(machine, SlotText.of(key).function()));
              if (catches) {
                counters.put(frame, SlotText.of(frame).pc());
              }
            }
          }
        });
    return new Snapshot(top, outermost(top), states, counters, Moment.BEFORE, true);
  }

  private static boolean catches(CapturingMachine machine, int function) {
    return machine.image().mayCatch()
        && function >= machine.wasm().imports().functionCount()
        && machine.wasm().function(function).instructions().stream()
            .anyMatch(instruction -> instruction.opcode() == OpCode.TRY_TABLE);
  }

  private static Map<CapturingMachine, State> states(Activation top) {
    Map<CapturingMachine, State> states = new HashMap<>();
    for (Activation a = top; a != null; a = a.outer()) {
      if (!states.containsKey(a.machine())) {
        states.put(a.machine(), State.of(a.machine()));
      }
    }
    return states;
  }

  /**
   * Takes the thread's frames while no exception is under way.
   *
   * @param moment of the youngest frame, if that is of a Wasm function and not of the host's
   */
  static Snapshot now(Activation top, Moment moment) {
    Map<CapturingMachine, State> states = states(top);
    return new Snapshot(
        top,
        outermost(top),
        states,
        new IdentityHashMap<>(),
        isInHost(top, states) ? Moment.CALLING : moment,
        true);
  }

  /** Makes one without frames, of an instance that no thread is inside. */
  static Snapshot idle(CapturingMachine machine) {
    return new Snapshot(
        null, machine, new HashMap<>(), new IdentityHashMap<>(), Moment.BEFORE, true);
  }

  /** Returns whether a thread executes a host function, or is about to enter or leave its first. */
  static boolean isInHost(Activation top) {
    return isInHost(top, states(top));
  }

  private static boolean isInHost(Activation top, Map<CapturingMachine, State> states) {
    for (Activation a = top; a != null; a = a.outer()) {
      State state = states.get(a.machine());
      if (state != null && state.frames.length > a.depth()) {
        int function = SlotText.of(state.frames[0]).function();
        return function < a.machine().wasm().imports().functionCount();
      }
    }
    return true;
  }

  /** Returns the same with copies of the operands, to be looked into after more code has run. */
  Snapshot frozen() {
    Map<CapturingMachine, State> copies = new HashMap<>();
    states.forEach((machine, state) -> copies.put(machine, state.copy()));
    return new Snapshot(top, outermost, copies, counters, moment, complete);
  }

  /**
   * Returns whether the youngest frames are there: an exception that was not seen when it was
   * thrown has emptied the deque on its way.
   */
  boolean isComplete() {
    return complete;
  }

  /** Returns the machine that was entered first. */
  CapturingMachine outermost() {
    return outermost;
  }

  /** Returns whether a thread was inside the instances. */
  boolean isRunning() {
    return top != null;
  }

  private static CapturingMachine outermost(Activation top) {
    Activation outermost = top;
    for (Activation a = top; a != null; a = a.outer()) {
      outermost = a;
    }
    return outermost.machine();
  }

  /**
   * Returns the frames of Wasm functions, the youngest first, and the calls of imports between
   * them.
   *
   * @param limit how many to keep; calls of imports count
   */
  Frames frames(FrameLimit limit) {
    return new Walk(limit).frames();
  }

  /**
   * What a stack holds, the youngest first.
   *
   * @param wasm the frames of Wasm functions
   * @param imports the calls of imports among them
   * @param omitted how many of both are left out because they are too many
   */
  record Frames(List<RawFrame> wasm, List<ImportCall> imports, int omitted) {}

  /**
   * A call of an import: a host function's, or another instance's.
   *
   * @param machine whose import it is
   * @param function the function's index
   * @param position how many of the frames kept are younger
   */
  record ImportCall(CapturingMachine machine, int function, int position) {}

  /** Returns the operand slots and frames of one machine that are still to be walked. */
  private static final class Rest {
    int depth;
    int operands;

    /** Whether the last frame passed was not looked at, so that {@link #operands} is unknown. */
    boolean skipped;

    Rest(State state) {
      depth = state.frames.length;
      operands = state.size;
    }
  }

  private final class Walk {
    final FrameLimit limit;
    final int total;
    final Map<CapturingMachine, Rest> rests = new HashMap<>();
    final List<RawFrame> frames = new ArrayList<>();
    final List<ImportCall> imports = new ArrayList<>();

    Walk(FrameLimit limit) {
      this.limit = limit;
      int count = 0;
      Map<CapturingMachine, Integer> upper = new HashMap<>();
      for (Activation a = top; a != null; a = a.outer()) {
        int from = upper.getOrDefault(a.machine(), state(a).frames.length);
        count += Math.max(0, from - a.depth());
        upper.put(a.machine(), Math.min(from, a.depth()));
      }
      this.total = count;
    }

    private State state(Activation a) {
      State state = states.get(a.machine());
      if (state == null) {
        throw new IllegalStateException("a machine that was not on the stack");
      }
      return state;
    }

    Frames frames() {
      int position = 0;
      long firstOldest = (long) total - limit.oldest();
      for (Activation a = top; a != null; a = a.outer()) {
        State state = state(a);
        Rest rest = rests.computeIfAbsent(a.machine(), machine -> new Rest(state));
        for (; rest.depth > a.depth(); rest.depth--) {
          if (position < limit.youngest() || position >= firstOldest) {
            add(a.machine(), state, rest);
          } else {
            rest.skipped = true;
          }
          position++;
        }
      }
      return new Frames(frames, imports, limit.omitted(total));
    }

    private void add(CapturingMachine machine, State state, Rest rest) {
      StackFrame frame = state.frame(rest.depth);
      SlotText text = SlotText.of(frame);
      int function = text.function();
      if (function < machine.wasm().imports().functionCount()) {
        imports.add(new ImportCall(machine, function, frames.size()));
        return;
      }
      if (rest.skipped) {
        rest.operands = operandsBelowSkipped(machine, state, rest.depth);
        rest.skipped = false;
      }
      int base = Math.min(state.bases[rest.depth], rest.operands);
      Integer counter = counters.get(frame);
      frames.add(
          new RawFrame(
              machine,
              function,
              (counter == null ? text.pc() : counter) - 1,
              text.locals(),
              new RawFrame.Operands(
                  state.slots,
                  state.references,
                  base,
                  rest.operands,
                  frames.isEmpty() ? moment : Moment.CALLING)));
      rest.operands = base;
    }

    /** A frame's operands end where those of the Wasm frame above begin. */
    private int operandsBelowSkipped(CapturingMachine machine, State state, int depth) {
      for (int above = depth + 1; above <= state.frames.length; above++) {
        int function = SlotText.of(state.frame(above)).function();
        if (function >= machine.wasm().imports().functionCount()) {
          return state.bases[above];
        }
      }
      return state.size;
    }
  }
}
