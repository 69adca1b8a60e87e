package dev.wasmortem.capture.endive;

import java.util.Arrays;
import java.util.Deque;
import run.endive.runtime.CallResult;
import run.endive.runtime.Instance;
import run.endive.runtime.InterpreterMachine;
import run.endive.runtime.MStack;
import run.endive.runtime.StackFrame;

/**
 * The interpreter of one instance, which lets the session see every entry from the host and every
 * exception that leaves a function.
 *
 * <p>Endive's machine has one deque of frames and one operand stack, in which a call within the
 * instance nests as Java calls: {@code call}, {@code eval}, {@code call}, … The Java nesting and
 * the deque are not one, however: tail calls replace the deque's top within one {@code eval}, and
 * an exception that is caught pops frames and goes on in the {@code eval} of the thrower. So all
 * that is noted here is noted by depth in the deque.
 */
final class CapturingMachine extends InterpreterMachine {
  private static final int INITIAL_DEPTH = 64;
  private static final StackFrame[] NO_FRAMES = {};

  private final EndiveCapture session;
  private final ModuleImage image;
  private final long serial;

  /**
   * The size of the operand stack when the function at a depth was entered; depths count from 1.
   */
  private int[] bases = new int[INITIAL_DEPTH];

  /** Called in the middle of the instance's constructor: only the reference is of use. */
  CapturingMachine(Instance instance, EndiveCapture session, ModuleImage image, long serial) {
    super(instance);
    this.session = session;
    this.image = image;
    this.serial = serial;
  }

  Instance wasm() {
    return instance();
  }

  EndiveCapture session() {
    return session;
  }

  ModuleImage image() {
    return image;
  }

  /** Returns the number of instances that the session had before. */
  long serial() {
    return serial;
  }

  int depth() {
    return callStack.size();
  }

  /** Returns the frames, the youngest first. */
  StackFrame[] frames() {
    return callStack.toArray(NO_FRAMES);
  }

  MStack operands() {
    return stack();
  }

  int[] bases() {
    return bases;
  }

  @Override
  public long[] call(int function, long[] arguments) {
    ThreadStack thread = session.thread();
    Activation activation = thread.enter(this);
    try {
      return super.call(function, arguments);
    } catch (Throwable t) {
      thread.escaping(activation, t);
      throw t;
    } finally {
      thread.leave(activation);
    }
  }

  @Override
  public CallResult callWithRefs(int function, long[] arguments, Object[] references) {
    ThreadStack thread = session.thread();
    Activation activation = thread.enter(this);
    try {
      return super.callWithRefs(function, arguments, references);
    } catch (Throwable t) {
      thread.escaping(activation, t);
      throw t;
    } finally {
      thread.leave(activation);
    }
  }

  @Override
  protected void eval(MStack stack, Instance instance, Deque<StackFrame> frames) {
    int depth = frames.size();
    if (depth >= bases.length) {
      bases = Arrays.copyOf(bases, 2 * depth);
    }
    bases[depth] = stack.size();
    if (session.requests().waiting()) {
      session.thread().atEntry();
    }
    try {
      super.eval(stack, instance, frames);
    } catch (Throwable t) {
      failed(t, depth);
      throw t;
    }
  }

  private void failed(Throwable t, int depth) {
    try {
      session.thread().failed(this, depth, t);
    } catch (Throwable ours) {
      // Mostly a stack overflow in the wake of the guest's: the next function up tries again.
      return;
    }
  }
}
