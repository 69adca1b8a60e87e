package dev.wasmortem.wasm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wasmortem.testkit.WasmBytes;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads whatever bytes as a name section: nothing may come out but names. */
class NameSectionFuzzTest {
  static Stream<Arguments> seeds() {
    return Stream.of(
            "00 04 03 61 62 63",
            "01 0a 02 00 02 66 31 01 03 61 20 62",
            "02 0c 02 00 01 00 01 78 01 01 02 02 79 7a",
            "01 08 02 07 01 61 07 02 c3 28 09 04 01 00 01 64 0b 04 01 00 01 74")
        .map(hex -> Arguments.of(WasmBytes.hex(hex).toByteArray()));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void reads(byte[] bytes) {
    Sample.readNames(
        WasmModule.read(
            WasmBytes.module().custom("name", WasmBytes.empty().raw(bytes)).source("fuzz.wasm")));
  }
}
