package dev.wasmortem.coredump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.testkit.DumpBytes;
import dev.wasmortem.testkit.WasmBytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps of gigabytes: only what is asked for is read. */
final class LargeDumpTest {
  @TempDir Path folder;

  /** 3.9 GiB of captured memory in one segment, in a sparse file. */
  @Test
  void framesAndAFewBytesOfAHugeMemory() throws IOException {
    long length = 3900L << 20;
    WasmBytes segment = WasmBytes.of(0x00, 0x41, 0x10, 0x0b).u(length);
    byte[] head =
        WasmBytes.module()
            .add(DumpBytes.core("huge"))
            .add(DumpBytes.coremodules("huge"))
            .add(DumpBytes.coreinstances(DumpBytes.instance(0, List.of(0L), List.of())))
            .add(DumpBytes.corestack("main", DumpBytes.frame(0, 1, 2)))
            .memories(WasmBytes.memory(65536))
            .bytes(11)
            .u(1 + segment.size() + length)
            .u(1)
            .add(segment)
            .toByteArray();
    Path path = folder.resolve("huge.core");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(head);
      file.seek(head.length + (3L << 30));
      file.write(42);
      file.setLength(head.length + length);
    }
    assertTimeout(
        Duration.ofSeconds(30),
        () -> {
          try (ByteSource source = ByteSource.open(path)) {
            Coredump dump = Coredump.read(source);
            assertEquals(List.of(Dumps.frame(0, 1, 2)), dump.threads().get(0).frames());
            byte[] bytes = new byte[3];
            dump.memories().get(0).read(new MemoryAddress(16 + (3L << 30) - 1), bytes, 0, 3);
            assertEquals(42, bytes[1]);
            assertEquals(
                List.of(
                    new MemoryRange(new MemoryAddress(0), 16, MemoryState.UNSPECIFIED),
                    new MemoryRange(new MemoryAddress(16), length, MemoryState.CAPTURED),
                    new MemoryRange(
                        new MemoryAddress(16 + length),
                        (1L << 32) - 16 - length,
                        MemoryState.UNSPECIFIED)),
                dump.memories().get(0).ranges());
          }
        });
  }

  /** The index of a million segments gives a segment from the midst, and every range. */
  @Test
  void aMillionSegments() {
    int count = 1_000_000;
    WasmBytes segments = WasmBytes.empty().u(count);
    for (int i = 0; i < count; i++) {
      segments.bytes(0x00, 0x41).s(i * 64L).bytes(0x0b, 0x02, i, i >> 8);
    }
    byte[] bytes =
        WasmBytes.module()
            .add(DumpBytes.core("many"))
            .add(DumpBytes.corestack("main", DumpBytes.frame(0, 1, 2)))
            .memories(WasmBytes.memory(1000))
            .section(11, segments)
            .toByteArray();
    Coredump dump = Dumps.read(bytes);
    assertEquals(1, dump.threads().size());
    byte[] read = new byte[2];
    dump.memories().get(0).read(new MemoryAddress(64 * 0x0a0b0cL), read, 0, 2);
    assertEquals("[12, 11]", Arrays.toString(read));
    assertEquals(1_000_000 * 2, dump.memories().get(0).ranges().size());
  }
}
