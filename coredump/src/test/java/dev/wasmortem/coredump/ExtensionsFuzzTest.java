package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever our sections hold, a dump is read in time; what is read strictly and copied reads the
 * same again, and a copy of the copy has its bytes.
 */
final class ExtensionsFuzzTest {
  /** More costs more than it finds. */
  private static final long MEMORY = 1 << 22;

  static Stream<byte[]> seeds() {
    byte[] memory = new byte[9000];
    for (int i = 0; i < memory.length; i += 100) {
      memory[i] = 1;
    }
    CoredumpWriter indexed = new CoredumpWriter();
    indexed.addMemory(Dumps.bytewise(), Dumps.memory(memory));
    return Stream.of(
        EverySection.bytes().toByteArray(),
        Dumps.written(indexed),
        Dumps.linkedModules().toByteArray());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void copies(byte[] bytes) {
    try {
      Everything.salvage(ByteSource.of("fuzz", bytes));
      Coredump dump = Coredump.read(ByteSource.of("fuzz", bytes));
      Everything.read(dump);
      if (dump.memories().stream().anyMatch(memory -> memory.size() > MEMORY)) {
        return;
      }
      byte[] copy = Dumps.written(CoredumpWriter.copyOf(dump, WriterOptions.DEFAULT));
      Coredump again = Dumps.read(copy);
      assertEquals(dump.modules().size(), again.modules().size());
      assertEquals(dump.trap(), again.trap());
      assertEquals(dump.process(), again.process());
      assertEquals(dump.tables(), again.tables());
      assertEquals(dump.regions(), again.regions());
      assertArrayEquals(copy, Dumps.written(CoredumpWriter.copyOf(again, WriterOptions.DEFAULT)));
    } catch (FormatException expected) {
      // What a strict reading may say.
    }
  }
}
