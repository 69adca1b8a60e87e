package dev.wasmortem.coredump.read;

import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.Dialect;
import dev.wasmortem.coredump.Dialect.InstanceIndex;
import dev.wasmortem.coredump.Dialect.Integers;
import dev.wasmortem.coredump.Dialect.Layout;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.Producer;
import dev.wasmortem.coredump.SectionNames;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.coredump.extension.Extension;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.types.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds out who wrote a dump, from which sections it has, in which order, and what its frames lack.
 * Neither memories nor globals are read for it.
 *
 * <p>The rules are what the producers' sources do: Wasmtime 10 to 48 ({@code coredump.rs}), xtuc's
 * {@code wasm-coredump-rewriter} ({@code asc-coredump}), WasmEdge 0.14 and later ({@code
 * coredump.cpp}).
 */
public final class ProducerDetector {
  private static final List<String> WASMTIME_ORDER =
      List.of(
          SectionNames.CORE,
          "memory",
          "global",
          "data",
          SectionNames.COREMODULES,
          SectionNames.COREINSTANCES,
          SectionNames.CORESTACK);

  /** As many sections as tell Wasmtime's order from all others. */
  private static final int WASMTIME_TELLING = 4;

  private static final List<String> REWRITER_ORDER =
      List.of(SectionNames.CORESTACK, SectionNames.CORE, "memory", "data");
  private static final List<String> WASMEDGE_ORDER =
      List.of(
          SectionNames.CORE,
          SectionNames.CORESTACK,
          SectionNames.COREMODULES,
          SectionNames.COREINSTANCES,
          "memory",
          "global");
  private static final int WASMEDGE_TELLING = 4;

  private final WasmModule binary;
  private final Dialect dialect;
  private final List<CoreThread> threads;
  private final boolean truncated;
  private final List<String> sections = new ArrayList<>();

  /**
   * @param dialect how frames and modules are written
   * @param threads what was read in that dialect
   */
  public ProducerDetector(
      WasmModule binary, Dialect dialect, List<CoreThread> threads, boolean truncated) {
    this.binary = binary;
    this.dialect = dialect;
    this.threads = threads;
    this.truncated = truncated;
    for (Section section : binary.sections()) {
      sections.add(
          section.id() == SectionId.CUSTOM
              ? section.name()
              : section.id().name().toLowerCase(Locale.ROOT));
    }
    if (truncated && sections.get(sections.size() - 1).isEmpty()) {
      // The file ends in the name.
      sections.remove(sections.size() - 1);
    }
  }

  /** Returns the dialect, with the producer and what speaks for it. */
  public Dialect detect() {
    List<String> ours =
        sections.stream().filter(name -> name.startsWith(Extension.PREFIX)).toList();
    if (!ours.isEmpty()) {
      return by(Producer.WASMORTEM, List.of("it has sections of ours: " + String.join(", ", ours)));
    }
    if (isWasmtime()) {
      return by(
          Producer.WASMTIME,
          List.of(
              "its sections are those of Wasmtime, in Wasmtime's order: "
                  + String.join(", ", sections),
              threads.isEmpty()
                  ? "the end, where the stack stands, is missing"
                  : "one thread, main, none of whose frames has locals or operands"));
    }
    if (isRewriter()) {
      List<String> because = new ArrayList<>();
      because.add("its sections are those of the rewriter, in its order: " + order());
      because.add("frames have both counts first and no operands; the executable has no name");
      if (liesOverItsMemory(binary)) {
        because.add("the file is as large as the memory: the dump lies over its first bytes");
      }
      return by(Producer.XTUC_REWRITER, because);
    }
    if (isWasmEdge()) {
      return by(
          Producer.WASMEDGE,
          List.of(
              "its sections are those of WasmEdge, in its order: " + order(),
              "frames name no instance, and the list of instances is empty",
              "every value is an i32 of four bytes"));
    }
    return by(Producer.UNKNOWN, List.of("no known producer writes these sections in this order"));
  }

  private Dialect by(Producer producer, List<String> because) {
    return new Dialect(
        dialect.integers(),
        dialect.layout(),
        dialect.instanceIndex(),
        dialect.moduleEntries(),
        dialect.evidence(),
        producer,
        because);
  }

  private String order() {
    return String.join(", ", sections);
  }

  private boolean startsLike(List<String> order, int telling) {
    int count = sections.size();
    return count <= order.size()
        && count >= telling
        && (count >= order.size() || truncated || order.equals(WASMEDGE_ORDER))
        && sections.equals(order.subList(0, count));
  }

  private boolean isWasmtime() {
    return startsLike(WASMTIME_ORDER, WASMTIME_TELLING)
        && dialect.isConvention()
        && isMain()
        && hasNoValues();
  }

  private boolean isMain() {
    return threads.stream().allMatch(thread -> thread.name().equals("main"));
  }

  private boolean hasNoValues() {
    return frames().stream().allMatch(f -> f.locals().isEmpty() && f.stack().isEmpty());
  }

  private List<Frame> frames() {
    return threads.stream().flatMap(thread -> thread.frames().stream()).toList();
  }

  private boolean isRewriter() {
    // The rewriter before instances were invented, too; without values the layouts are the same.
    boolean layout =
        hasNoValues()
            || (dialect.layout() == Layout.COUNTS_FIRST && dialect.integers() == Integers.FIXED)
            || frames().stream().allMatch(f -> hasNoIntegers(f.locals()));
    return startsLike(REWRITER_ORDER, REWRITER_ORDER.size())
        && layout
        && threads.size() == 1
        && isMain()
        && frames().stream().allMatch(frame -> frame.stack().isEmpty());
  }

  private static boolean hasNoIntegers(List<Value> values) {
    return values.stream().noneMatch(v -> v.kind() == Value.Kind.I32 || v.kind() == Value.Kind.I64);
  }

  private boolean isWasmEdge() {
    return startsLike(WASMEDGE_ORDER, WASMEDGE_TELLING)
        && dialect.instanceIndex() == InstanceIndex.ABSENT
        && isEmptyVector(SectionNames.COREINSTANCES)
        && threads.size() == 1
        && isMain()
        && frames().stream().allMatch(f -> onlyI32(f.locals()) && onlyI32(f.stack()));
  }

  private static boolean onlyI32(List<Value> values) {
    return values.stream().allMatch(v -> v.kind() == Value.Kind.I32);
  }

  private boolean isEmptyVector(String name) {
    return binary.customSections(name).stream()
        .allMatch(section -> section.payload().size() == 1 && section.payload().u8(0) == 0);
  }

  /**
   * Returns whether a file is an image of the memory over whose first bytes the dump was written:
   * so the rewriter's code, which runs inside the program, does it.
   */
  public static boolean liesOverItsMemory(WasmModule binary) {
    List<MemoryType> types = binary.memoryTypes();
    return types.size() == 1
        && SparseMemory.possibleSize(types.get(0)) == binary.source().size()
        && types.get(0).limits().min() == 0;
  }
}
