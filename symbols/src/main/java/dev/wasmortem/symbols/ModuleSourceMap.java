package dev.wasmortem.symbols;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import dev.wasmortem.symbols.MapLocation.State;
import dev.wasmortem.symbols.sourcemap.DataUrl;
import dev.wasmortem.symbols.sourcemap.Mapping;
import dev.wasmortem.symbols.sourcemap.SourceMap;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.CodeOffset;
import dev.wasmortem.wasm.custom.UrlSection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The source map that a module names: in the module itself, as a {@code data:} URL, else the file
 * of the URL's last component in a directory that may be searched. Thread-safe.
 */
final class ModuleSourceMap {
  private static final byte[] NO_TEXT = {};

  private final WasmModule module;
  private final Optional<ByteSource> file;
  private final Lazy<Read> read;

  /** The source that was asked for last: the frames of a stack are often of one file. */
  private volatile Text last = new Text("", NO_TEXT);

  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Text(String source, byte[] utf8) {}

  /** What was found to be read. */
  private record Read(@Nullable SourceMap map, MapLocation location) {}

  private ModuleSourceMap(WasmModule module, Optional<ByteSource> file, Lazy<Read> read) {
    this.module = module;
    this.file = file;
    this.read = read;
  }

  /** Looks for the map, which is read when it is first asked; {@code files} keeps its file open. */
  static ModuleSourceMap of(
      WasmModule module, DebugFileSearch search, OpenFiles files, Diagnostic.Sink sink) {
    Optional<ByteSource> url = UrlSection.SOURCE_MAPPING_URL.bytes(module, Diagnostic.Sink.IGNORE);
    if (url.isEmpty()) {
      Read none = new Read(null, new MapLocation(State.NONE, ""));
      return new ModuleSourceMap(module, Optional.empty(), new Lazy<>(() -> none));
    }
    Optional<ByteSource> file =
        DataUrl.isOne(url.get()) ? Optional.empty() : find(module, search, files);
    return new ModuleSourceMap(
        module, file, new Lazy<>(() -> read(url.get(), file, search.directories(), sink)));
  }

  private static Read read(
      ByteSource url,
      Optional<ByteSource> file,
      AllowedDirectories directories,
      Diagnostic.Sink sink) {
    try {
      Optional<ByteSource> embedded = DataUrl.decode(url);
      if (embedded.isPresent()) {
        SourceMap map = SourceMap.salvage(embedded.get(), sink);
        return new Read(map, new MapLocation(State.EMBEDDED, ""));
      }
      if (file.isPresent()) {
        SourceMap map = SourceMap.salvage(file.get(), sink);
        return new Read(map, new MapLocation(State.FOUND, file.get().name()));
      }
    } catch (FormatException e) {
      sink.report(Diagnostic.of("source-map-damaged", e));
      return new Read(null, new MapLocation(State.DAMAGED, e.problem()));
    }
    String places =
        directories.paths().stream().map(Path::toString).collect(Collectors.joining(", "));
    return new Read(null, new MapLocation(State.NOT_FOUND, places));
  }

  private static Optional<ByteSource> find(
      WasmModule module, DebugFileSearch search, OpenFiles files) {
    String url = UrlSection.SOURCE_MAPPING_URL.url(module, Diagnostic.Sink.IGNORE).orElse("");
    Optional<String> name = DebugFileFinder.fileName(url);
    for (Path directory : search.directories().paths()) {
      Optional<ByteSource> file =
          name.flatMap(it -> DebugFileFinder.check(directory, it)).flatMap(files::open);
      if (file.isPresent()) {
        return file;
      }
    }
    return Optional.empty();
  }

  /** Returns the file that was found, whatever it holds; nothing of it is read. */
  Optional<ByteSource> file() {
    return file;
  }

  MapLocation location() {
    return read.get().location;
  }

  /** Gives all offsets to {@code to} at which {@link #position} may answer something else. */
  void edges(Consumer<CodeOffset> to) {
    SourceMap map = read.get().map;
    if (map != null) {
      map.mappings().forEach(mapping -> to.accept(module.codeOffset(inSource(mapping.start()))));
    }
  }

  /** Returns an offset in the module as one in the file, or component, that it is in. */
  private FileOffset inSource(FileOffset inModule) {
    return module.source().origin().plus(inModule.value());
  }

  /**
   * Returns the place in the source that code of a function came from. A mapping that begins before
   * the function is another's.
   */
  Optional<SourcePosition> position(FunctionBody body, BodyOffset at) {
    SourceMap map = read.get().map;
    if (map == null) {
      return Optional.empty();
    }
    long start = body.start().value() - module.source().origin().value();
    return map.at(new FileOffset(start + at.value()))
        .filter(mapping -> mapping.start().value() >= start)
        .flatMap(Mapping::original)
        .map(place -> new SourcePosition(place.source(), place.line(), place.column(), 0));
  }

  /** Returns a line, from 1, of a source whose text the map has. */
  Optional<String> line(String source, int number) {
    SourceMap map = read.get().map;
    if (map == null || number < 1) {
      return Optional.empty();
    }
    Text text = last;
    if (!text.source.equals(source)) {
      text = new Text(source, content(map, source));
      last = text;
    }
    return SourceLines.line(text.utf8, number);
  }

  private static byte[] content(SourceMap map, String source) {
    try {
      return map.content(source).map(it -> it.getBytes(StandardCharsets.UTF_8)).orElse(NO_TEXT);
    } catch (FormatException e) {
      return NO_TEXT; // it was there when the map was read; the file has changed
    }
  }
}
