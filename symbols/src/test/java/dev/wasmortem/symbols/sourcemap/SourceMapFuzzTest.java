package dev.wasmortem.symbols.sourcemap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes, taken as a source map. */
class SourceMapFuzzTest {
  static List<byte[]> seeds() {
    return List.of(
        HostileMapTest.PLAIN.getBytes(StandardCharsets.UTF_8),
        HostileMapTest.INDEX.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void everyAnswer(byte[] json) {
    try {
      HostileMapTest.walk(ByteSource.of("fuzz.map", json));
    } catch (FormatException e) {
      // what a reader may say
    }
  }
}
