package dev.wasmortem.coredump.lint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.edit.DumpFix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes, a dump is checked in time; repaired, nothing is wrong with it but what cannot
 * be repaired, and to repair it once more changes no byte.
 */
final class LintFuzzTest {
  /** More costs more than it finds. */
  private static final long MEMORY = 1 << 22;

  static Stream<byte[]> seeds() {
    return LintTest.dumps();
  }

  private static byte[] fixed(Coredump dump) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DumpFix.of(dump, Map.of()).writeTo(Channels.newChannel(out));
    return out.toByteArray();
  }

  private static Coredump salvaged(String name, byte[] bytes) {
    return Coredump.salvage(ByteSource.of(name, bytes), Diagnostic.Sink.IGNORE);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void repairs(byte[] bytes) throws IOException {
    Coredump dump;
    try {
      Lint.check(ByteSource.of("fuzz", bytes), Map.of());
      dump = salvaged("fuzz", bytes);
    } catch (FormatException expected) {
      // No WebAssembly, or no dump.
      return;
    }
    if (dump.memories().stream().anyMatch(memory -> memory.size() > MEMORY)) {
      return;
    }
    byte[] fixed = fixed(dump);
    LintResult left = Lint.check(ByteSource.of("fixed", fixed), Map.of());
    assertEquals(
        List.of(),
        left.findings().stream()
            .filter(finding -> finding.rule().repair() != LintRule.Repair.CANNOT)
            .toList());
    assertArrayEquals(fixed, fixed(salvaged("fixed", fixed)));
  }
}
