package dev.wasmortem.symbols.sourcemap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wasmortem.bytes.ByteSource;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Decoding gives what was encoded. */
class MappingsPropertyTest {
  private static final int COUNT = 1000;

  /** A segment; without a source if that is -1, without a name if that is -1. */
  record Segment(int offset, int source, int line, int column, int name) {
    String text() {
      if (source < 0) {
        return String.valueOf(offset);
      }
      String place = "s" + source + ":" + (line + 1L) + ":" + (column + 1L);
      return offset + " " + place + (name < 0 ? "" : " n" + name);
    }
  }

  @Property(tries = 500)
  void decodingUndoesEncoding(@ForAll("segments") List<Segment> segments) {
    SourceMap map = SourceMap.read(ByteSource.of("test.map", json(encoded(segments))));
    List<String> texts = new ArrayList<>();
    for (Mapping mapping : map.mappings()) {
      texts.add(
          mapping.start().value()
              + mapping
                  .original()
                  .map(at -> " " + at + at.name().map(name -> " " + name).orElse(""))
                  .orElse(""));
    }
    List<Segment> sorted = new ArrayList<>(segments);
    sorted.sort(Comparator.comparingInt(Segment::offset)); // stable, as the format is
    assertEquals(sorted.stream().map(Segment::text).toList(), texts);
  }

  private static byte[] json(String mappings) {
    StringBuilder json = new StringBuilder("{\"version\":3,\"mappings\":\"" + mappings + "\"");
    for (String list : List.of("sources", "names")) {
      json.append(",\"").append(list).append("\":[");
      for (int i = 0; i < COUNT; i++) {
        json.append(i == 0 ? "\"" : ",\"").append(list.charAt(0)).append(i).append('"');
      }
      json.append(']');
    }
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(List<Segment> segments) {
    List<String> texts = new ArrayList<>();
    Segment last = new Segment(0, 0, 0, 0, 0);
    for (Segment each : segments) {
      String text = digits((long) each.offset - last.offset);
      Segment mapped = last;
      if (each.source >= 0) {
        mapped = each;
        text +=
            digits((long) each.source - last.source)
                + digits((long) each.line - last.line)
                + digits((long) each.column - last.column)
                + (each.name < 0 ? "" : digits((long) each.name - last.name));
      }
      int name = each.source >= 0 && each.name >= 0 ? each.name : last.name;
      last = new Segment(each.offset, mapped.source, mapped.line, mapped.column, name);
      texts.add(text);
    }
    return String.join(",", texts);
  }

  /** Writes a number in base 32, turned around, and marks all digits but the last. */
  private static String digits(long value) {
    BigInteger bits = BigInteger.valueOf(Math.abs(value)).shiftLeft(1);
    String base32 = (value < 0 ? bits.setBit(0) : bits).toString(32);
    StringBuilder text = new StringBuilder();
    for (int i = base32.length() - 1; i >= 0; i--) {
      int digit = Character.digit(base32.charAt(i), 32);
      text.append(
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
              .charAt(i == 0 ? digit : digit + 32));
    }
    return text.toString();
  }

  @Provide
  Arbitrary<List<Segment>> segments() {
    Arbitrary<Integer> places = Arbitraries.integers().between(0, Integer.MAX_VALUE - 1);
    Arbitrary<Integer> indices = Arbitraries.integers().between(-1, COUNT - 1);
    Arbitrary<Integer> offsets =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 100),
            Arbitraries.integers().between(0, Integer.MAX_VALUE));
    return Combinators.combine(offsets, indices, places, places, indices)
        .as(Segment::new)
        .list()
        .ofMaxSize(40);
  }
}
