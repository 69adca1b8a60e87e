package dev.wasmortem.symbols.sourcemap;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.bytes.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of a source map (ECMA-426, Source map format and Index map), whose fields may
 * stand in any order. Long strings are not read: where they stand is kept.
 *
 * <p>Strict: a field that is of another type than the specification's is an error, {@code null} for
 * one that may be absent is not.
 */
final class MapReader {
  private static final long NONE = -1;

  private final ByteSource json;
  private final long start;
  private final JsonParser parser;

  private MapReader(ByteSource json, long start, JsonParser parser) {
    this.json = json;
    this.start = start;
    this.parser = parser;
  }

  /**
   * What was read.
   *
   * @param parts by rising offset
   */
  record Read(ByteSource json, List<MapPart> parts, List<Source> sources, List<String> names) {}

  /**
   * A source.
   *
   * @param root what is put before its name
   * @param name null if the map does not know it
   * @param content where its text stands in the JSON, {@link #NONE} if it does not
   */
  record Source(String root, @Nullable String name, long content) {
    boolean hasContent() {
      return content != NONE;
    }

    /** Returns the name below its root; one that is absolute stays as it is. */
    @Nullable String path() {
      if (name == null || root.isEmpty() || isAbsolute(name)) {
        return name;
      }
      return root.endsWith("/") ? root + name : root + "/" + name;
    }

    boolean isCalled(String path) {
      return name != null && path.endsWith(name) && path.equals(path());
    }

    /** Returns whether a name is a path from the root or a URL with a scheme. */
    private static boolean isAbsolute(String name) {
      if (name.startsWith("/")) {
        return true;
      }
      int colon = name.indexOf("://");
      return colon > 0 && name.substring(0, colon).chars().allMatch(MapReader::isSchemeCharacter);
    }
  }

  private static boolean isSchemeCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "+-.".indexOf(c) >= 0;
  }

  /** A map object with its fields as they stand. */
  private static final class MapObject {
    private long version = NONE;
    private String root = "";
    private @Nullable List<@Nullable String> sources;
    private List<Long> contents = List.of();
    private List<String> names = List.of();
    private long mappings = NONE;
    private @Nullable List<SectionObject> sections;
  }

  /** A section of an index map. */
  private record SectionObject(long line, long column, MapObject map) {}

  static Read read(ByteSource json) {
    if (json.size() > SourceMap.MAX_BYTES) {
      throw new FormatException.LimitExceeded(
          "a source map of " + json.size() + " bytes; the limit is " + SourceMap.MAX_BYTES,
          json.at(0, ""));
    }
    long start = jsonStart(json);
    try (JsonParser parser = JsonSource.parser(json, start)) {
      return new MapReader(json, start, parser).read();
    } catch (IOException e) {
      throw JsonSource.error(json, start, e);
    }
  }

  /** Returns the string that stands at an offset of a JSON that was read. */
  static String string(ByteSource json, long at) {
    try (JsonParser parser = JsonSource.parser(json, at)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw JsonSource.error(json, at, e);
    }
  }

  /**
   * Returns where the JSON begins: behind a byte order mark, and a line that keeps it from running.
   */
  private static long jsonStart(ByteSource json) {
    long at = startsWith(json, 0, 0xef, 0xbb, 0xbf) ? 3 : 0;
    if (startsWith(json, at, ')', ']', '}')) {
      while (at < json.size() && json.u8(at) != '\n') {
        at++;
      }
    }
    return at;
  }

  private static boolean startsWith(ByteSource json, long at, int... bytes) {
    if (json.size() - at < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (json.u8(at + i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private Read read() throws IOException {
    expect(parser.nextToken(), JsonToken.START_OBJECT, "source map");
    MapObject map = readMap(1);
    if (parser.nextToken() != null) {
      throw malformed("more than one value", "json");
    }
    Flattening flat = new Flattening();
    flat.add(map, 0, Long.MAX_VALUE);
    return new Read(json, flat.parts, flat.sources, flat.names);
  }

  private MapObject readMap(int depth) throws IOException {
    if (depth > SourceMap.MAX_DEPTH) {
      throw new FormatException.LimitExceeded(
          "index maps in each other, deeper than " + SourceMap.MAX_DEPTH, here("sections"));
    }
    long at = position();
    MapObject map = new MapObject();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_NULL && !field.equals("version")) {
        continue;
      }
      switch (field) {
        case "version" -> map.version = readVersion(value);
        case "sourceRoot" -> map.root = readRoot(value);
        case "sources" -> map.sources = readSources(value);
        case "sourcesContent" -> map.contents = readContents(value);
        case "names" -> map.names = readNames(value);
        case "mappings" -> {
          expect(value, JsonToken.VALUE_STRING, field);
          map.mappings = position();
        }
        case "sections" -> map.sections = readSections(value, depth);
        default -> parser.skipChildren();
      }
    }
    check(map, at);
    return map;
  }

  private void check(MapObject map, long at) {
    if (map.version == NONE) {
      throw new FormatException.Malformed("no version", json.at(at, "version"));
    }
    if (map.sections == null && map.mappings == NONE) {
      throw new FormatException.Malformed("no mappings", json.at(at, "mappings"));
    }
    if (map.sections == null && map.sources == null) {
      throw new FormatException.Malformed("no sources", json.at(at, "sources"));
    }
  }

  private long readVersion(JsonToken value) throws IOException {
    expect(value, JsonToken.VALUE_NUMBER_INT, "version");
    long version = parser.getLongValue();
    if (version != 3) {
      throw new FormatException.Unsupported("a source map of version " + version, here("version"));
    }
    return version;
  }

  private String readRoot(JsonToken value) throws IOException {
    expect(value, JsonToken.VALUE_STRING, "sourceRoot");
    String root = parser.getText();
    if (root.length() > SourceMap.MAX_ROOT) {
      throw new FormatException.LimitExceeded(
          "a sourceRoot of more than " + SourceMap.MAX_ROOT + " characters", here("sourceRoot"));
    }
    return root;
  }

  private List<@Nullable String> readSources(JsonToken value) throws IOException {
    expect(value, JsonToken.START_ARRAY, "sources");
    List<@Nullable String> sources = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      if (next == JsonToken.VALUE_NULL) {
        sources.add(null);
      } else {
        expect(next, JsonToken.VALUE_STRING, "sources");
        sources.add(parser.getText());
      }
    }
    return sources;
  }

  private List<Long> readContents(JsonToken value) throws IOException {
    expect(value, JsonToken.START_ARRAY, "sourcesContent");
    List<Long> contents = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      if (next != JsonToken.VALUE_NULL) {
        expect(next, JsonToken.VALUE_STRING, "sourcesContent");
      }
      contents.add(next == JsonToken.VALUE_NULL ? NONE : position());
    }
    return contents;
  }

  private List<String> readNames(JsonToken value) throws IOException {
    expect(value, JsonToken.START_ARRAY, "names");
    List<String> names = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      expect(next, JsonToken.VALUE_STRING, "names");
      names.add(parser.getText());
    }
    return names;
  }

  private List<SectionObject> readSections(JsonToken value, int depth) throws IOException {
    expect(value, JsonToken.START_ARRAY, "sections");
    List<SectionObject> sections = new ArrayList<>();
    SectionObject last = null;
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      expect(next, JsonToken.START_OBJECT, "sections");
      SectionObject section = readSection(depth);
      if (last != null
          && (section.line < last.line
              || (section.line == last.line && section.column < last.column))) {
        throw malformed("a section that begins before the one before it", "sections");
      }
      sections.add(section);
      last = section;
    }
    return sections;
  }

  private SectionObject readSection(int depth) throws IOException {
    long line = NONE;
    long column = NONE;
    MapObject map = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "offset" -> {
          expect(value, JsonToken.START_OBJECT, "offset");
          line = NONE;
          column = NONE;
          while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String coordinate = parser.currentName();
            JsonToken number = parser.nextToken();
            switch (coordinate) {
              case "line" -> line = readCoordinate(number);
              case "column" -> column = readCoordinate(number);
              default -> parser.skipChildren();
            }
          }
        }
        case "map" -> {
          expect(value, JsonToken.START_OBJECT, "map");
          map = readMap(depth + 1);
        }
        case "url" ->
            throw new FormatException.Unsupported("a section in another file", here("sections"));
        default -> parser.skipChildren();
      }
    }
    if (map == null || line == NONE || column == NONE) {
      throw malformed("a section without its offset or its map", "sections");
    }
    return new SectionObject(line, column, map);
  }

  private long readCoordinate(JsonToken value) throws IOException {
    expect(value, JsonToken.VALUE_NUMBER_INT, "offset");
    long coordinate = parser.getLongValue();
    if (coordinate < 0 || coordinate > Integer.MAX_VALUE) {
      throw malformed("an offset of " + coordinate, "offset");
    }
    return coordinate;
  }

  private void expect(@Nullable JsonToken found, JsonToken wanted, String production) {
    if (found != wanted) {
      throw malformed(article(wanted) + " is wanted, not " + article(found), production);
    }
  }

  private static String article(@Nullable JsonToken token) {
    if (token == null) {
      return "the end";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "an integer";
      case VALUE_NUMBER_FLOAT -> "a fraction";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "the end of it";
    };
  }

  /** Returns where the token at hand begins. */
  private long position() {
    long offset = parser.currentTokenLocation().getByteOffset();
    return Math.min(json.size(), start + Math.max(0, offset));
  }

  private Location here(String production) {
    return json.at(position(), production);
  }

  private FormatException.Malformed malformed(String problem, String production) {
    return new FormatException.Malformed(problem, here(production));
  }

  /** Joins the sections of index maps. */
  private static final class Flattening {
    private final List<MapPart> parts = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    /** Adds a map whose first line begins at {@code base} and is cut off at {@code end}. */
    void add(MapObject map, long base, long end) {
      if (map.sections == null) {
        addPart(map, base, end);
        return;
      }
      List<SectionObject> first = map.sections.stream().filter(s -> s.line == 0).toList();
      for (int i = 0; i < first.size(); i++) {
        long next = i + 1 < first.size() ? base + first.get(i + 1).column : Long.MAX_VALUE;
        add(first.get(i).map, base + first.get(i).column, Math.min(end, next));
      }
    }

    private void addPart(MapObject map, long base, long end) {
      List<@Nullable String> own = map.sources == null ? List.of() : map.sources;
      parts.add(
          new MapPart(
              map.mappings, base, end, sources.size(), own.size(), names.size(), map.names.size()));
      for (int i = 0; i < own.size(); i++) {
        long content = i < map.contents.size() ? map.contents.get(i) : NONE;
        sources.add(new Source(map.root, own.get(i), content));
      }
      names.addAll(map.names);
    }
  }
}
