package dev.wasmortem.symbols.sourcemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.Mutations;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Damaged maps, and maps that ask for much. */
class HostileMapTest {
  static final String PLAIN =
      "{\"version\":3,\"sources\":[\"a\",null],\"names\":[\"n\"],\"sourceRoot\":\"r\","
          + "\"sourcesContent\":[\"x\\u00e9\\n\"],\"mappings\":\"AAAAA,iBCAU;A,V\"}";

  static final String INDEX =
      ")]}'\n{\"version\":3,\"sections\":[{\"offset\":{\"line\":0,\"column\":3},\"map\":"
          + PLAIN
          + "},{\"offset\":{\"line\":0,\"column\":30},\"map\":"
          + PLAIN
          + "}]}";

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ByteSource json(String text) {
    return ByteSource.of("test.map", utf8(text));
  }

  @Test
  void everyCutAndEveryFlippedBit() {
    for (String map : new String[] {PLAIN, INDEX}) {
      Mutations.check(utf8(map), HostileMapTest::walk);
    }
    Mutations.cuts(utf8(INDEX))
        .forEach(cut -> assertThrows(FormatException.class, () -> SourceMap.read(cut.source())));
  }

  /** Reads a map in both ways and asks for everything; salvage reads what strict reading does. */
  static void walk(ByteSource json) {
    SourceMap salvaged = SourceMap.salvage(json, Diagnostic.Sink.IGNORE);
    int count = salvaged.mappings().size();
    for (Mapping mapping : salvaged.mappings()) {
      mapping.original().ifPresent(place -> salvaged.content(place.source()));
    }
    salvaged.at(new FileOffset(20));
    SourceMap strict = SourceMap.read(json);
    assertEquals(count, strict.mappings().size());
  }

  @Test
  void aMillionSections() {
    StringBuilder json = new StringBuilder("{\"version\":3,\"sections\":[");
    int sections = 1_000_000;
    for (int i = 0; i < sections; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"offset\":{\"line\":0,\"column\":")
          .append(i)
          .append("},\"map\":{\"version\":3,\"sources\":[\"s\"],\"mappings\":\"AAAA,CAAA\"}}");
    }
    SourceMap map = SourceMap.read(json(json.append("]}").toString()));
    assertEquals(sections + 1, map.mappings().size());
    assertEquals(sections, map.mappings().get(sections).start().value());
  }

  @Test
  void aMillionSegmentsFromTheLastToTheFirst() {
    int segments = 1_000_000;
    String json =
        "{\"version\":3,\"sources\":[],\"mappings\":\"ggggE" + ",D".repeat(segments) + "\"}";
    SourceMap map = SourceMap.read(json(json));
    assertEquals(segments + 1, map.mappings().size());
    assertEquals(2_097_152 - segments, map.mappings().get(0).start().value());
  }

  @Test
  void nestingThatIsPassedOver() {
    int deep = 100_000;
    String json = "{\"x\":" + "[".repeat(deep) + "]".repeat(deep) + ",\"version\":3}";
    assertThrows(FormatException.LimitExceeded.class, () -> SourceMap.read(json(json)));
  }

  @Test
  void aRootThatEverySourceWouldRepeat() {
    String json = "{\"version\":3,\"sourceRoot\":\"" + "r".repeat(4097) + "\"}";
    assertThrows(FormatException.LimitExceeded.class, () -> SourceMap.read(json(json)));
  }

  @Test
  void endlessZeros() {
    String json = "{\"version\":3,\"sources\":[],\"mappings\":\"" + "g".repeat(1 << 20) + "\"}";
    SourceMap map = SourceMap.read(json(json));
    assertThrows(FormatException.Malformed.class, map::mappings);
  }
}
