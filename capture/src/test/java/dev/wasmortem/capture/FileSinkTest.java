package dev.wasmortem.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wasmortem.coredump.CoreInstance;
import dev.wasmortem.coredump.CoreModule;
import dev.wasmortem.coredump.CoreThread;
import dev.wasmortem.coredump.CoredumpWriter;
import dev.wasmortem.coredump.MemoryAddress;
import dev.wasmortem.coredump.MemorySource;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.SizeLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Never is there half a file under a dump's final name. */
class FileSinkTest {
  @TempDir Path folder;

  private final List<CapturedDump> captured = new ArrayList<>();
  private final List<CaptureFailure> failures = new ArrayList<>();
  private final CaptureListener recording =
      new CaptureListener() {
        @Override
        public void captured(CapturedDump dump) {
          captured.add(dump);
        }

        @Override
        public void failed(CaptureFailure failure) {
          failures.add(failure);
        }
      };

  /** A disk with so much room, on which files can grow to a size and no further. */
  private record SmallDisk(long room, long fileSize) implements FileSink.Disk {
    @Override
    public long free(Path folder) {
      return room;
    }

    @Override
    public WritableByteChannel create(Path file, FileAttribute<?>... attributes)
        throws IOException {
      FileChannel real =
          FileChannel.open(
              file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
      return new WritableByteChannel() {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
          long left = fileSize - real.position();
          if (left == 0 && bytes.hasRemaining()) {
            throw new IOException("No space left on device");
          }
          // As a real one: what fits is written first.
          ByteBuffer fits = bytes.slice().limit((int) Math.min(left, bytes.remaining()));
          int written = real.write(fits);
          bytes.position(bytes.position() + written);
          return written;
        }

        @Override
        public boolean isOpen() {
          return real.isOpen();
        }

        @Override
        public void close() throws IOException {
          real.close();
        }
      };
    }
  }

  private CaptureAttempt write(String pattern, FileSink.Disk disk, DumpContent content) {
    CorePattern file = CorePattern.parse(folder.resolve(pattern).toString());
    CaptureOptions options =
        CaptureOptions.builder()
            .sink(new FileSink(file, DumpSink.DEFAULT_FLOOR, disk))
            .listener(recording)
            .build();
    return CaptureAttempt.write(
        options, CorePatternTest.crash("app"), new IllegalStateException("guest"), content);
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
    }
  }

  /** A real dump of 200 bytes of memory and some frames. */
  private static List<Note> dump(WritableByteChannel channel, long maxBytes) throws IOException {
    MemorySource memory =
        new MemorySource() {
          @Override
          public long size() {
            return 65536;
          }

          @Override
          public void read(MemoryAddress address, byte[] target, int offset, int length) {
            for (int i = 0; i < length; i++) {
              target[offset + i] = (byte) (address.value() + i < 200 ? 7 : 0);
            }
          }
        };
    CoredumpWriter writer = new CoredumpWriter().executableName("app");
    int module = writer.addModule(new CoreModule("app"));
    int index = writer.addMemory(MemoryType.of(SizeLimits.atLeast(1)), memory);
    writer.addInstance(new CoreInstance(module, List.of(index), List.of()));
    writer.addThread(new CoreThread("main", List.of()));
    writer.writeTo(channel);
    return List.of();
  }

  private static byte[] wholeDump() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    dump(Channels.newChannel(bytes), Long.MAX_VALUE);
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.core", "app.%u.core"})
  void aDiskThatIsFullAtEveryByte(String pattern) throws IOException {
    byte[] whole = wholeDump();
    for (int room = 0; room < whole.length; room++) {
      failures.clear();
      write(pattern, new SmallDisk(Long.MAX_VALUE, room), FileSinkTest::dump).commit();
      assertEquals(Set.of(), files(), room + " bytes");
      assertEquals(1, failures.size());
      assertEquals(
          "no dump could be written: java.io.IOException: No space left on device",
          failures.get(0).line());
    }
    write(pattern, new SmallDisk(Long.MAX_VALUE, whole.length), FileSinkTest::dump).commit();
    assertEquals(1, captured.size());
    assertArrayEquals(whole, Files.readAllBytes(captured.get(0).file().orElseThrow()));
  }

  /** A dump that was there before stays what it was. */
  @Test
  void aFullDiskLeavesTheOldDump() throws IOException {
    Files.writeString(folder.resolve("app.core"), "old");
    write("app.core", new SmallDisk(Long.MAX_VALUE, 100), FileSinkTest::dump).commit();
    assertEquals(Set.of("app.core"), files());
    assertEquals("old", Files.readString(folder.resolve("app.core")));
  }

  @Test
  void aDiskWithLessThanTheFloorIsNotWritten() throws IOException {
    long floor = 16 * 1024 * 1024;
    write("app.core", new SmallDisk(floor - 1, 1000), FileSinkTest::dump).commit();
    assertEquals(Set.of(), files());
    assertEquals(
        "no dump could be written: "
            + folder
            + ": 16777215 bytes are free, and dumps leave 16777216",
        failures.get(0).line());
  }

  @Test
  void whatIsAboveTheFloorIsTheRoomThereIs() throws IOException {
    List<Long> rooms = new ArrayList<>();
    write(
            "app.core",
            new SmallDisk(DumpSink.DEFAULT_FLOOR + 12_345, 1000),
            (channel, maxBytes) -> {
              rooms.add(maxBytes);
              return dump(channel, maxBytes);
            })
        .commit();
    assertEquals(List.of(12_345L), rooms);
    assertEquals(Set.of("app.core"), files());
  }

  @Test
  void theSmallerOfRoomAndLimitCounts() {
    List<Long> rooms = new ArrayList<>();
    for (long limit : new long[] {100, Long.MAX_VALUE}) {
      CaptureOptions options =
          CaptureOptions.builder()
              .sink(
                  new FileSink(
                      CorePattern.parse(folder.resolve("x").toString()),
                      0,
                      new SmallDisk(500, 1000)))
              .maxBytes(limit)
              .build();
      CaptureAttempt.write(
          options,
          CorePatternTest.crash("app"),
          null,
          (channel, maxBytes) -> {
            rooms.add(maxBytes);
            return List.of();
          });
    }
    assertEquals(List.of(100L, 500L), rooms);
  }

  // -- Processes that end before their time

  private Process child(List<String> wrapper, String mode) throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(FileSinkTest.class.getName(), folder.toString(), mode));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The process that ends: writes half of a dump and waits, or all of it. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    CaptureListener printing =
        new CaptureListener() {
          @Override
          public void failed(CaptureFailure failure) {
            System.out.println(failure.line());
          }
        };
    for (String pattern : List.of("app.core", "app.%u.core")) {
      CaptureOptions options =
          CaptureOptions.builder()
              .sink(DumpSink.files(CorePattern.parse(folder.resolve(pattern).toString()), 0))
              .listener(printing)
              .build();
      CaptureAttempt.write(
              options,
              CorePatternTest.crash("app"),
              null,
              arguments[1].equals("half") ? FileSinkTest::half : FileSinkTest::large)
          .commit();
    }
  }

  private static List<Note> half(WritableByteChannel channel, long maxBytes) throws IOException {
    byte[] whole = wholeDump();
    channel.write(ByteBuffer.wrap(whole, 0, whole.length / 2));
    System.out.println("half");
    if (System.in.read() < 0) {
      throw new IOException("nobody is there");
    }
    channel.write(ByteBuffer.wrap(whole, whole.length / 2, whole.length - whole.length / 2));
    return List.of();
  }

  private static List<Note> large(WritableByteChannel channel, long maxBytes) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(1 << 16);
    for (int i = 0; i < 64; i++) {
      channel.write(piece.clear());
    }
    return List.of();
  }

  @Test
  void aProcessThatIsKilledWhileItWrites() throws Exception {
    Process process = child(List.of(), "half");
    awaitLine(process, "half");
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    awaitLine(process, "half");
    process.destroyForcibly().waitFor();

    // The first dump is whole; of the second there is half, under a name that says so.
    byte[] whole = wholeDump();
    assertEquals(Set.of(".app.1.core.part", "app.core"), files());
    assertArrayEquals(whole, Files.readAllBytes(folder.resolve("app.core")));
    assertArrayEquals(
        Arrays.copyOf(whole, whole.length / 2),
        Files.readAllBytes(folder.resolve(".app.1.core.part")));

    // What is left behind is in nobody's way.
    write("app.%u.core", FileSink.Disk.REAL, FileSinkTest::dump).commit();
    assertEquals(Set.of(".app.1.core.part", "app.2.core", "app.core"), files());
  }

  private static void awaitLine(Process process, String expected) throws IOException {
    byte[] line = process.getInputStream().readNBytes(expected.length() + 1);
    assertEquals(expected + "\n", new String(line, UTF_8));
  }

  /** What the system says when a file may not grow: as good as a full disk, and needs no rights. */
  @Test
  void aFileThatTheSystemLetsGrowNoFurther() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell to set the limit");
    Process process = child(List.of("/bin/sh", "-c", "ulimit -f 1000 && exec \"$@\"", "sh"), "all");
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor());
    assertEquals(2, said.lines().count(), said);
    assertTrue(said.lines().allMatch(line -> line.startsWith("no dump could be written: ")), said);
    assertEquals(Set.of(), files());
  }
}
