package dev.wasmortem.capture.endive;

import static java.util.Objects.requireNonNull;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.capture.CaptureAttempt;
import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.capture.CapturedDump;
import dev.wasmortem.capture.Crash;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.TrapKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ExecutionListener;
import run.endive.runtime.Instance;
import run.endive.runtime.MStack;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.OpCode;

/**
 * Writes a core dump when a program that runs on Endive's interpreter dies. A session: all
 * instances that are built through it, and are linked with those on the stack, appear together in a
 * dump.
 *
 * <p>{@link #builder(Path)} and its sisters take the place of {@code Instance.builder}. A builder
 * comes with a machine factory, and for modules that throw WebAssembly exceptions with an execution
 * listener; a program that sets its own listener calls {@link #listener} from it. Without a trap
 * there is next to no cost; a listener costs some percent.
 *
 * <p><b>What counts as a crash.</b> A trap, a stack overflow, a WebAssembly exception that nobody
 * catches, an exception of a host function, an interrupt of the thread ({@code
 * WasmInterruptedException}), when it leaves the outermost call into the session's instances, and a
 * trap of a start function. Not an exit by WASI's {@code proc_exit}. What a host function catches
 * on the way leaves no dump; the dump of what leaves was taken when it happened, before any host
 * code could react (after a stack overflow, perhaps a host function or two further up). One thing
 * is otherwise: of a WebAssembly exception the frames are taken when it is thrown and memories and
 * globals when it leaves, since programs throw and catch all the time.
 *
 * <p><b>What the program sees.</b> The same exceptions as without, after the dump is written. A
 * capture that fails changes nothing; the {@link dev.wasmortem.capture.CaptureListener} hears of
 * it.
 *
 * <p><b>Other threads.</b> A program of several threads has an instance for each, which share a
 * memory. All these instances are in a dump, but frames of the thread that died only, unless {@link
 * CaptureOptions.Builder#waitForThreads} is set: then the others are held while the dump is
 * written, at the places that {@link #requestDump} knows. A note names those that did not come.
 *
 * <p><b>Lifetimes.</b> The session refers to instances weakly, and reads a module's file only when
 * it writes a dump; it needs no closing. Thread-safe, as far as Endive is: its instances are not,
 * but each thread may run, and crash in, its own.
 */
public final class EndiveCapture {
  private final CaptureOptions options;
  private final ThreadLocal<ThreadStack> threads;
  private final DumpRequests requests = new DumpRequests();
  private final AtomicLong serials = new AtomicLong();

  /** By identity: machines do not define equality. */
  private final Set<CapturingMachine> machines =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** Each is held by its thread. */
  private final Set<ThreadStack> stacks =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private EndiveCapture(CaptureOptions options) {
    // The first crash may be a stack overflow, which is no moment to initialise classes.
    Traps.prepare();
    Snapshot.prepare();
    this.options = options;
    this.threads = ThreadLocal.withInitial(this::newStack);
  }

  /** Starts a session. */
  public static EndiveCapture create(CaptureOptions options) {
    return new EndiveCapture(requireNonNull(options));
  }

  /**
   * Parses a module and starts building an instance: {@code capture.builder(file)} instead of
   * {@code Instance.builder(Parser.parse(file))}. The file is opened again for a dump, to place and
   * type what is on the stack; if it is another by then, the dump says so and does without.
   */
  public Instance.Builder builder(Path file) {
    return builder(Parser.parse(file), file);
  }

  /** Starts building an instance of a module that was parsed from a file. */
  public Instance.Builder builder(WasmModule module, Path file) {
    Path name = file.getFileName();
    return builder(module, name == null ? "" : name.toString(), () -> ByteSource.open(file));
  }

  /**
   * Starts building an instance of a module that was parsed from bytes.
   *
   * @param bytes the module's bytes, whose name stands for the module's if it has none of its own;
   *     not closed
   */
  public Instance.Builder builder(WasmModule module, ByteSource bytes) {
    // A slice does not own its source: closing it is nothing.
    return builder(module, bytes.name(), () -> bytes.slice(0, bytes.size()));
  }

  /**
   * Starts building an instance of a module whose bytes are not at hand. Dumps then lack the
   * offsets in its functions and the operands on their stacks.
   *
   * @param name what a dump calls the module if it has no name of its own
   */
  public Instance.Builder builder(WasmModule module, String name) {
    return builder(module, name, null);
  }

  private Instance.Builder builder(
      WasmModule module, String name, ModuleImage.@Nullable Bytes bytes) {
    ModuleImage image = ModuleImage.of(module, name, bytes);
    Instance.Builder builder =
        Instance.builder(module).withMachineFactory(instance -> machine(instance, image));
    return image.mayThrow() ? builder.withUnsafeExecutionListener(this::noteThrow) : builder;
  }

  private CapturingMachine machine(Instance instance, ModuleImage image) {
    CapturingMachine machine =
        new CapturingMachine(instance, this, image, serials.getAndIncrement());
    machines.add(machine);
    return machine;
  }

  /**
   * Returns a listener that lets {@link #requestDump} find a place at every instruction. It does
   * the work, too, of the one that a builder of this session has if its module throws exceptions,
   * without which a dump of an exception that nobody catches lacks the frames that the exception
   * went through: a program that sets a listener of its own calls this one first.
   */
  public ExecutionListener listener() {
    return (instruction, stack) -> {
      if (requests.waiting()) {
        thread().atInstruction();
      }
      noteThrow(instruction, stack);
    };
  }

  private void noteThrow(Instruction instruction, MStack stack) {
    OpCode opcode = instruction.opcode();
    if (opcode == OpCode.THROW || opcode == OpCode.THROW_REF) {
      thread().onThrow();
    }
  }

  // -- Dumps without a crash

  /**
   * Writes a dump now, of a program that goes on: for host functions. If the calling thread is
   * inside the session's instances, its frames are in the dump; otherwise the dump has no thread,
   * and shows the instance as it is between calls. The instance must not be running on another
   * thread; see {@link #requestDump} for that.
   *
   * @param instance one that belongs into the dump, as the host function's own; those on the
   *     thread's stack, and those linked with them, are there anyway
   * @param reason what the dump says of itself, for people
   * @return the dump; empty if it failed, of which the listener has heard
   * @throws IllegalArgumentException if the instance was not built through this session
   */
  public Optional<CapturedDump> dumpNow(Instance instance, String reason) {
    CapturingMachine machine = machine(instance);
    Activation top = thread().top();
    Snapshot snapshot =
        top == null ? Snapshot.idle(machine) : Snapshot.now(top, RawFrame.Moment.BEFORE);
    CaptureAttempt attempt = write(snapshot, machine, reason);
    return attempt.commit();
  }

  /**
   * Asks for a dump of an instance that another thread is running; that thread writes it at the
   * next place where it can and goes on.
   *
   * <p>Where it can: when a function of one of the session's instances is entered; on a thread made
   * by {@link #newThread} at each branch of a loop, too; on any thread at each instruction of an
   * instance whose builder was given the {@link #listener}, which costs time always. A loop without
   * calls on another thread, and a host function that does not return, put the dump off for as long
   * as they take. If nobody runs the instance, the dump is written when somebody does. A request
   * that took too long may be cancelled.
   *
   * @return what will be the dump, or the reason why there is none. Its dependent stages run on the
   *     guest's thread if they are not asynchronous, and hold it up
   * @throws IllegalArgumentException if the instance was not built through this session
   */
  public CompletableFuture<CapturedDump> requestDump(Instance instance, String reason) {
    machine(instance);
    return requests.add(instance, reason).result;
  }

  /**
   * Returns a new thread on which {@link #requestDump} finds a place in every loop. It is no daemon
   * and not started.
   *
   * @param stackSize in bytes, 0 for the default
   */
  public Thread newThread(Runnable program, String name, long stackSize) {
    return new GuestThread(this, program, name, stackSize);
  }

  private CapturingMachine machine(Instance instance) {
    if (instance.getMachine() instanceof CapturingMachine machine && machine.session() == this) {
      return machine;
    }
    throw new IllegalArgumentException("the instance was not built through this capture");
  }

  /** Serves a request; false if there is no room for it here. */
  boolean serve(DumpRequests.Request request, Activation top, RawFrame.Moment moment) {
    try {
      Snapshot snapshot = Snapshot.now(top, moment);
      CaptureAttempt attempt = write(snapshot, machine(request.instance), request.reason);
      attempt.commit().ifPresent(request.result::complete);
      attempt.problem().ifPresent(request.result::completeExceptionally);
    } catch (StackOverflowError e) {
      requests.putBack(request);
      return false;
    } catch (Throwable problem) {
      request.result.completeExceptionally(problem);
    }
    return true;
  }

  private CaptureAttempt write(Snapshot snapshot, CapturingMachine machine, String reason) {
    Crash crash = crash(snapshot.outermost(), new Trap(TrapKind.REQUESTED, reason, 0));
    StackTraceElement[] trace = new Throwable().getStackTrace();
    return CaptureAttempt.write(
        options, crash, null, new EndiveDump(options, crash, snapshot, known(), machine, trace));
  }

  private ThreadStack newStack() {
    ThreadStack stack = new ThreadStack(this);
    stacks.add(stack);
    return stack;
  }

  /** Returns the threads that have been inside the session's instances and still live. */
  List<ThreadStack> stacks() {
    synchronized (stacks) {
      return List.copyOf(stacks);
    }
  }

  DumpRequests requests() {
    return requests;
  }

  ThreadStack thread() {
    return threads.get();
  }

  /**
   * Writes a dump; throws {@link StackOverflowError} only.
   *
   * @param first what the snapshot was taken for
   * @param t what it has become since
   */
  CaptureAttempt write(Snapshot snapshot, Throwable first, Throwable t) {
    CapturingMachine outermost = snapshot.outermost();
    Crash crash = crash(outermost, Traps.of(first, t));
    EndiveDump content =
        new EndiveDump(options, crash, snapshot, known(), outermost, first.getStackTrace());
    return CaptureAttempt.write(options, crash, t, content);
  }

  private List<CapturingMachine> known() {
    synchronized (machines) {
      return List.copyOf(machines);
    }
  }

  /** Says that there will be no dump. */
  void abandon(CapturingMachine machine, Throwable t, Throwable problem) {
    CaptureAttempt.abandon(options, crash(machine, Traps.of(t, t)), t, problem);
  }

  private Crash crash(CapturingMachine first, Trap trap) {
    String given = first.image().givenName();
    String executable =
        options.executable().orElseGet(() -> given.isEmpty() ? DumpState.moduleName(first) : given);
    return new Crash(executable, trap, Instant.now());
  }
}
