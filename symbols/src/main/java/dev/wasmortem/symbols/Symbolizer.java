package dev.wasmortem.symbols;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import dev.wasmortem.dwarf.Address;
import dev.wasmortem.dwarf.AddressRange;
import dev.wasmortem.dwarf.Dwarf;
import dev.wasmortem.dwarf.DwarfFrame;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.SourceLine;
import dev.wasmortem.dwarf.Unit;
import dev.wasmortem.dwarf.type.Types;
import dev.wasmortem.dwarf.variable.FrameScope;
import dev.wasmortem.dwarf.variable.Scopes;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Names functions of one module and finds their lines. Nothing is read on making one; the first
 * line reads the DWARF units' headers, and each unit's line table is decoded when it is first hit.
 *
 * <p>Addresses are taken as they are: an engine's dump gives, for a frame that is calling, the
 * offset of the call itself, so there is no return address to step back from.
 *
 * <p>No method throws because of what the module holds: what cannot be read is reported to the sink
 * and absent. Safe for use by several threads.
 */
public final class Symbolizer implements FrameLookup, Closeable {
  private final WasmModule module;
  private final Diagnostic.Sink sink;
  private final OpenFiles files;
  private final Lazy<ModuleDwarf> found;

  /** The file that has the name section. */
  private final Lazy<WasmModule> named;

  private final Lazy<ModuleSourceMap> sourceMap;
  private final Lazy<DebugInfo> debugInfo;
  private final Lazy<Scopes> scopes;
  private final Lazy<Code> code;
  private final Lazy<AtomicReferenceArray<@Nullable FunctionName>> names;
  private final PlainNames plainNames = new PlainNames();

  /** How many functions the module has; none at all when that cannot be read. */
  private record Code(int imported, int bodies, int functions) {}

  private Symbolizer(WasmModule module, DebugFileSearch search, Diagnostic.Sink sink) {
    this.module = module;
    this.sink = sink;
    this.files = new OpenFiles(sink);
    this.found = new Lazy<>(() -> ModuleDwarf.of(module, search, files, this::bounds, sink));
    this.named =
        new Lazy<>(() -> module.customSections("name").isEmpty() ? found.get().holder() : module);
    this.code = new Lazy<>(this::readCode);
    this.names = new Lazy<>(() -> new AtomicReferenceArray<>(code.get().functions));
    this.sourceMap = new Lazy<>(() -> ModuleSourceMap.of(module, search, files, sink));
    this.debugInfo = new Lazy<>(() -> found.get().info(sourceMap.get().location()));
    this.scopes = new Lazy<>(() -> Scopes.of(dwarf(), Types.of(dwarf(), sink), sink));
  }

  /**
   * Returns a symbolizer of {@code module} and of nothing else; what is damaged is told to {@code
   * sink}. It need not be closed.
   */
  public static Symbolizer of(WasmModule module, Diagnostic.Sink sink) {
    return of(module, DebugFileSearch.NONE, sink);
  }

  /**
   * Returns a symbolizer of {@code module}, whose debug information may lie in other files. They
   * are looked for when the first line is; closing the symbolizer closes them, and not the module.
   */
  public static Symbolizer of(WasmModule module, DebugFileSearch search, Diagnostic.Sink sink) {
    return new Symbolizer(module, search, sink);
  }

  /** Returns the module. */
  public WasmModule module() {
    return module;
  }

  /** Closes the files that were found to have the module's debug information. */
  @Override
  public void close() {
    files.close();
  }

  /**
   * Returns the files that answers come from: the module, and the files of its debug information
   * and of its source map when there are such. Those that {@link #hasFurtherFiles} tells of are not
   * among them.
   */
  public List<ByteSource> files() {
    List<ByteSource> all = new ArrayList<>(List.of(module.source()));
    ByteSource holder = found.get().holder().source();
    if (!holder.equals(module.source())) {
      all.add(holder);
    }
    sourceMap.get().file().ifPresent(all::add);
    return all;
  }

  /**
   * Returns whether units have their other halves in files of their own, or share what they have in
   * common with a supplementary file, found or not.
   */
  public boolean hasFurtherFiles() {
    return dwarf().hasSupplement() || dwarf().units().stream().anyMatch(Unit::isSplit);
  }

  /**
   * Returns a line of a source whose text the module's source map has, without its line end: as it
   * was compiled, and not safe to print.
   *
   * @param file as {@link SourcePosition#file} gives it
   * @param line from 1
   */
  public Optional<String> line(String file, int line) {
    return sourceMap.get().line(file, line);
  }

  private Dwarf dwarf() {
    return found.get().dwarf();
  }

  /** Returns what the module has of debug information; reads the units' ranges. */
  public DebugInfo debugInfo() {
    return debugInfo.get();
  }

  /**
   * Returns the name of a function: the name section's, verbatim, else that of its first export,
   * else {@code func[N]}. An empty name counts as none. Where the module has no name section, that
   * of its debug file counts.
   *
   * @param functionIndex counted with the imported ones; one that the module does not have gets a
   *     name, too
   */
  public FunctionName name(int functionIndex) {
    AtomicReferenceArray<@Nullable FunctionName> known = names.get();
    if (functionIndex < 0 || functionIndex >= known.length()) {
      return readName(functionIndex);
    }
    FunctionName name = known.getAcquire(functionIndex);
    if (name == null) {
      name = readName(functionIndex);
      known.setRelease(functionIndex, name);
    }
    return name;
  }

  private FunctionName readName(int functionIndex) {
    try {
      Optional<String> name = named.get().names().functions().get(functionIndex);
      if (name.isPresent() && !name.get().isEmpty()) {
        return new FunctionName(name.get(), FunctionName.Origin.NAME_SECTION);
      }
      Optional<String> export = module.functionName(functionIndex);
      if (export.isPresent() && !export.get().isEmpty()) {
        return new FunctionName(export.get(), FunctionName.Origin.EXPORT);
      }
    } catch (FormatException e) {
      sink.report(Diagnostic.of("function-name-damaged", e));
    }
    return FunctionName.ofIndex(functionIndex);
  }

  /**
   * Returns the functions that the code at an offset of a function came from: first the innermost
   * that was inlined there, last the function itself. There is always one.
   *
   * <p>Its name is that which the mangled linkage name tells, DWARF's or the name section's; else
   * DWARF's own; else that of {@link #name}.
   *
   * @param at 0 when the place in the function is not known: then the frame has no position
   */
  public List<SourceFrame> sources(int functionIndex, BodyOffset at) {
    return at.value() <= 0
        ? frames(functionIndex, Optional.empty())
        : frames(functionIndex, locate(functionIndex, at));
  }

  /** Returns the same for an offset in the code section; empty when it is in no function's body. */
  @Override
  public List<SourceFrame> sources(CodeOffset at) {
    if (code.get().bodies == 0) {
      return List.of();
    }
    Optional<FunctionBody> body = module.bodyAt(at);
    return body.isEmpty() ? List.of() : frames(body.get().functionIndex(), Optional.of(at));
  }

  /**
   * Returns what the code at an offset of a function can name: variables and parameters in scope,
   * with their locations, for each of the frames of {@link #sources}. Empty where DWARF does not
   * know the function.
   */
  public List<FrameScope> scopes(int functionIndex, BodyOffset at) {
    return at.value() <= 0
        ? List.of()
        : locate(functionIndex, at).map(this::scopesAt).orElse(List.of());
  }

  /** Returns the same for an offset in the code section. */
  public List<FrameScope> scopes(CodeOffset at) {
    boolean inBody = code.get().bodies != 0 && module.bodyAt(at).isPresent();
    return inBody ? scopesAt(at) : List.of();
  }

  @Override
  public Optional<String> symbol(CodeOffset at) {
    return code.get().bodies == 0
        ? Optional.empty()
        : module
            .bodyAt(at)
            .map(body -> name(body.functionIndex()))
            .filter(name -> name.origin() == FunctionName.Origin.NAME_SECTION)
            .map(FunctionName::text);
  }

  @Override
  public List<DwarfFrame> dwarfFrames(CodeOffset at) {
    boolean inBody = code.get().bodies != 0 && module.bodyAt(at).isPresent();
    return inBody ? dwarf().framesAt(new Address(at.value())) : List.of();
  }

  @Override
  public Optional<Entry> innermostEntry(CodeOffset at) {
    return scopes(at).stream().findFirst().map(scope -> scope.blocks().get(0).entry());
  }

  private List<FrameScope> scopesAt(CodeOffset at) {
    return scopes.get().at(new Address(at.value()));
  }

  private List<SourceFrame> frames(int functionIndex, Optional<CodeOffset> at) {
    FunctionName name = name(functionIndex);
    if (at.isEmpty()) {
      return List.of(frame(name, Optional.empty()));
    }
    Address address = new Address(at.get().value());
    List<DwarfFrame> known = dwarf().framesAt(address);
    if (known.isEmpty()) {
      Optional<SourcePosition> line = position(dwarf().lineAt(address));
      return List.of(frame(name, line.isPresent() ? line : mapped(at.get())));
    }
    SourceFrame[] frames = new SourceFrame[known.size()];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = frame(known.get(i), name);
    }
    return List.of(frames);
  }

  private Optional<SourcePosition> mapped(CodeOffset at) {
    return module.bodyAt(at).flatMap(body -> sourceMap.get().position(body, body.bodyOffset(at)));
  }

  /** Returns a frame of a function that DWARF does not know. */
  private SourceFrame frame(FunctionName own, Optional<SourcePosition> position) {
    Optional<String> plain = plainName(own);
    return new SourceFrame(
        plain.orElse(own.text()), Optional.empty(), plain.map(name -> own.text()), position, false);
  }

  private SourceFrame frame(DwarfFrame frame, FunctionName own) {
    Optional<String> shortName = frame.name();
    Optional<String> linkageName = frame.linkageName();
    Optional<String> plain = linkageName.flatMap(plainNames::of);
    if (plain.isEmpty() && !frame.inlined()) {
      plain = plainName(own);
      linkageName = plain.isPresent() ? Optional.of(own.text()) : linkageName;
    }
    String name;
    if (plain.isPresent()) {
      name = plain.get();
    } else if (shortName.isPresent()) {
      name = shortName.get();
    } else {
      name = frame.inlined() ? "??" : own.text();
    }
    return new SourceFrame(name, shortName, linkageName, position(frame.line()), frame.inlined());
  }

  /** Returns the demangled name of a function whose name in the name section is mangled. */
  private Optional<String> plainName(FunctionName own) {
    return own.origin() == FunctionName.Origin.NAME_SECTION
        ? plainNames.of(own.text())
        : Optional.empty();
  }

  private static Optional<SourcePosition> position(Optional<SourceLine> line) {
    return line.map(
        at -> new SourcePosition(at.file(), at.line(), at.column(), at.discriminator()));
  }

  /**
   * Reads all that {@link #sources(CodeOffset)} needs, so that no look-up has to.
   *
   * @param threads how many parts of the debug information are read at a time, at least 1
   */
  public void readAll(int threads) {
    dwarf().readAll(threads);
  }

  /**
   * Gives all offsets to {@code to} at which {@link #sources(CodeOffset)} may answer anything else
   * than at the offset before: in no order, some of them more than once, and some of them outside
   * of code. Reads everything.
   */
  public void edges(Consumer<CodeOffset> to) {
    Code functions = code.get();
    for (int i = 0; i < functions.bodies; i++) {
      FunctionBody body = module.body(functions.imported + i);
      CodeOffset start = body.codeOffset(new BodyOffset(0));
      to.accept(start);
      to.accept(new CodeOffset(start.value() + body.size()));
    }
    dwarf().edges(address -> to.accept(new CodeOffset(address.value())));
    sourceMap.get().edges(to);
  }

  /** Returns where the function stands that has its code at an address. */
  private Optional<AddressRange> bounds(Address address) {
    if (code.get().bodies == 0 || address.value() < 0) {
      return Optional.empty();
    }
    return module
        .bodyAt(new CodeOffset(address.value()))
        .map(
            body -> {
              long start = body.codeOffset(new BodyOffset(0)).value();
              return new AddressRange(new Address(start), new Address(start + body.size()));
            });
  }

  /** Returns where in the code section an offset of a body is, if the function has such a body. */
  private Optional<CodeOffset> locate(int functionIndex, BodyOffset at) {
    long defined = (long) functionIndex - code.get().imported;
    if (defined < 0 || defined >= code.get().bodies) {
      return Optional.empty();
    }
    FunctionBody body = module.body(functionIndex);
    return at.value() < body.size() ? Optional.of(body.codeOffset(at)) : Optional.empty();
  }

  /** Reads the index of bodies; after that, finding one cannot fail. */
  private Code readCode() {
    try {
      int bodies = module.bodyCount();
      return new Code(module.importedFunctionCount(), bodies, module.functionCount());
    } catch (FormatException e) {
      sink.report(Diagnostic.of("code-damaged", e));
      return new Code(0, 0, 0);
    }
  }
}
