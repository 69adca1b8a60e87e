package dev.wasmortem.symbols;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wasmortem.bytes.ByteSource;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes, taken as a module. */
class SymbolizerFuzzTest {
  static List<byte[]> seeds() {
    return List.of(
        Fixtures.bytes("tiny/tiny-dw4.wasm"),
        Fixtures.bytes("tiny/tiny-dw5.wasm"),
        Fixtures.bytes("tiny/tiny-names.wasm"));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void everyAnswer(byte[] module) {
    HostileTest.walk(ByteSource.of("fuzz.wasm", module));
  }
}
