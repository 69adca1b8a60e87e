package dev.wasmortem.coredump.edit;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.CodeOffsets;
import dev.wasmortem.coredump.CodeOffsets.Certainty;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.DumpEdit;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.MemoryFault;
import dev.wasmortem.coredump.Placeholders;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.coredump.WriterOptions;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Repairs a dump: what the reader understood of it is written as the convention has it. Most
 * deviations are gone by that alone; beyond it
 *
 * <ul>
 *   <li>an instance's memories and globals that are not in the dump become ones that were not
 *       dumped, as do shared memories that its list leaves out (with the module),
 *   <li>a thread, frame or memory that the trap names and that is not in the dump becomes one that
 *       is not known,
 *   <li>locals that are not there are written as missing (with the module), as are numbers that
 *       stand for values that were not captured,
 *   <li>code offsets are counted from the body's start (with the module).
 * </ul>
 *
 * Nothing is made up: what was lost stays lost, and what {@code LintRule} calls not repairable
 * stays as it is.
 */
public final class DumpFix implements DumpEdit {
  /** More locals than engines take are not made, whatever a module says. */
  private static final int MOST_LOCALS = 50_000;

  private final Coredump dump;
  private final Map<Integer, WasmModule> modules;
  private final CodeOffsets offsets;

  private DumpFix(Coredump dump, Map<Integer, WasmModule> modules) {
    this.dump = dump;
    this.modules = modules;
    this.offsets = CodeOffsets.of(dump, modules);
  }

  /**
   * Returns a writer of the repaired dump.
   *
   * @param dump the dump, salvaged if it is damaged
   * @param modules its modules as far as they are known, by their index in the dump
   */
  public static CoredumpWriter of(Coredump dump, Map<Integer, WasmModule> modules) {
    return CoredumpWriter.copyOf(dump, WriterOptions.DEFAULT, new DumpFix(dump, modules));
  }

  @Override
  public List<CoreInstance> instances(List<CoreInstance> instances) {
    return instances.stream().map(this::instance).toList();
  }

  private CoreInstance instance(CoreInstance instance) {
    return new CoreInstance(
        instance.module(),
        existing(memories(instance), dump.memories().size()),
        existing(instance.globals(), dump.globals().size()),
        instance.tables());
  }

  /** Wasmtime drops shared memories, which shifts those after them. */
  private List<Integer> memories(CoreInstance instance) {
    WasmModule module = modules.get(instance.module());
    try {
      return module == null ? instance.memories() : instance.memoriesOf(module.memoryTypes());
    } catch (FormatException e) {
      return instance.memories();
    }
  }

  private static List<Integer> existing(List<Integer> indices, int count) {
    return indices.stream().map(index -> index < count ? index : CoreInstance.NOT_DUMPED).toList();
  }

  @Override
  public List<CoreThread> threads(List<CoreThread> threads) {
    return threads.stream().map(this::thread).toList();
  }

  private CoreThread thread(CoreThread thread) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < thread.frames().size(); i++) {
      frames.add(frame(thread.frames(), i));
    }
    return new CoreThread(thread.name(), frames, thread.hostFrames());
  }

  /** Where and on what memory it trapped is not known if the dump does not have it. */
  @Override
  public @Nullable Trap trap(@Nullable Trap trap) {
    if (trap == null) {
      return null;
    }
    List<CoreThread> threads = dump.threads();
    Trap known = trap;
    if (trap.thread() >= threads.size()) {
      known = trap.in(Trap.NO_THREAD, Trap.NO_FRAME);
    } else if (trap.thread() != Trap.NO_THREAD
        && trap.frame() >= threads.get(trap.thread()).frames().size()) {
      known = trap.in(trap.thread(), Trap.NO_FRAME);
    }
    MemoryFault fault = trap.memoryFault().orElse(null);
    return fault != null && fault.memory() >= dump.memories().size()
        ? known.at(new MemoryFault(CoreInstance.NOT_DUMPED, fault.address()))
        : known;
  }

  private Frame frame(List<Frame> frames, int index) {
    Frame frame = frames.get(index);
    Frame known = Placeholders.removed(frame, Placeholders.count(dump.dialect(), frame, index));
    CodeOffsets.Place place = offsets.place(frames, index);
    // An offset that no origin explains is kept: it may tell somebody something.
    BodyOffset offset =
        place.certainty() == Certainty.RECOVERED ? place.offset() : frame.codeOffset();
    return new Frame(known.instance(), known.function(), offset, locals(known), known.stack());
  }

  private List<Value> locals(Frame frame) {
    if (!frame.locals().isEmpty()) {
      return frame.locals();
    }
    try {
      Optional<FunctionBody> body = CodeOffsets.bodyOf(dump, modules, frame);
      long count = body.isEmpty() ? 0 : body.get().locals().count();
      return count <= MOST_LOCALS
          ? Collections.nCopies((int) count, Value.MISSING)
          : frame.locals();
    } catch (FormatException e) {
      return frame.locals();
    }
  }
}
