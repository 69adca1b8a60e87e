package dev.wasmortem.symbols.sourcemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.Shared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The format, by the words and the examples of ECMA-426. */
class SourceMapTest {
  private static ByteSource json(String text) {
    return ByteSource.of("test.map", text.getBytes(StandardCharsets.UTF_8));
  }

  private static SourceMap read(String text) {
    return SourceMap.read(json(text));
  }

  /** A map of two sources and two names. */
  private static String map(String mappings) {
    return "{\"version\":3,\"sources\":[\"a.ts\",\"b.ts\"],\"names\":[\"n\",\"m\"],\"mappings\":\""
        + mappings
        + "\"}";
  }

  /** Returns {@code start source:line:column name} of each mapping. */
  private static List<String> texts(SourceMap map) {
    return map.mappings().stream().map(SourceMapTest::text).toList();
  }

  private static String text(Mapping mapping) {
    return mapping.start().value()
        + mapping
            .original()
            .map(at -> " " + at + at.name().map(name -> " " + name).orElse(""))
            .orElse("");
  }

  private static String at(SourceMap map, long offset) {
    return map.at(new FileOffset(offset)).map(SourceMapTest::text).orElse("nothing");
  }

  /** The numbers of the specification's examples, and the ends of the range. */
  @ParameterizedTest
  @CsvSource({
    "A, 0",
    "C, 1",
    "iB, 17", // the specification's first example
    "2H, 123",
    "ggggggC, 1073741824",
    "+/////D, 2147483647",
    "gA, 0",
  })
  void numbers(String digits, int value) {
    assertEquals(List.of(String.valueOf(value)), texts(read(map(digits))));
  }

  /** Each number is the difference to the one before; V is the specification's -10. */
  @Test
  void segmentsOfOneFourAndFiveNumbers() {
    assertEquals(
        List.of("7", "17 a.ts:11:2", "18 b.ts:1:3 m", "18 a.ts:2:3 n"),
        texts(read(map("iBAUC,V,WCVCC,ADCAD"))));
  }

  @Test
  void theLastMappingThatBeginsBeforeAnOffsetCoversIt() {
    SourceMap map = read(map("KAAA,KAAA,KAAAA,AAAAC,K"));
    assertEquals("nothing", at(map, 4));
    assertEquals("5 a.ts:1:1", at(map, 5));
    assertEquals("5 a.ts:1:1", at(map, 9));
    assertEquals("10 a.ts:1:1", at(map, 10));
    assertEquals("15 a.ts:1:1 m", at(map, 19));
    assertEquals("20", at(map, 20));
    assertEquals("20", at(map, 0xffff_ffffL));
    assertEquals("nothing", at(read(map("")), 0));
  }

  @Test
  void onlyTheFirstLineIsAModules() {
    assertEquals(List.of("0 a.ts:1:1"), texts(read(map("AAAA;!!!"))));
    assertEquals(List.of(), texts(read(map(";AAAA"))));
  }

  @Test
  void jsonMayEscapeWhatItLikes() {
    assertEquals(List.of("15"), texts(read(map("\\u0065")))); // e
    assertEquals(List.of("1008"), texts(read(map("g\\/B"))));
    assertEquals(List.of("1008"), texts(read(map("g\\u002fB"))));
  }

  @ParameterizedTest
  @CsvSource({
    "'', x/y.ts, x/y.ts",
    "lib, y.ts, lib/y.ts",
    "lib/, y.ts, lib/y.ts",
    "./a-b, ~lib/rt.ts, ./a-b/~lib/rt.ts",
    "lib, /y.ts, /y.ts",
    "lib, https://x.example/y.ts, https://x.example/y.ts",
    "lib, ../y.ts, lib/../y.ts",
  })
  void sourcesStandBelowTheRoot(String root, String source, String path) {
    SourceMap map =
        read(
            "{\"mappings\":\"AAAA\",\"sources\":[\""
                + source
                + "\"],\"sourceRoot\":\""
                + root
                + "\",\"sourcesContent\":[\"text\"],\"version\":3}");
    assertEquals(List.of("0 " + path + ":1:1"), texts(map));
    assertEquals(Optional.of("text"), map.content(path));
  }

  @Test
  void whatMayBeAbsentAndWhatIsPassedOver() {
    String map =
        ")]}'\r\n"
            + "{\"file\":7,\"x_google_ignoreList\":[0],\"ignoreList\":[[{}]],\"debugId\":null,"
            + "\"names\":null,\"sourceRoot\":null,\"sourcesContent\":[null,\"é\\n\"],"
            + "\"sources\":[null,\"b\"],\"mappings\":\"AAAA,CCAA\",\"version\":3} \n";
    assertEquals(List.of("0", "1 b:1:1"), texts(read(map)));
    assertEquals(Optional.of("é\n"), read(map).content("b"));
    assertEquals(Optional.empty(), read(map).content("a"));
    assertEquals(List.of("0", "1 b:1:1"), texts(read("\ufeff" + map.substring(6))));
  }

  /** The example of the specification's section on index maps, on one line. */
  @Test
  void indexMaps() {
    String index =
        "{\"version\":3,\"file\":\"app.js\",\"sections\":["
            + "{\"offset\":{\"line\":0,\"column\":0},\"map\":" // cut off where the next begins
            + map("AAAA,UAAA,UAAA,UACA")
            + "},{\"map\":{\"version\":3,\"sections\":[{\"offset\":{\"column\":5,\"line\":0},\"map\":"
            + map("AAAA,KAAAC")
            + "}]},\"offset\":{\"line\":0,\"column\":25}},"
            + "{\"offset\":{\"line\":100,\"column\":10},\"map\":"
            + map("AAAA")
            + "}]}";
    assertEquals(
        List.of("0 a.ts:1:1", "10 a.ts:1:1", "20 a.ts:1:1", "30 a.ts:1:1", "35 a.ts:1:1 m"),
        texts(read(index)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"version\":4,\"mappings\":\"\",\"sources\":[]}|Unsupported|version 4",
        "{\"mappings\":\"\",\"sources\":[]}|Malformed|no version",
        "{\"version\":null,\"mappings\":\"\",\"sources\":[]}|Malformed|an integer is wanted",
        "{\"version\":3,\"sources\":[]}|Malformed|no mappings",
        "{\"version\":3,\"mappings\":\"\"}|Malformed|no sources",
        "{\"version\":3,\"mappings\":7}|Malformed|a string is wanted, not an integer",
        "{\"version\":3,\"sources\":{}}|Malformed|an array is wanted, not an object",
        "{\"version\":3,\"sources\":[\"a\",7]}|Malformed|a string is wanted, not an integer",
        "{\"version\":3,\"names\":[null]}|Malformed|a string is wanted, not null",
        "{\"version\":3,\"sourcesContent\":[true]}|Malformed|a string is wanted, not a boolean",
        "{\"version\":3,\"sections\":[7]}|Malformed|an object is wanted",
        "{\"version\":3,\"sections\":[{}]}|Malformed|without its offset",
        "{\"version\":3,\"sections\":[{\"url\":\"x\"}]}|Unsupported|in another file",
        "{\"version\":3,\"sections\":[{\"offset\":{\"line\":-1}}]}|Malformed|offset of -1",
        "{\"version\":99999999999999999999}|Malformed|no JSON",
        "[]|Malformed|an object is wanted, not an array",
        "''|Malformed|not the end",
        "{\"version\":3,\"mappings\":\"\",\"sources\":[]}7|Malformed|more than one value",
        "{\"version\":3|Truncated|ends early",
        "{\"version\":3,}|Malformed|no JSON",
      })
  void noSourceMap(String json, String kind, String problem) {
    FormatException error = assertThrows(FormatException.class, () -> read(json));
    assertEquals(kind, error.getClass().getSimpleName());
    assertEquals(true, error.getMessage().contains(problem), error.getMessage());
  }

  /** The offset is that of the segment, from the first byte of the file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AAAA,AA|0x4c|a segment that lacks numbers",
        "AAAA,AAAAAA|0x4a|more than 5 numbers",
        "AAAA,|0x4a|lacks numbers",
        ",AAAA|0x45|lacks numbers",
        "AAAA,!|0x4a|no Base64 digit",
        "AAAA,é|0x4a|no Base64 digit",
        "AAAA,A\\n|0x4b|no Base64 digit",
        "ggggggE|0x45|more than 32 bits",
        "gggggggA|0x45|more than 32 bits",
        "AAAA,D|0x4a|offset -1",
        "AAAA,B|0x4a|offset -2147483648",
        "AEAA|0x45|source 2 of 2",
        "ADAA|0x45|source -1 of 2",
        "AADA|0x45|line -1, column 0",
        "AAAD|0x45|line 0, column -1",
        "AA+/////DA|0x45|line 2147483647, column 0",
        "AAAAE|0x45|name 2 of 2",
      })
  void damagedMappings(String mappings, String offset, String problem) {
    SourceMap strict = read(map(mappings));
    FormatException error = assertThrows(FormatException.class, strict::mappings);
    assertEquals(true, error.getMessage().contains(problem), error.getMessage());
    assertEquals(offset, error.location().offset().toString());
    assertThrows(FormatException.class, () -> strict.at(new FileOffset(0)));

    List<Diagnostic> diagnostics = new ArrayList<>();
    SourceMap salvaged = SourceMap.salvage(json(map(mappings)), diagnostics::add);
    List<Mapping> before = salvaged.mappings();
    if (mappings.startsWith("AAAA,")) {
      assertEquals("0 a.ts:1:1", text(before.get(0)));
    }
    assertEquals(1, diagnostics.size());
    assertEquals("source-map-damaged", diagnostics.get(0).code());
  }

  @Test
  void placesThatCannotBeAreLeftOutInSalvage() {
    List<Diagnostic> diagnostics = new ArrayList<>();
    SourceMap map =
        SourceMap.salvage(json(map("CAAA,CEAA,CDAAE,CDDA,CACAD,F,P,Q")), diagnostics::add);
    assertEquals(
        List.of("1 a.ts:1:1", "2", "3 b.ts:1:1", "3", "4", "4", "5 a.ts:1:1 m"), texts(map));
    assertEquals(1, diagnostics.size());
  }

  /** Lines and columns as they stand in {@code crash.ts}, read by hand. */
  @Test
  void assemblyScript() throws IOException {
    try (ByteSource json = ByteSource.open(Shared.corpus("as/crash-O0-debug.wasm.map"))) {
      SourceMap map = SourceMap.read(json);
      String path = "./crash-O0-debug/crash.ts";
      List<String> lines = Files.readAllLines(Shared.corpus("as/crash.ts"));
      assertEquals(Files.readString(Shared.corpus("as/crash.ts")), map.content(path).orElseThrow());
      // detonate's division, deep's calls of detonate and of itself, run's of deep
      assertEquals("10 / (m.get", found(map, 8362, path, lines, 16, 25, 11));
      assertEquals("detonate(a)", found(map, 8594, path, lines, 9, 62, 11));
      assertEquals("deep(n - 1, a)", found(map, 8643, path, lines, 9, 106, 14));
      assertEquals("deep(3", found(map, 8828, path, lines, 24, 108, 6));
      assertFalse(map.content("./crash-O0-debug/~lib/map.ts").orElseThrow().isEmpty());
      assertEquals(Optional.empty(), map.content("crash.ts"));
    }
  }

  /** Returns {@code length} characters of the source from where the code at an offset is from. */
  private static String found(
      SourceMap map,
      long offset,
      String path,
      List<String> lines,
      int line,
      int column,
      int length) {
    OriginalPosition place = map.at(new FileOffset(offset)).orElseThrow().original().orElseThrow();
    assertEquals(path + ":" + line + ":" + column, place.toString());
    return lines.get(line - 1).substring(column - 1, column - 1 + length);
  }

  @ParameterizedTest
  @ValueSource(ints = {SourceMap.MAX_DEPTH, SourceMap.MAX_DEPTH + 1})
  void depth(int depth) {
    String before = "{\"version\":3,\"sections\":[{\"offset\":{\"line\":0,\"column\":1},\"map\":";
    String nested = before.repeat(depth - 1) + map("AAAA") + "}]}".repeat(depth - 1);
    if (depth == SourceMap.MAX_DEPTH) {
      assertEquals(List.of(depth - 1 + " a.ts:1:1"), texts(read(nested)));
    } else {
      assertThrows(FormatException.LimitExceeded.class, () -> read(nested));
    }
  }
}
