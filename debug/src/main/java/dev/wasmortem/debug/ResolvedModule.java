package dev.wasmortem.debug;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Printable;
import dev.wasmortem.coredump.CodeOffsets;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.ModuleIdentity;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.debug.ModuleFinder.Candidate;
import dev.wasmortem.debug.Report.Trust;
import dev.wasmortem.symbols.DebugFileSearch;
import dev.wasmortem.symbols.FunctionName;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.Symbolizer;
import dev.wasmortem.wasm.BuildId;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import java.io.Closeable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A module of the dump with the file found for it, or without. */
final class ResolvedModule implements Closeable {
  /** Stands for a module that the dump does not tell. */
  static final ResolvedModule UNKNOWN =
      new ResolvedModule(new CoreModule("?"), null, DebugFileSearch.NONE, Diagnostic.Sink.IGNORE);

  private final String name;
  private final ModuleIdentity identity;
  private final @Nullable Candidate found;
  private final @Nullable Symbolizer symbolizer;
  private final Diagnostic.Sink sink;

  /** Whether something speaks against the file being the module that ran. */
  private boolean doubtful;

  /** Whether the file's functions cannot be read. */
  private boolean damaged;

  ResolvedModule(
      CoreModule module, @Nullable Candidate found, DebugFileSearch search, Diagnostic.Sink sink) {
    this.name = module.name();
    this.identity = module.identity();
    this.found = found;
    this.symbolizer =
        found == null ? null : Symbolizer.of(found.module(), found.search(search), sink);
    this.sink = sink;
    if (found != null && isTelling(name)) {
      String file = Printable.escape(found.file().toString());
      doubt(
          "module-name-mismatch",
          "the dump calls the module " + Printable.escape(name) + "; " + file + " is another",
          !found.isNamed(name) && !found.isSame(identity));
    }
  }

  /**
   * Returns whether a module's name tells which module it is; Wasmtime writes {@code
   * <anonymous-module-N>} otherwise.
   */
  private static boolean isTelling(String name) {
    return !name.isEmpty() && !name.startsWith("<");
  }

  private void doubt(String code, String message, boolean holds) {
    if (holds && !doubtful && found != null) {
      doubtful = true;
      sink.report(new Diagnostic(code, found.module().source().at(0, "module"), message));
    }
  }

  /**
   * Notices whether a frame can be of this module; to be called for all frames before {@link
   * #frame}.
   */
  void inspect(Frame frame, CodeOffsets.Place place) {
    long offset = place.offset().value();
    boolean fits = body(frame).filter(body -> offset < body.size()).isPresent();
    doubt(
        "module-mismatch",
        "function "
            + frame.function()
            + " has no offset "
            + offset
            + "; this is not the module that was running",
        place.certainty() != CodeOffsets.Certainty.UNKNOWN && !fits && !damaged);
  }

  /** Returns the module itself, empty if no file was found for it. */
  Optional<WasmModule> file() {
    return found == null ? Optional.empty() : Optional.of(found.module());
  }

  /** Returns the module's part of the report. */
  Report.Module describe(ModuleHashes hashes) {
    if (found == null || symbolizer == null) {
      return new Report.Module(
          name,
          identity.sha256().orElse(null),
          identity.buildId().map(BuildId::hex).orElse(null),
          null,
          "no file found for it; name one with -m");
    }
    return new Report.Module(
        name,
        hashes == ModuleHashes.INCLUDE
            ? FileHash.sha256(found.module().source()).orElse(null)
            : identity.sha256().orElse(null),
        BuildId.of(found.module()).map(BuildId::hex).orElse(null),
        found.file().toString(),
        symbolizer.debugInfo().toString());
  }

  /**
   * Returns a frame in this module.
   *
   * @param place where the frame is in its function
   */
  Report.Frame frame(
      int index,
      @Nullable Integer instance,
      @Nullable Integer module,
      Frame frame,
      CodeOffsets.Place place) {
    Optional<FunctionBody> body = body(frame);
    long offset = place.offset().value();
    boolean known = place.certainty() != CodeOffsets.Certainty.UNKNOWN;
    boolean fits = known && body.isPresent() && offset < body.get().size();
    Long fileOffset = fits ? (Long) body.get().fileOffset(place.offset()).value() : null;
    return new Report.Frame(
        index,
        instance,
        module,
        frame.function(),
        name(frame.function()),
        known ? (Long) offset : null,
        fileOffset,
        sources(frame, fits ? place.offset() : new BodyOffset(0)),
        values(frame.locals()),
        values(frame.stack()),
        doubtful ? Trust.GUESSED : trust(place.certainty()));
  }

  private static Trust trust(CodeOffsets.Certainty certainty) {
    return switch (certainty) {
      case EXACT -> Trust.EXACT;
      case RECOVERED -> Trust.RECOVERED;
      case GUESSED, UNKNOWN -> Trust.GUESSED;
    };
  }

  /** Returns an instance's memories by this module's own indices. */
  List<Integer> memories(CoreInstance instance) {
    try {
      return found == null
          ? instance.memories()
          : instance.memoriesOf(found.module().memoryTypes());
    } catch (FormatException e) {
      return instance.memories();
    }
  }

  /**
   * Returns the body of a frame's function, if the module is there and has it. A module whose
   * functions cannot be read has none; that is reported once.
   */
  Optional<FunctionBody> body(Frame frame) {
    if (found == null || damaged) {
      return Optional.empty();
    }
    WasmModule module = found.module();
    int function = frame.function();
    try {
      boolean defined =
          function >= module.importedFunctionCount()
              && function - module.importedFunctionCount() < module.bodyCount();
      return defined ? Optional.of(module.body(function)) : Optional.empty();
    } catch (FormatException e) {
      damaged = true;
      sink.report(
          new Diagnostic(
              "module-damaged",
              e.location(),
              "the functions of module " + name + " cannot be read: " + e.problem()));
      return Optional.empty();
    }
  }

  /** Returns a frame in this module with its function's name. */
  NamedFrame named(int index, Frame frame) {
    String own = name(frame.function());
    String shown =
        own == null || symbolizer == null
            ? null
            : symbolizer.sources(frame.function(), new BodyOffset(0)).get(0).name();
    return new NamedFrame(
        index,
        frame.instance(),
        frame.function(),
        own,
        shown == null || shown.equals(own) ? null : shown,
        frame.codeOffset().value());
  }

  private @Nullable String name(int function) {
    if (symbolizer == null) {
      return null;
    }
    FunctionName known = symbolizer.name(function);
    return known.origin() == FunctionName.Origin.INDEX ? null : known.text();
  }

  private List<Report.Source> sources(Frame frame, BodyOffset at) {
    if (symbolizer == null) {
      return List.of(
          new Report.Source("func[" + frame.function() + "]", null, null, null, null, false));
    }
    return symbolizer.sources(frame.function(), at).stream().map(ResolvedModule::source).toList();
  }

  /** Returns a line of a source that the module's debug information holds itself. */
  Optional<String> line(String file, int line) {
    return symbolizer == null ? Optional.empty() : symbolizer.line(file, line);
  }

  private static Report.Source source(SourceFrame frame) {
    return new Report.Source(
        frame.name(),
        frame.linkageName().orElse(null),
        frame.position().map(p -> p.file()).orElse(null),
        frame.position().map(p -> p.line()).filter(line -> line > 0).orElse(null),
        frame.position().map(p -> p.column()).filter(column -> column > 0).orElse(null),
        frame.inlined());
  }

  private static List<Report.Value> values(List<Value> values) {
    return values.stream().map(ValueText::of).toList();
  }

  /** Closes the files that were found to have the module's debug information. */
  @Override
  public void close() {
    if (symbolizer != null) {
      symbolizer.close();
    }
  }
}
