package dev.wasmortem.coredump.layout;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.Region;
import dev.wasmortem.wasm.ConstExpr;
import dev.wasmortem.wasm.ConstValue;
import dev.wasmortem.wasm.DataSegment;
import dev.wasmortem.wasm.DataSegments;
import dev.wasmortem.wasm.NameMap;
import dev.wasmortem.wasm.NameSection;
import dev.wasmortem.wasm.WasmModule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the parts of an instance's memory are for, as far as its linker left word of it: data, the
 * stack that compilers keep in memory, the heap, thread-local storage.
 *
 * <p>It is known from the globals that LLVM's linker makes ({@code __stack_pointer}, {@code
 * __stack_low}, {@code __stack_high}, {@code __global_base}, {@code __data_end}, {@code
 * __heap_base}, {@code __heap_end}, {@code __tls_base}, {@code __tls_size}), by an export's name or
 * the name section's, and from the places of the data segments. There are two ways to lay a memory
 * out; the stack grows down in both:
 *
 * <pre>
 * 0 … stack … __stack_pointer at first … data … __data_end … __heap_base … heap   (stack first)
 * 0 … data … __data_end … stack … __stack_pointer at first = __heap_base … heap
 * </pre>
 *
 * <p>What nothing tells is left out. A module without any names may still have its stack pointer
 * found by its looks; the label says so. Nothing here is to be trusted more than the module is.
 */
public final class LinkerRegions {
  /** More data segments than this are one region. */
  private static final int MAX_SEGMENTS = 256;

  /** A stack begins at a multiple of this. */
  private static final long ALIGNMENT = 16;

  private final WasmModule module;
  private final LinkerGlobals globals;

  private LinkerRegions(WasmModule module, LinkerGlobals globals) {
    this.module = module;
    this.globals = globals;
  }

  /** Bytes of a memory. */
  private record Span(long start, long end) {}

  /**
   * Looks at an instance.
   *
   * @throws FormatException if the module's sections cannot be read
   */
  public static LinkerRegions of(WasmModule module, InstanceGlobals values) {
    return new LinkerRegions(module, LinkerGlobals.of(module, values));
  }

  /**
   * Returns the regions of a memory, by ascending addresses.
   *
   * @param memory its index in the module
   * @param dumped its index in the dump
   * @param size in bytes, now
   * @throws FormatException if the module's data section cannot be read
   */
  public List<Region> regions(int memory, int dumped, long size) {
    Collector regions = new Collector(dumped, size);
    List<Span> data = data(memory, regions);
    if (memory == 0) {
      long dataStart = data.stream().mapToLong(Span::start).min().orElse(Long.MAX_VALUE);
      long dataEnd = data.stream().mapToLong(Span::end).max().orElse(0);
      addStackAndHeap(dataStart, dataEnd, size, regions);
    }
    return regions.sorted();
  }

  /**
   * Returns the part of the stack in memory that is in use, from the stack pointer to where it
   * began; empty if it is not known, as for threads other than the first.
   *
   * @param dumped the index of the module's first memory in the dump
   * @param size of that memory in bytes, now
   */
  public List<Region> liveStack(int dumped, long size) {
    Collector live = new Collector(dumped, size);
    OptionalLong pointer = globals.value(LinkerGlobals.STACK_POINTER);
    OptionalLong base = globals.initialValue(LinkerGlobals.STACK_POINTER);
    if (pointer.isPresent() && base.isPresent()) {
      live.add(pointer.getAsLong(), base.getAsLong(), Region.Kind.STACK, usedStackLabel());
    }
    return live.sorted();
  }

  private String usedStackLabel() {
    return globals.isStackPointerGuessed()
        ? "stack in use (the first global looks like a stack pointer)"
        : "stack in use";
  }

  private List<Span> data(int memory, Collector regions) {
    NameMap names = module.names().names(NameSection.Space.DATA);
    List<Span> spans = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    DataSegments segments = module.dataSegments();
    while (segments.hasNext()) {
      DataSegment segment = segments.next();
      OptionalLong start = segment.memory() == memory ? start(segment) : OptionalLong.empty();
      if (start.isPresent() && segment.bytes().size() > 0) {
        spans.add(new Span(start.getAsLong(), start.getAsLong() + segment.bytes().size()));
        labels.add(names.get(segment.index()).orElse("data"));
      }
    }
    if (spans.size() <= MAX_SEGMENTS) {
      for (int i = 0; i < spans.size(); i++) {
        Span span = spans.get(i);
        regions.add(span.start(), span.end(), Region.Kind.DATA, labels.get(i));
      }
    } else {
      long start = spans.stream().mapToLong(Span::start).min().orElse(0);
      long end = spans.stream().mapToLong(Span::end).max().orElse(0);
      regions.add(start, end, Region.Kind.DATA, spans.size() + " data segments");
    }
    return spans;
  }

  private OptionalLong start(DataSegment segment) {
    ConstValue value = segment.offset().flatMap(ConstExpr::value).orElse(null);
    if (value instanceof ConstValue.I32 i32) {
      return OptionalLong.of(Integer.toUnsignedLong(i32.value()));
    }
    if (value instanceof ConstValue.I64 i64) {
      return OptionalLong.of(i64.value());
    }
    return value instanceof ConstValue.GlobalGet get
        ? globals.value(get.global())
        : OptionalLong.empty();
  }

  private void addStackAndHeap(long dataStart, long dataEnd, long size, Collector regions) {
    OptionalLong announcedEnd = globals.value("__data_end");
    long end = Math.max(dataEnd, announcedEnd.orElse(dataEnd));
    if (announcedEnd.isPresent() && dataEnd > 0) {
      regions.add(dataEnd, end, Region.Kind.DATA, "data that was zero at first");
    }
    OptionalLong high = either("__stack_high", globals.initialValue(LinkerGlobals.STACK_POINTER));
    boolean isDataFirst = high.isPresent() && dataEnd > 0 && dataEnd <= high.getAsLong();
    boolean isStackFirst = high.isPresent() && dataStart >= high.getAsLong();
    if (high.isPresent()) {
      addStack(high.getAsLong(), stackLow(isStackFirst, isDataFirst, announcedEnd), regions);
    }
    boolean followsStack = isDataFirst && !globals.isStackPointerGuessed();
    OptionalLong heap = either("__heap_base", followsStack ? high : OptionalLong.empty());
    if (heap.isPresent() && heap.getAsLong() > 0) {
      long heapEnd = globals.value("__heap_end").orElse(size);
      regions.add(
          heap.getAsLong(), heapEnd > heap.getAsLong() ? heapEnd : size, Region.Kind.HEAP, "heap");
    }
    long storage = globals.value("__tls_base").orElse(0);
    long storageSize = globals.value("__tls_size").orElse(0);
    if (storage > 0 && storageSize > 0) {
      regions.add(storage, storage + storageSize, Region.Kind.OTHER, "thread-local storage");
    }
  }

  private OptionalLong either(String name, OptionalLong otherwise) {
    OptionalLong value = globals.value(name);
    return value.isPresent() ? value : otherwise;
  }

  private OptionalLong stackLow(
      boolean isStackFirst, boolean isDataFirst, OptionalLong announcedEnd) {
    OptionalLong derived = OptionalLong.empty();
    if (isStackFirst) {
      derived = OptionalLong.of(0);
    } else if (isDataFirst && announcedEnd.isPresent()) {
      derived = OptionalLong.of((announcedEnd.getAsLong() + ALIGNMENT - 1) & -ALIGNMENT);
    }
    return either("__stack_low", derived);
  }

  private void addStack(long high, OptionalLong low, Collector regions) {
    if (low.isPresent() && !globals.isStackPointerGuessed()) {
      regions.add(low.getAsLong(), high, Region.Kind.STACK, "stack");
      return;
    }
    OptionalLong pointer = globals.value(LinkerGlobals.STACK_POINTER);
    if (pointer.isPresent()) {
      regions.add(pointer.getAsLong(), high, Region.Kind.STACK, usedStackLabel());
    }
  }

  /** Keeps what lies in the memory. */
  private static final class Collector {
    private final int memory;
    private final long size;
    private final List<Region> regions = new ArrayList<>();

    Collector(int memory, long size) {
      this.memory = memory;
      this.size = size;
    }

    void add(long start, long end, Region.Kind kind, String label) {
      long last = Math.min(end, size);
      if (start >= 0 && start < last) {
        regions.add(new Region(memory, new MemoryAddress(start), last - start, kind, label));
      }
    }

    List<Region> sorted() {
      regions.sort(Comparator.comparing(Region::start).thenComparingLong(Region::length));
      return List.copyOf(regions);
    }
  }
}
