package dev.wasmortem.coredump;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import dev.wasmortem.coredump.Dialect.ModuleEntries;
import dev.wasmortem.coredump.extension.ModuleBytesSection;
import dev.wasmortem.coredump.read.DialectDetector;
import dev.wasmortem.coredump.read.ExtensionReader;
import dev.wasmortem.coredump.read.Findings;
import dev.wasmortem.coredump.read.Findings.Mode;
import dev.wasmortem.coredump.read.HeaderReader;
import dev.wasmortem.coredump.read.MemoryContent;
import dev.wasmortem.coredump.read.MemoryReader;
import dev.wasmortem.coredump.read.ModuleList;
import dev.wasmortem.coredump.read.ProducerDetector;
import dev.wasmortem.coredump.read.SegmentReader;
import dev.wasmortem.coredump.read.SparseMemory;
import dev.wasmortem.wasm.ConstValue;
import dev.wasmortem.wasm.Global;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.SectionId;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.types.MemoryType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A core dump. Opening reads the headers of the sections only; stacks are decoded when the threads
 * are first asked for, and the Data section is not walked until a memory is read.
 *
 * <p>A dump is a WebAssembly binary that is never instantiated (tool-conventions, {@code
 * Coredump.md}):
 *
 * <pre>
 * custom section core           process       once
 * custom section coremodules    modules       once
 * custom section coreinstances  instances     once
 * custom section corestack      a thread      once per thread
 * Memory and Data sections      memories
 * Global section                globals
 * custom sections wasmortem.*   what the convention cannot say: ours, docs/FORMAT.md
 * </pre>
 *
 * <p>Sections may stand in any order. Of a dump that was {@linkplain #read strictly read}, every
 * method may throw {@link FormatException} when it meets what is malformed; of a {@linkplain
 * #salvage salvaged} one they give what is whole and report the rest. Indices from one part to
 * another are not checked. Immutable and thread-safe.
 */
public final class Coredump {
  private final WasmModule binary;
  private final Findings findings;

  /** The section that the file ends in, null if the file is whole. */
  private final @Nullable Section clipped;

  private final boolean truncated;
  private final Lazy<Optional<String>> executableName;
  private final Lazy<ModuleList> moduleList;
  private final Lazy<List<CoreModule>> modules;
  private final Lazy<List<CoreInstance>> instances;
  private final Lazy<DialectDetector.Outcome> stacks;
  private final Lazy<Dialect> dialect;
  private final Lazy<List<CoreMemory>> memories;
  private final Lazy<List<CoreGlobal>> globals;
  private final Lazy<List<CoreThread>> threads;
  private final Lazy<Optional<Trap>> trap;
  private final Lazy<Optional<ProcessInfo>> process;
  private final Lazy<List<CoreTable>> tables;
  private final Lazy<List<Region>> regions;
  private final Lazy<List<Note>> notes;
  private final Lazy<Map<Integer, ModuleBytesSection.Packed>> moduleBytes;
  private final ExtensionReader extensions;

  private Coredump(WasmModule binary, Findings findings) {
    this.binary = binary;
    this.findings = findings;
    List<Section> sections = binary.sections();
    Section last = sections.get(sections.size() - 1);
    boolean clips = findings.found().stream().anyMatch(d -> d.code().equals("section-truncated"));
    this.clipped = clips ? last : null;
    this.truncated =
        clips
            || last.bytes().origin().value() + last.bytes().size()
                < source().origin().value() + source().size();
    HeaderReader header = new HeaderReader(binary, findings);
    this.executableName = new Lazy<>(header::executableName);
    this.extensions = new ExtensionReader(binary, findings);
    this.moduleList = new Lazy<>(() -> readModules(header));
    this.modules = new Lazy<>(() -> extensions.identified(moduleList.get()));
    this.instances = new Lazy<>(() -> extensions.withTables(readInstances(header)));
    this.stacks = new Lazy<>(this::readStacks);
    this.dialect = new Lazy<>(this::readDialect);
    this.threads = new Lazy<>(() -> extensions.completed(stacks.get().threads()));
    this.memories = new Lazy<>(this::readMemories);
    this.globals = new Lazy<>(() -> extensions.completedGlobals(readGlobals()));
    this.trap = new Lazy<>(extensions::trap);
    this.process = new Lazy<>(extensions::process);
    this.tables = new Lazy<>(extensions::tables);
    this.regions = new Lazy<>(extensions::regions);
    this.notes = new Lazy<>(extensions::notes);
    this.moduleBytes = new Lazy<>(extensions::moduleBytes);
    reportRepeatedSections();
  }

  /** Of the sections that hold memories and globals the first of each kind counts. */
  private void reportRepeatedSections() {
    Set<SectionId> seen = EnumSet.noneOf(SectionId.class);
    for (Section section : binary.sections()) {
      if (section.id() != SectionId.CUSTOM && !seen.add(section.id())) {
        String name = section.id().name().toLowerCase(Locale.ROOT);
        findings.report(
            new Diagnostic(
                "duplicate-section",
                section.bytes().at(0, name),
                "another section " + name + "; the first counts"));
      }
    }
  }

  /**
   * Opens a whole dump.
   *
   * @throws FormatException if it is no WebAssembly binary, not a core dump, or its sections run
   *     past the end
   */
  public static Coredump read(ByteSource source) {
    WasmModule binary = WasmModule.read(source);
    if (!isCoredump(binary)) {
      throw notACoredump(source);
    }
    return new Coredump(binary, new Findings(Mode.STRICT, Diagnostic.Sink.IGNORE));
  }

  /**
   * Opens what is there of a damaged dump. A whole one is read as {@link #read} reads it.
   *
   * @param sink takes what is wrong, now and, on whatever thread asks, when more is read
   * @throws FormatException if it is no WebAssembly binary, or nothing in it tells that it is a
   *     core dump
   */
  public static Coredump salvage(ByteSource source, Diagnostic.Sink sink) {
    Findings findings = new Findings(Mode.SALVAGE, sink);
    WasmModule binary = WasmModule.salvage(source, findings);
    if (!isCoredump(binary)) {
      throw notACoredump(source);
    }
    return new Coredump(binary, findings);
  }

  private static FormatException notACoredump(ByteSource source) {
    return new FormatException.Malformed(
        "a WebAssembly binary, not a core dump: it has no section core, corestack, coremodules or"
            + " coreinstances",
        source.at(0, "coredump"));
  }

  /**
   * Returns whether a binary is a core dump, or the beginning of one: it has one of the sections
   * that the convention names. {@code core} is enough, which stands first in most dumps.
   */
  public static boolean isCoredump(WasmModule binary) {
    return binary.sections().stream()
        .anyMatch(s -> s.id() == SectionId.CUSTOM && SectionNames.CONVENTION.contains(s.name()));
  }

  /** Returns the bytes. */
  public ByteSource source() {
    return binary.source();
  }

  /** Returns the dump as the WebAssembly binary that it is. */
  public WasmModule binary() {
    return binary;
  }

  /** Returns whether the file ends before its last section does; never of a strictly read dump. */
  public boolean isTruncated() {
    return truncated;
  }

  /** Returns the name of the program, verbatim; empty if there is no section {@code core}. */
  public Optional<String> executableName() {
    return executableName.get();
  }

  /**
   * Returns the modules. A dump of early 2023, which has neither modules nor instances, is given
   * one of each, with a diagnostic: the module bears the program's name, the instance has every
   * memory and global.
   */
  public List<CoreModule> modules() {
    return modules.get();
  }

  /** Returns the instances; see {@link #modules} for dumps without. */
  public List<CoreInstance> instances() {
    return instances.get();
  }

  /** Returns the threads in the order of the file. */
  public List<CoreThread> threads() {
    return threads.get();
  }

  /** Returns how the dump is written and who seems to have written it, and why we think so. */
  public Dialect dialect() {
    return dialect.get();
  }

  /** Returns the memories; none of them is read yet. */
  public List<CoreMemory> memories() {
    return memories.get();
  }

  /** Returns the globals. */
  public List<CoreGlobal> globals() {
    return globals.get();
  }

  /** Returns why the program stopped, if the dump says so. */
  public Optional<Trap> trap() {
    return trap.get();
  }

  /** Returns the process that died and what ran it, if the dump says so. */
  public Optional<ProcessInfo> process() {
    return process.get();
  }

  /** Returns the tables; the convention has none. */
  public List<CoreTable> tables() {
    return tables.get();
  }

  /** Returns what parts of the memories are for, if the dump says so. */
  public List<Region> regions() {
    return regions.get();
  }

  /**
   * Returns a module's file if it is in the dump. A compressed one is decompressed into the heap at
   * each call.
   *
   * @param module index in {@link #modules}
   */
  public Optional<ByteSource> moduleBytes(int module) {
    ByteSource inline = moduleList.get().inline().get(module);
    return inline != null
        ? Optional.of(inline)
        : Optional.ofNullable(moduleBytes.get().get(module)).flatMap(extensions::unpacked);
  }

  /** Goes through a module's file, if it is compressed in the dump, without keeping it. */
  public void verifyModuleBytes(int module) {
    ModuleBytesSection.Packed packed = moduleBytes.get().get(module);
    if (packed != null) {
      extensions.verify(packed);
    }
  }

  /** Returns what the dump says is missing from it. */
  public List<Note> notes() {
    return notes.get();
  }

  /**
   * Returns what was noticed so far, in order: what was asked for has been read, the rest has not.
   */
  public List<Diagnostic> diagnostics() {
    return findings.found();
  }

  private ModuleList readModules(HeaderReader header) {
    Optional<Section> section = header.section(SectionNames.COREMODULES);
    if (section.isPresent()) {
      ModuleList listed = header.modules(section.get());
      if (!listed.modules().isEmpty() || !impliesInstance()) {
        return listed;
      }
    } else if (!binary.customSections(SectionNames.COREINSTANCES).isEmpty()) {
      return new ModuleList(List.of(), Map.of(), ModuleEntries.NAMES);
    }
    findings.report(
        new Diagnostic(
            "implied-module",
            section.map(Section::payload).orElseGet(this::source).at(0, "coredump"),
            (section.isPresent()
                    ? "section coremodules gives none and an instance is assumed"
                    : "there is no section coremodules")
                + ": one module is assumed"));
    return new ModuleList(
        List.of(new CoreModule(executableName().orElse(""))), Map.of(), ModuleEntries.NAMES);
  }

  private List<CoreInstance> readInstances(HeaderReader header) {
    Optional<Section> section = header.section(SectionNames.COREINSTANCES);
    if (section.isPresent()) {
      List<CoreInstance> listed = header.instances(section.get());
      if (!listed.isEmpty() || !listsModules()) {
        return listed;
      }
    }
    findings.report(
        new Diagnostic(
            "implied-instance",
            section.map(Section::payload).orElseGet(this::source).at(0, "coredump"),
            (section.isPresent()
                    ? "section coreinstances gives none although there are modules"
                    : "there is no section coreinstances")
                + ": one instance with every memory and global is assumed"));
    return List.of(
        new CoreInstance(
            0,
            IntStream.range(0, memories().size()).boxed().toList(),
            IntStream.range(0, globals().size()).boxed().toList()));
  }

  /**
   * Returns whether a section {@code coreinstances} is an empty list beside one of modules, which
   * is how WasmEdge writes it.
   */
  private boolean isEmptyList(Section section) {
    ByteSource payload = section.payload();
    return payload.size() == 1 && payload.u8(0) == 0 && listsModules();
  }

  /** Returns whether an instance has to be assumed although no module can be read. */
  private boolean impliesInstance() {
    return binary.customSections(SectionNames.COREINSTANCES).stream()
        .findFirst()
        .map(this::isEmptyList)
        .orElse(true);
  }

  private boolean listsModules() {
    return binary.customSections(SectionNames.COREMODULES).stream()
        .anyMatch(list -> list.payload().size() > 0 && list.payload().u8(0) != 0);
  }

  private Dialect readDialect() {
    Dialect written = stacks.get().dialect().with(moduleList.get().form());
    return new ProducerDetector(binary, written, threads(), truncated).detect();
  }

  private DialectDetector.Outcome readStacks() {
    List<Section> sections = binary.customSections(SectionNames.CORESTACK);
    if (sections.isEmpty()) {
      return new DialectDetector.Outcome(
          new Dialect(
              Dialect.Integers.LEB,
              Dialect.Layout.SEPARATE,
              Dialect.InstanceIndex.PRESENT,
              List.of("there is no stack")),
          List.of());
    }
    boolean listsInstances =
        binary.customSections(SectionNames.COREINSTANCES).stream()
            .anyMatch(section -> !isEmptyList(section));
    return new DialectDetector(sections, saneInstances(), listsInstances, clipped, findings)
        .outcome();
  }

  /**
   * Returns how many instances frames may name: any number where the list of instances may stand in
   * a part of the file that is missing; a dump without instances has one.
   */
  private int saneInstances() {
    List<Section> lists = binary.customSections(SectionNames.COREINSTANCES);
    if (truncated && (lists.isEmpty() || lists.stream().anyMatch(list -> list.equals(clipped)))) {
      return Integer.MAX_VALUE;
    }
    return lists.isEmpty() ? 1 : Math.max(1, instances().size());
  }

  private List<CoreMemory> readMemories() {
    List<MemoryType> types = binary.memoryTypes();
    Lazy<List<MemoryContent>> contents = new Lazy<>(() -> readContents(types));
    List<CoreMemory> memories = new ArrayList<>();
    for (MemoryType type : types) {
      memories.add(new SparseMemory(memories.size(), type, source(), contents));
    }
    return List.copyOf(memories);
  }

  private List<MemoryContent> readContents(List<MemoryType> types) {
    SegmentReader segments = new SegmentReader(binary, types, clipped, truncated, findings);
    boolean over = ProducerDetector.liesOverItsMemory(binary);
    return new MemoryReader(types, extensions.memoryStates(), likelyProducer(), over)
        .read(segments);
  }

  /** Returns the producer; a stack that is damaged does not keep the memories from being read. */
  private Producer likelyProducer() {
    try {
      return dialect().producer();
    } catch (FormatException e) {
      return Producer.UNKNOWN;
    }
  }

  private List<CoreGlobal> readGlobals() {
    return binary.globals().stream().map(Coredump::global).toList();
  }

  private static CoreGlobal global(Global global) {
    ConstValue constant = global.initializer().value().orElse(null);
    Value value;
    if (constant instanceof ConstValue.I32 i32) {
      value = new Value.I32(i32.value());
    } else if (constant instanceof ConstValue.I64 i64) {
      value = new Value.I64(i64.value());
    } else if (constant instanceof ConstValue.F32 f32) {
      value = new Value.F32(f32.bits());
    } else if (constant instanceof ConstValue.F64 f64) {
      value = new Value.F64(f64.bits());
    } else if (constant instanceof ConstValue.V128 v128) {
      value = new Value.V128(v128.low(), v128.high());
    } else if (constant instanceof ConstValue.RefNull refNull) {
      value = new Value.NullRef(refNull.heapType());
    } else {
      value = Value.MISSING;
    }
    return new CoreGlobal(global.type(), value);
  }
}
