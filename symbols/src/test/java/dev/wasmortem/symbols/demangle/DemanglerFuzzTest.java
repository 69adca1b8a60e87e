package dev.wasmortem.symbols.demangle;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text, taken as a mangled name. */
class DemanglerFuzzTest {
  /** Every tenth name of the tables, for each seed is a test. */
  static List<byte[]> seeds() {
    List<String> names = List.copyOf(Tables.all().keySet());
    return IntStream.range(0, names.size() / 10)
        .mapToObj(i -> names.get(i * 10).getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void anyName(byte[] name) {
    Demangler.demangle(new String(name, StandardCharsets.UTF_8));
  }
}
