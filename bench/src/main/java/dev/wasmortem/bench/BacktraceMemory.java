package dev.wasmortem.bench;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.wasm.code.BodyOffset;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What memories cost a backtrace, which does not read them: {@code ./wasmortem bt}, whole processes
 * with a heap of 64 MiB, on dumps with 1 MiB of captured memory, with 3.9 GiB, and with 1,000,000
 * segments; and how long the first read of a memory takes in the last one, in a process of its own.
 */
public final class BacktraceMemory {
  private static final String HEAP = "-Xmx64m";
  private static final int ROUNDS = 21;
  private static final int SEGMENTS = 1_000_000;

  /** Bytes of memory from one segment of the million to the next, and bytes in each. */
  private static final int STRIDE = 4096;

  private static final int SEGMENT_BYTES = 16;

  private BacktraceMemory() {}

  /**
   * Runs in the project's root folder; with two arguments, {@code --first-read DUMP}, prints how
   * many milliseconds the first read of a memory takes, by the clock and on the processor.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 2) {
      firstRead(Path.of(arguments[1]));
      return;
    }
    Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("bench/target")), "bt");
    try {
      Path small = captured(folder.resolve("small.core"), 1L << 20);
      Path large = captured(folder.resolve("large.core"), 3900L << 20);
      Path many = millionSegments(folder.resolve("many.core"));
      compare("3.9 GiB of captured memory", large, "1 MiB", small);
      compare("1,000,000 segments", many, "1 MiB", small);
      double[] first = mediansOfFirstReads(many);
      System.out.printf(
          Locale.ROOT,
          "first read of a memory of 1,000,000 segments (%,d bytes) %.0f ms, %.0f ms of them on the"
              + " processor, %s%n",
          Files.size(many),
          first[0],
          first[1],
          HEAP);
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static void compare(String what, Path dump, String base, Path baseDump)
      throws IOException, InterruptedException {
    double[] medians = Processes.medians(ROUNDS, backtrace(dump), backtrace(baseDump));
    System.out.printf(
        Locale.ROOT,
        "bt of a dump with %s (%,d bytes) %.0f ms, with %s (%,d bytes) %.0f ms, %s, ratio %.2f%n",
        what,
        Files.size(dump),
        medians[0],
        base,
        Files.size(baseDump),
        medians[1],
        HEAP,
        medians[0] / medians[1]);
  }

  private static List<String> backtrace(Path dump) {
    String wasmortem = Path.of("wasmortem").toAbsolutePath().toString();
    return List.of("env", "WASMORTEM_JAVA_OPTS=" + HEAP, wasmortem, "bt", dump.toString());
  }

  /** One segment of so many bytes, most of which are a hole in the file. */
  private static Path captured(Path file, long bytes) throws IOException {
    ByteWriter segment = new ByteWriter().u8(0x00).u8(0x41).signed(16).u8(0x0b).unsigned(bytes);
    ByteWriter data = new ByteWriter().u8(11).unsigned(1 + segment.size() + bytes).u8(1);
    writeHead(file, 65536, data.bytes(segment));
    try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
      whole.setLength(whole.length() + bytes);
    }
    return file;
  }

  private static Path millionSegments(Path file) throws IOException {
    ByteWriter segments = new ByteWriter().unsigned(SEGMENTS);
    for (int i = 0; i < SEGMENTS; i++) {
      int address = i * STRIDE; // as an i32 constant has it: negative from 2 GiB on
      segments.u8(0x00).u8(0x41).signed(address).u8(0x0b).unsigned(SEGMENT_BYTES);
      segments.i32le(i).i32le(1).i32le(2).i32le(3);
    }
    writeHead(file, 65536, new ByteWriter().u8(11).sized(segments));
    return file;
  }

  /** Writes a dump without memories, then a Memory section, then {@code data}. */
  private static void writeHead(Path file, int pages, ByteWriter data) throws IOException {
    CoredumpWriter writer = new CoredumpWriter().executableName("bench.wasm");
    int module = writer.addModule(new CoreModule("bench"));
    int instance = writer.addInstance(new CoreInstance(module, List.of(0), List.of()));
    Frame frame =
        new Frame(
            instance, 1, new BodyOffset(2), List.of(new Value.I32(3)), List.of(new Value.I64(4)));
    writer.addThread(new CoreThread("main", List.of(frame, frame, frame)));
    ByteWriter memory =
        new ByteWriter().u8(5).sized(new ByteWriter().u8(1).u8(0x00).unsigned(pages));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      writer.writeTo(channel);
      memory.writeTo(channel);
      data.writeTo(channel);
    }
  }

  private static void firstRead(Path dump) throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (ByteSource source = ByteSource.open(dump)) {
      Coredump core = Coredump.read(source);
      byte[] bytes = new byte[4];
      int segment = SEGMENTS / 3;
      MemoryAddress address = new MemoryAddress((long) segment * STRIDE);
      long start = System.nanoTime();
      long processor = threads.getCurrentThreadCpuTime();
      core.memories().get(0).read(address, bytes, 0, bytes.length);
      double busy = (threads.getCurrentThreadCpuTime() - processor) / 1e6;
      System.out.println((System.nanoTime() - start) / 1e6 + " " + busy);
      if (ByteSource.of("read", bytes).cursor().i32le() != segment) {
        throw new IllegalStateException("other bytes than were written");
      }
    }
  }

  private static double[] mediansOfFirstReads(Path dump) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "-cp",
            System.getProperty("java.class.path"),
            BacktraceMemory.class.getName(),
            "--first-read",
            dump.toString());
    double[][] times = new double[2][11];
    for (int i = 0; i < times[0].length; i++) {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(printed);
      }
      int blank = printed.indexOf(' ');
      times[0][i] = Double.parseDouble(printed.substring(0, blank));
      times[1][i] = Double.parseDouble(printed.substring(blank + 1));
    }
    return new double[] {median(times[0]), median(times[1])};
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
