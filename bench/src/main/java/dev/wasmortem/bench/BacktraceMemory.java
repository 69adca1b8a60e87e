package dev.wasmortem.bench;

import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemorySource;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.SizeLimits;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * {@code ./wasmortem bt} on a dump with a mostly-zero memory of 1 GiB against one of 1 MiB: whole
 * processes. One page in sixteen holds something in both.
 */
public final class BacktraceMemory {
  private static final int PAGE = 1 << 16;

  private BacktraceMemory() {}

  /** Runs in the project's root folder. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("wasmortem-bench");
    String wasmortem = Path.of("wasmortem").toAbsolutePath().toString();
    Path large = write(folder.resolve("large.core"), 1L << 30);
    Path small = write(folder.resolve("small.core"), 1L << 20);
    double[] medians =
        Processes.medians(
            21,
            List.of(wasmortem, "bt", large.toString()),
            List.of(wasmortem, "bt", small.toString()));
    System.out.printf(
        Locale.ROOT,
        "bt of a dump with 1 GiB (%,d bytes) %.0f ms, with 1 MiB (%,d bytes) %.0f ms, ratio %.2f%n",
        Files.size(large),
        medians[0],
        Files.size(small),
        medians[1],
        medians[0] / medians[1]);
    Files.delete(large);
    Files.delete(small);
    Files.delete(folder);
  }

  private static Path write(Path file, long bytes) throws IOException {
    CoredumpWriter writer = new CoredumpWriter().executableName("bench.wasm");
    int module = writer.addModule(new CoreModule("bench"));
    int memory =
        writer.addMemory(MemoryType.of(SizeLimits.atLeast(bytes / PAGE)), new MostlyZero(bytes));
    int instance = writer.addInstance(new CoreInstance(module, List.of(memory), List.of()));
    Frame frame =
        new Frame(
            instance, 1, new BodyOffset(2), List.of(new Value.I32(3)), List.of(new Value.I64(4)));
    writer.addThread(new CoreThread("main", List.of(frame, frame, frame)));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      writer.writeTo(channel);
    }
    return file;
  }

  /** Every sixteenth page is full of sevens, the rest zero. */
  private record MostlyZero(long size) implements MemorySource {
    @Override
    public void read(MemoryAddress address, byte[] target, int offset, int length) {
      for (int done = 0; done < length; ) {
        long at = address.value() + done;
        int chunk = (int) Math.min(length - done, PAGE - at % PAGE);
        byte fill = (byte) (at / PAGE % 16 == 0 ? 7 : 0);
        Arrays.fill(target, offset + done, offset + done + chunk, fill);
        done += chunk;
      }
    }
  }
}
