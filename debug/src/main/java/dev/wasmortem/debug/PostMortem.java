package dev.wasmortem.debug;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import dev.wasmortem.coredump.CodeOffsets;
import dev.wasmortem.coredump.CoreGlobal;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreMemory;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.Dialect;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.Placeholders;
import dev.wasmortem.coredump.Producer;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.lint.Lint;
import dev.wasmortem.debug.ModuleFinder.Candidate;
import dev.wasmortem.symbols.DebugFileSearch;
import dev.wasmortem.symbols.SourcePaths;
import dev.wasmortem.wasm.WasmModule;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A post-mortem session over one dump. Opening reads the section headers of the dump and of the
 * modules; a backtrace reads the stacks and the debug information of the functions on them, never
 * the memories. Not thread-safe.
 */
public final class PostMortem implements Closeable {
  private final ByteSource source;
  private final Coredump dump;
  private final ModuleFinder finder;
  private final List<ResolvedModule> modules;
  private final SourcePaths sources;
  private final List<Diagnostic> diagnostics;
  private final Lazy<CodeOffsets> codeOffsets;
  private boolean hasPlaceholders;

  private PostMortem(
      ByteSource source,
      Coredump dump,
      ModuleFinder finder,
      SessionOptions options,
      List<Diagnostic> diagnostics) {
    this.source = source;
    this.dump = dump;
    this.finder = finder;
    this.sources = options.sources();
    this.diagnostics = diagnostics;
    this.modules = resolve(dump, finder, options, diagnostics);
    this.codeOffsets = new Lazy<>(() -> new CodeOffsets(dump, frame -> module(frame).body(frame)));
  }

  /**
   * Opens a dump.
   *
   * @param core the dump's file
   * @param modules files of modules, and folders of such files
   * @param sources where sources may be looked for
   * @throws IOException if a file cannot be read
   * @throws dev.wasmortem.bytes.FormatException if the file is no dump, or a named file no module
   */
  public static PostMortem open(Path core, List<Path> modules, SourcePaths sources)
      throws IOException {
    return open(core, SessionOptions.builder().modules(modules).sources(sources).build());
  }

  /** Opens a dump as {@link #open(Path, List, SourcePaths)}, with a say in all that is used. */
  public static PostMortem open(Path core, SessionOptions options) throws IOException {
    ByteSource source = ByteSource.open(core);
    try {
      return of(source, options);
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /**
   * Opens a dump that lies in memory, or in a part of a file; the session closes {@code source}.
   */
  public static PostMortem of(ByteSource source, SessionOptions options) throws IOException {
    List<Diagnostic> diagnostics = new ArrayList<>();
    Coredump dump = Coredump.salvage(source, diagnostics::add);
    return new PostMortem(source, dump, ModuleFinder.in(options.modules()), options, diagnostics);
  }

  private static List<ResolvedModule> resolve(
      Coredump dump, ModuleFinder finder, SessionOptions options, List<Diagnostic> diagnostics) {
    List<ResolvedModule> resolved = new ArrayList<>();
    List<CoreModule> modules = dump.modules();
    List<@Nullable Candidate> found = finder.find(modules, dump.executableName(), options.match());
    diagnostics.addAll(finder.refused());
    for (int i = 0; i < modules.size(); i++) {
      Candidate file = found.get(i);
      DebugFileSearch search = finder.offeringNamed(options.debugFiles());
      if (file == null) {
        file = inDump(dump, i, diagnostics).orElse(null);
      } else if (!file.hasDwarf()) {
        Optional<Candidate> dumped = inDump(dump, i, diagnostics);
        search = dumped.isEmpty() ? search : search.offering(dumped.get().module());
      }
      resolved.add(new ResolvedModule(modules.get(i), file, search, diagnostics::add));
    }
    Optional<Candidate> only = finder.only();
    if (modules.isEmpty() && only.isPresent()) {
      Candidate module = only.get();
      CoreModule named = new CoreModule(String.valueOf(module.file().getFileName()));
      DebugFileSearch search = finder.offeringNamed(options.debugFiles());
      resolved.add(new ResolvedModule(named, module, search, diagnostics::add));
    }
    return resolved;
  }

  /** Returns the module's file that the dump itself holds. */
  private static Optional<Candidate> inDump(
      Coredump dump, int module, List<Diagnostic> diagnostics) {
    try {
      return dump.moduleBytes(module).map(Candidate::inDump);
    } catch (FormatException e) {
      diagnostics.add(Diagnostic.of("module-bytes-damaged", e));
      return Optional.empty();
    }
  }

  /** Returns the dump. */
  public Coredump dump() {
    return dump;
  }

  /**
   * Returns what was noticed so far in reading: of the dump, of its modules' files, and why files
   * were not taken for them. A message is not safe to print.
   */
  public List<Diagnostic> diagnostics() {
    return List.copyOf(diagnostics);
  }

  /** Returns the modules that were found, by their index in the dump. */
  public Map<Integer, WasmModule> modules() {
    Map<Integer, WasmModule> found = new TreeMap<>();
    for (int i = 0; i < modules.size(); i++) {
      int index = i;
      modules.get(i).file().ifPresent(module -> found.put(index, module));
    }
    return found;
  }

  /** Returns where the dump deviates from the convention, checked against the modules found. */
  public LintReport lint() {
    return LintReport.of(source.name(), Lint.check(source, modules()));
  }

  /**
   * Returns the source line that a frame has reached: as the module's source map has it, which is
   * what was compiled, else from the sources that may be read. Not safe to print.
   *
   * @param source one of the frame's
   */
  public Optional<String> sourceLine(Report.Frame frame, Report.Source source) {
    String file = source.file();
    Integer line = source.line();
    if (file == null || line == null) {
      return Optional.empty();
    }
    Integer module = frame.module();
    return (module == null ? ResolvedModule.UNKNOWN : modules.get(module))
        .line(file, line)
        .or(() -> sources.line(file, line));
  }

  /** Returns where sources may be looked for. */
  public SourcePaths sources() {
    return sources;
  }

  /**
   * Returns everything the dump tells; walks the memories' segments and hashes the modules' files.
   */
  public Report report() {
    List<Report.Memory> memories = new ArrayList<>();
    for (CoreMemory memory : dump.memories()) {
      memories.add(DumpInfo.memory(memory, dump.regions()));
    }
    List<Report.Value> globals = new ArrayList<>();
    for (CoreGlobal global : dump.globals()) {
      globals.add(ValueText.of(global.value()));
    }
    return report(ModuleHashes.INCLUDE, memories, globals);
  }

  /** Returns the part of the report that needs neither memories nor globals. */
  public Report backtrace(ModuleHashes hashes) {
    return report(hashes, null, null);
  }

  private Report report(
      ModuleHashes hashes,
      @Nullable List<Report.Memory> memories,
      @Nullable List<Report.Value> globals) {
    List<Report.ThreadInfo> threads = new ArrayList<>();
    List<CoreThread> dumped = dump.threads();
    for (int i = 0; i < dumped.size(); i++) {
      threads.add(thread(i, dumped));
    }
    return new Report(
        Report.SCHEMA,
        core(),
        DumpInfo.process(dump).orElse(null),
        dump.trap().map(DumpInfo::trap).orElse(null),
        modules.stream().map(module -> module.describe(hashes)).toList(),
        dump.instances().stream().map(this::instance).toList(),
        memories,
        globals,
        globals == null || dump.tables().isEmpty() ? null : DumpInfo.tables(dump.tables()),
        threads,
        notes());
  }

  private Report.Core core() {
    Dialect dialect = dump.dialect();
    return new Report.Core(
        source.name(),
        source.size(),
        dialect.name(),
        dialect.evidence(),
        dialect.producer().label(),
        dialect.producerEvidence(),
        dump.isTruncated());
  }

  private Report.Instance instance(CoreInstance instance) {
    List<Integer> memories =
        instance.module() < modules.size()
            ? modules.get(instance.module()).memories(instance)
            : instance.memories();
    return new Report.Instance(
        instance.module(),
        indices(memories),
        indices(instance.globals()),
        instance.tables().isEmpty() ? null : indices(instance.tables()));
  }

  private static List<@Nullable Integer> indices(List<Integer> indices) {
    List<@Nullable Integer> known = new ArrayList<>();
    for (int index : indices) {
      known.add(index == CoreInstance.NOT_DUMPED ? null : index);
    }
    return known;
  }

  private Report.ThreadInfo thread(int index, List<CoreThread> threads) {
    CoreThread thread = threads.get(index);
    int trapped = dump.trap().map(Trap::thread).orElse(threads.size() == 1 ? 0 : Trap.NO_THREAD);
    CodeOffsets offsets = codeOffsets.get();
    for (int i = 0; i < thread.frames().size(); i++) {
      Frame frame = thread.frames().get(i);
      module(frame).inspect(frame, offsets.place(thread.frames(), i));
    }
    List<Report.Frame> frames = new ArrayList<>();
    for (int i = 0; i < thread.frames().size(); i++) {
      frames.add(frame(i, thread.frames().get(i), offsets.place(thread.frames(), i)));
    }
    return new Report.ThreadInfo(
        thread.name(), index == trapped, frames, DumpInfo.hostFrames(thread.hostFrames()));
  }

  private Report.Frame frame(int index, Frame frame, CodeOffsets.Place place) {
    Integer instance =
        frame.instance() < dump.instances().size() ? (Integer) frame.instance() : null;
    int number = moduleIndex(frame);
    Frame shown = withoutPlaceholders(index, frame);
    return module(frame).frame(index, instance, number < 0 ? null : (Integer) number, shown, place);
  }

  /**
   * Returns a frame of the dump with the name of its function; reads no debug information.
   *
   * @param index its place in the thread
   */
  public NamedFrame named(int index, Frame frame) {
    return module(frame).named(index, frame);
  }

  private Frame withoutPlaceholders(int index, Frame frame) {
    int placeholders = Placeholders.count(dump.dialect(), frame, index);
    hasPlaceholders |= placeholders > 0;
    return Placeholders.removed(frame, placeholders);
  }

  private ResolvedModule module(Frame frame) {
    int index = moduleIndex(frame);
    return index < 0 ? ResolvedModule.UNKNOWN : modules.get(index);
  }

  /** Returns the index of a frame's module, -1 if the dump does not tell a module that it has. */
  private int moduleIndex(Frame frame) {
    List<CoreInstance> instances = dump.instances();
    if (instances.isEmpty()) {
      return modules.size() == 1 ? 0 : -1;
    }
    int index = frame.instance() < instances.size() ? instances.get(frame.instance()).module() : -1;
    return index < modules.size() ? index : -1;
  }

  /** Returns what is to be said of code offsets, empty if they are the convention's. */
  private Optional<Report.Note> offsetsNote() {
    CodeOffsets offsets = codeOffsets.get();
    if (offsets.isConvention()) {
      return Optional.empty();
    }
    Optional<CodeOffsets.Origin> origin = offsets.origin();
    return Optional.of(
        origin.isEmpty()
            ? new Report.Note(
                "code-offsets-uncertain",
                null,
                "producers of this dialect count code offsets from other places than the"
                    + " convention; lines may be a little off")
            : new Report.Note(
                "code-offsets-recovered",
                null,
                "code offsets count from "
                    + origin.get().text()
                    + ": so, and in no other way, all of the "
                    + offsets.checkedFrames()
                    + " frames that can be checked stand at an instruction, callers at a call"));
  }

  /** Returns whether two instances are of one module. */
  private boolean hasTwins() {
    List<CoreInstance> instances = dump.instances();
    return instances.stream().mapToInt(CoreInstance::module).distinct().count() < instances.size();
  }

  private List<Report.Note> notes() {
    List<Report.Note> notes = new ArrayList<>();
    offsetsNote().ifPresent(notes::add);
    if (dump.dialect().producer() == Producer.WASMTIME && hasTwins()) {
      notes.add(
          new Report.Note(
              "frame-instances-guessed",
              null,
              "a module has several instances; Wasmtime writes the last of them for each of its"
                  + " frames"));
    }
    if (hasPlaceholders) {
      notes.add(
          new Report.Note(
              "caller-parameters-missing",
              null,
              "xtuc's rewriter writes 669, 670 and so on for the parameters of callers: they are"
                  + " not captured"));
    }
    dump.notes().forEach(n -> notes.add(new Report.Note(n.code(), null, n.message())));
    diagnostics.forEach(diagnostic -> notes.add(note(diagnostic)));
    return notes;
  }

  static Report.Note note(Diagnostic diagnostic) {
    return new Report.Note(
        diagnostic.code(), diagnostic.location().offset().value(), diagnostic.toString());
  }

  @Override
  public void close() {
    modules.forEach(ResolvedModule::close);
    finder.close();
    source.close();
  }
}
