package dev.wasmortem.symbols.sourcemap;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Lazy;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A source map of version 3 (ECMA-426) that belongs to a WebAssembly module: its generated lines
 * are one, its generated columns offsets in the whole file of the module.
 *
 * <p>Opening reads the JSON from end to end and keeps sources' paths and names; mappings are
 * decoded on the first look-up, into flat sorted arrays, and a source's text is read when it is
 * asked for. Index maps are read as the one map that they stand for. {@code file}, {@code
 * ignoreList} and fields that we do not know are passed over.
 *
 * <p>Bounded: a map of more than {@link #MAX_BYTES}, a {@code sourceRoot} of more than {@link
 * #MAX_ROOT} characters and index maps that stand deeper than {@link #MAX_DEPTH} in each other are
 * refused. Safe for use by several threads.
 */
public final class SourceMap {
  /** The largest map that is read, in bytes. */
  public static final long MAX_BYTES = 256L << 20;

  /** The longest {@code sourceRoot}, which is put before every source, in characters. */
  public static final int MAX_ROOT = 4096;

  /** How deep index maps may stand in each other. */
  public static final int MAX_DEPTH = 16;

  private final MapReader.Read read;
  private final Lazy<MappingTable> table;

  private SourceMap(MapReader.Read read, Consumer<FormatException> problems) {
    this.read = read;
    this.table = new Lazy<>(() -> decode(problems));
  }

  /**
   * Reads a map strictly: mappings that are damaged are thrown by the first look-up and by each
   * that follows.
   *
   * @throws FormatException if the JSON is none, or no source map
   */
  public static SourceMap read(ByteSource json) {
    return new SourceMap(
        MapReader.read(json),
        problem -> {
          throw problem;
        });
  }

  /**
   * Reads a map whose mappings may be damaged: what is before the damage is there, and the damage
   * is told to {@code sink}.
   *
   * @throws FormatException if the JSON is none, or no source map
   */
  public static SourceMap salvage(ByteSource json, Diagnostic.Sink sink) {
    return new SourceMap(
        MapReader.read(json), problem -> sink.report(Diagnostic.of("source-map-damaged", problem)));
  }

  private MappingTable decode(Consumer<FormatException> problems) {
    MappingTable decoded = new MappingTable();
    for (MapPart part : read.parts()) {
      MappingsReader.read(read.json(), part, decoded, problems);
    }
    return decoded.finished();
  }

  /** Returns the mapping that the code at an offset belongs to: the last that begins there. */
  public Optional<Mapping> at(FileOffset offset) {
    int index = table.get().indexOf(offset.value());
    return index < 0 ? Optional.empty() : Optional.of(mapping(index));
  }

  /** Returns all mappings, sorted by their starts; a view. */
  public List<Mapping> mappings() {
    return new Mappings(table.get().size());
  }

  private Mapping mapping(int index) {
    MappingTable known = table.get();
    FileOffset start = new FileOffset(known.offset(index));
    String source = known.source(index) == MappingTable.NONE ? null : path(known.source(index));
    if (source == null) {
      return new Mapping(start, Optional.empty());
    }
    Optional<String> name =
        known.name(index) == MappingTable.NONE
            ? Optional.empty()
            : Optional.of(read.names().get(known.name(index)));
    return new Mapping(
        start,
        Optional.of(
            new OriginalPosition(source, known.line(index) + 1, known.column(index) + 1, name)));
  }

  /** Returns the path of a source, null if the map does not know it. */
  private @Nullable String path(int index) {
    return read.sources().get(index).path();
  }

  /**
   * Returns the text of a source as it was compiled, as it stands in the map: not safe to print. It
   * is read anew each time.
   *
   * @param source the path, as {@link OriginalPosition#source} gives it
   */
  public Optional<String> content(String source) {
    for (MapReader.Source each : read.sources()) {
      if (each.hasContent() && each.isCalled(source)) {
        return Optional.of(MapReader.string(read.json(), each.content()));
      }
    }
    return Optional.empty();
  }

  private final class Mappings extends AbstractList<Mapping> implements RandomAccess {
    private final int size;

    Mappings(int size) {
      this.size = size;
    }

    @Override
    public Mapping get(int index) {
      if (index < 0 || index >= size) {
        throw new IndexOutOfBoundsException(index);
      }
      return mapping(index);
    }

    @Override
    public int size() {
      return size;
    }
  }
}
