package dev.wasmortem.symbols.index;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes, taken as an index. */
class SymbolIndexFuzzTest {
  static List<byte[]> seeds() {
    return List.of(IndexBytes.twoFunctions());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void everyAnswer(byte[] index) {
    try {
      SymbolIndexTest.walk(ByteSource.of("fuzz.wmsym", index));
    } catch (FormatException expected) {
      // What a reader is allowed to say.
    }
  }
}
