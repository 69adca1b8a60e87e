package dev.wasmortem.debug;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.debug.ModuleFinder.Candidate;
import dev.wasmortem.debug.PostMortem.ModuleHashes;
import dev.wasmortem.debug.Report.Trust;
import dev.wasmortem.symbols.SourceFrame;
import dev.wasmortem.symbols.Symbolizer;
import dev.wasmortem.wasm.BuildId;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A module of the dump with the file found for it, or without. */
final class ResolvedModule {
  /** Stands for a module that the dump does not tell. */
  static final ResolvedModule UNKNOWN = new ResolvedModule("?", null, Diagnostic.Sink.IGNORE);

  private final String name;
  private final @Nullable Candidate found;
  private final @Nullable Symbolizer symbolizer;
  private final Diagnostic.Sink sink;
  private boolean mismatchReported;

  ResolvedModule(String name, @Nullable Candidate found, Diagnostic.Sink sink) {
    this.name = name;
    this.found = found;
    this.symbolizer = found == null ? null : Symbolizer.of(found.module(), sink);
    this.sink = sink;
  }

  /** Returns the module's part of the report. */
  Report.Module describe(ModuleHashes hashes) {
    if (found == null || symbolizer == null) {
      return new Report.Module(name, null, null, null, "no file found for it; name one with -m");
    }
    return new Report.Module(
        name,
        hashes == ModuleHashes.INCLUDE ? sha256(found.module().source()) : null,
        BuildId.of(found.module()).map(BuildId::hex).orElse(null),
        found.file().toString(),
        symbolizer.debugInfo().toString());
  }

  /** Returns a frame in this module. */
  Report.Frame frame(int index, @Nullable Integer instance, @Nullable Integer module, Frame frame) {
    Optional<FunctionBody> body = body(frame);
    long offset = frame.codeOffset().value();
    boolean known = offset != 0;
    boolean fits = known && body.isPresent() && offset < body.get().size();
    if (known && found != null && !fits && !mismatchReported) {
      mismatchReported = true;
      sink.report(
          new Diagnostic(
              "module-mismatch",
              found.module().source().at(0, "code"),
              "function "
                  + frame.function()
                  + " has no offset "
                  + offset
                  + "; this is not the module that was running"));
    }
    Long fileOffset = fits ? (Long) body.get().fileOffset(frame.codeOffset()).value() : null;
    return new Report.Frame(
        index,
        instance,
        module,
        frame.function(),
        found == null ? null : found.module().functionName(frame.function()).orElse(null),
        known ? (Long) offset : null,
        fileOffset,
        sources(frame, fits ? frame.codeOffset() : new BodyOffset(0)),
        values(frame.locals()),
        values(frame.stack()),
        known ? Trust.EXACT : Trust.GUESSED);
  }

  private Optional<FunctionBody> body(Frame frame) {
    if (found == null) {
      return Optional.empty();
    }
    WasmModule module = found.module();
    int function = frame.function();
    boolean defined =
        function >= module.importedFunctionCount()
            && function - module.importedFunctionCount() < module.bodyCount();
    return defined ? Optional.of(module.body(function)) : Optional.empty();
  }

  private List<Report.Source> sources(Frame frame, BodyOffset at) {
    if (symbolizer == null) {
      return List.of(
          new Report.Source("func[" + frame.function() + "]", null, null, null, null, false));
    }
    return symbolizer.sources(frame.function(), at).stream().map(ResolvedModule::source).toList();
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

  private static String sha256(ByteSource source) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[1 << 16];
      for (long at = 0; at < source.size(); at += chunk.length) {
        int length = (int) Math.min(chunk.length, source.size() - at);
        source.copyTo(at, chunk, 0, length);
        digest.update(chunk, 0, length);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } catch (FormatException.Truncated e) {
      return "";
    }
  }
}
