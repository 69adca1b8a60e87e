package dev.wasmortem.capture.endive;

import static java.util.Objects.requireNonNull;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.capture.CaptureAttempt;
import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.capture.Crash;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
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
 * <p><b>Lifetimes.</b> The session refers to instances weakly, and reads a module's file only when
 * it writes a dump; it needs no closing. Thread-safe, as far as Endive is: its instances are not,
 * but each thread may run, and crash in, its own.
 */
public final class EndiveCapture {
  private final CaptureOptions options;
  private final ThreadLocal<ThreadStack> threads;
  private final AtomicLong serials = new AtomicLong();

  /** By identity: machines do not define equality. */
  private final Set<CapturingMachine> machines =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private EndiveCapture(CaptureOptions options) {
    // The first crash may be a stack overflow, which is no moment to initialise classes.
    Traps.prepare();
    Snapshot.prepare();
    this.options = options;
    this.threads = ThreadLocal.withInitial(() -> new ThreadStack(this));
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
    return image.mayThrow() ? builder.withUnsafeExecutionListener(listener()) : builder;
  }

  private CapturingMachine machine(Instance instance, ModuleImage image) {
    CapturingMachine machine =
        new CapturingMachine(instance, this, image, serials.getAndIncrement());
    machines.add(machine);
    return machine;
  }

  /**
   * Returns the listener that a builder of this session has if its module throws exceptions:
   * without it a dump of an exception that nobody catches lacks the frames that the exception went
   * through. A program that sets a listener of its own calls this one first.
   */
  public ExecutionListener listener() {
    return this::beforeInstruction;
  }

  private void beforeInstruction(Instruction instruction, MStack stack) {
    OpCode opcode = instruction.opcode();
    if (opcode == OpCode.THROW || opcode == OpCode.THROW_REF) {
      thread().onThrow();
    }
  }

  ThreadStack thread() {
    return threads.get();
  }

  /** Writes a dump; throws {@link StackOverflowError} only. */
  CaptureAttempt write(Snapshot snapshot, Throwable t) {
    Crash crash = crash(snapshot.outermost(), t);
    List<CapturingMachine> known;
    synchronized (machines) {
      known = List.copyOf(machines);
    }
    return CaptureAttempt.write(options, crash, t, new EndiveDump(options, crash, snapshot, known));
  }

  /** Says that there will be no dump. */
  void abandon(CapturingMachine machine, Throwable t, Throwable problem) {
    CaptureAttempt.abandon(options, crash(machine, t), t, problem);
  }

  private Crash crash(CapturingMachine first, Throwable t) {
    String given = first.image().givenName();
    String executable =
        options.executable().orElseGet(() -> given.isEmpty() ? DumpState.moduleName(first) : given);
    return new Crash(executable, Traps.of(t), Instant.now());
  }
}
