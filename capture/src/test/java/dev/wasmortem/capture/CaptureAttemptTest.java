package dev.wasmortem.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.ProcessInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureAttemptTest {
  private static final Note NOTE = new Note("a-note", "something is missing");

  @TempDir Path folder;

  private final Throwable original = new IllegalStateException("the guest's");
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

  private CaptureOptions toFiles(String pattern) {
    DumpSink sink = DumpSink.files(CorePattern.parse(folder.resolve(pattern).toString()));
    return CaptureOptions.builder().sink(sink).listener(recording).build();
  }

  private CaptureAttempt write(CaptureOptions options, DumpContent content) {
    return CaptureAttempt.write(options, CorePatternTest.crash("app.wasm"), original, content);
  }

  private static List<Note> text(WritableByteChannel channel, String text) throws IOException {
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    return List.of(NOTE);
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void aDumpIsThereWhenItIsCommitted() throws IOException {
    CaptureAttempt attempt =
        write(toFiles("%e.core"), (channel, maxBytes) -> text(channel, "dump"));
    assertEquals(1, files().size());
    assertTrue(files().iterator().next().matches("\\.app\\.core\\..*\\.part"));
    assertTrue(captured.isEmpty());

    attempt.commit();
    assertEquals(Set.of("app.core"), files());
    Path file = folder.resolve("app.core");
    assertEquals("dump", Files.readString(file));
    assertEquals(Optional.of(file), captured.get(0).file());
    assertEquals(List.of(NOTE), captured.get(0).notes());
    assertEquals(file + " (unreachable)", captured.get(0).toString());
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    attempt.commit();
    attempt.discard();
    assertEquals(1, captured.size());
    assertEquals(Set.of("app.core"), files());
  }

  @Test
  void aDiscardedDumpLeavesNothing() throws IOException {
    CaptureAttempt attempt =
        write(toFiles("%e.%u.core"), (channel, maxBytes) -> text(channel, "dump"));
    attempt.discard();
    attempt.commit();
    assertEquals(Set.of(), files());
    assertTrue(captured.isEmpty());
    assertTrue(failures.isEmpty());
  }

  @Test
  void withoutUniqueAFileIsReplacedAndWithItIsNot() throws IOException {
    for (String pattern : List.of("same.core", "%u.core")) {
      for (String text : List.of("one", "two")) {
        write(toFiles(pattern), (channel, maxBytes) -> text(channel, text)).commit();
      }
    }
    assertEquals(Set.of("same.core", "1.core", "2.core"), files());
    assertEquals("two", Files.readString(folder.resolve("same.core")));
    assertEquals("one", Files.readString(folder.resolve("1.core")));
  }

  @Test
  void foldersAreMade() throws IOException {
    write(toFiles("a/b/core"), (channel, maxBytes) -> text(channel, "dump")).commit();
    assertEquals("dump", Files.readString(folder.resolve("a/b/core")));
  }

  @Test
  void manyAtOnceGetAFileEach() throws Exception {
    int count = 8;
    CaptureOptions options = toFiles("%u.core");
    CountDownLatch written = new CountDownLatch(count);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = "thread " + i;
      Thread thread =
          new Thread(
              () -> {
                CaptureAttempt attempt =
                    CaptureAttempt.write(
                        CaptureOptions.builder().sink(options.sink()).build(),
                        CorePatternTest.crash("app"),
                        original,
                        (channel, maxBytes) -> text(channel, text));
                written.countDown();
                attempt.commit();
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Set<String> texts = new TreeSet<>();
    for (String file : files()) {
      assertTrue(file.matches("\\d+\\.core"), file);
      texts.add(Files.readString(folder.resolve(file)));
    }
    assertEquals(count, texts.size());
  }

  @Test
  void memoryGetsTheWholeDump() {
    List<ByteSource> dumps = new ArrayList<>();
    CaptureOptions options =
        CaptureOptions.builder().sink(DumpSink.memory(dumps::add)).listener(recording).build();
    CaptureAttempt attempt = write(options, (channel, maxBytes) -> text(channel, "dump"));
    assertTrue(dumps.isEmpty());
    attempt.commit();
    byte[] bytes = new byte[4];
    dumps.get(0).copyTo(0, bytes, 0, 4);
    assertArrayEquals("dump".getBytes(StandardCharsets.UTF_8), bytes);
    assertEquals("app.wasm.core", dumps.get(0).name());
    assertEquals(Optional.empty(), captured.get(0).file());
  }

  @Test
  void failuresAreReportedAndLeaveNothing() throws IOException {
    Throwable[] problems = {
      new IOException("full"), new OutOfMemoryError("none left"), new IllegalStateException("bug")
    };
    for (Throwable problem : problems) {
      failures.clear();
      CaptureAttempt attempt =
          write(
              toFiles("%e.core"),
              (channel, maxBytes) -> {
                text(channel, "half");
                throw sneak(problem);
              });
      attempt.commit();
      attempt.discard();
      assertEquals(1, failures.size());
      assertSame(problem, failures.get(0).problem());
      assertSame(original, failures.get(0).original());
    }
    assertEquals(Set.of(), files());
    assertTrue(captured.isEmpty());
  }

  private static IOException sneak(Throwable problem) {
    if (problem instanceof Error error) {
      throw error;
    }
    if (problem instanceof RuntimeException exception) {
      throw exception;
    }
    return (IOException) problem;
  }

  @Test
  void aFolderThatCannotBeIsReported() throws IOException {
    Files.writeString(folder.resolve("file"), "in the way");
    write(toFiles("file/core"), (channel, maxBytes) -> text(channel, "dump")).commit();
    assertEquals(1, failures.size());
    assertTrue(failures.get(0).problem() instanceof IOException);
    assertEquals(Set.of("file"), files());
  }

  @Test
  void aFileThatCannotBeRenamedIsReported() throws IOException {
    Files.createDirectories(folder.resolve("core/full"));
    write(toFiles("core"), (channel, maxBytes) -> text(channel, "dump")).commit();
    assertEquals(1, failures.size());
    assertEquals(Set.of("core"), files());
  }

  @Test
  void onlyAStackOverflowGetsOut() throws IOException {
    assertThrows(
        StackOverflowError.class,
        () ->
            write(
                toFiles("core"),
                (channel, maxBytes) -> {
                  throw new StackOverflowError();
                }));
    assertTrue(failures.isEmpty());
    assertEquals(Set.of(), files());
  }

  @Test
  void aListenerThatThrowsHarmsNothing() throws IOException {
    CaptureListener bad =
        new CaptureListener() {
          @Override
          public void captured(CapturedDump dump) {
            throw new IllegalStateException("listener");
          }

          @Override
          public void failed(CaptureFailure failure) {
            throw new OutOfMemoryError("listener");
          }
        };
    CaptureOptions options =
        CaptureOptions.builder().sink(toFiles("core").sink()).listener(bad).build();
    write(options, (channel, maxBytes) -> text(channel, "dump")).commit();
    assertEquals(Set.of("core"), files());
    write(
            options,
            (channel, maxBytes) -> {
              throw new IOException("full");
            })
        .commit();
  }

  @Test
  void anInterruptedThreadWritesAllTheSame() throws IOException {
    Thread.currentThread().interrupt();
    CaptureAttempt attempt = write(toFiles("core"), (channel, maxBytes) -> text(channel, "dump"));
    assertTrue(Thread.currentThread().isInterrupted());
    attempt.commit();
    assertTrue(Thread.interrupted());
    assertEquals("dump", Files.readString(folder.resolve("core")));
    assertTrue(failures.isEmpty());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void limitsOfFrames() {
    assertEquals(0, FrameLimit.ALL.omitted(Integer.MAX_VALUE));
    assertEquals(0, new FrameLimit(3, 2).omitted(5));
    assertEquals(1, new FrameLimit(3, 2).omitted(6));
    assertThrows(IllegalArgumentException.class, () -> new FrameLimit(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new FrameLimit(1, -1));
  }

  @Test
  void optionsAreWhatWasSet() {
    CaptureOptions options = CaptureOptions.builder().build();
    assertEquals(Contents.STACKS_AND_MEMORIES, options.contents());
    assertEquals(FrameLimit.DEFAULT, options.frames());
    assertEquals(Optional.empty(), options.executable());
    assertSame(CaptureListener.NONE, options.listener());
    assertEquals(Long.MAX_VALUE, options.maxBytes());
    MemoryCandidate memory = new MemoryCandidate("app", 0, List.of("memory"), 65536);
    assertTrue(options.memories().test(memory));
    CaptureOptions other =
        CaptureOptions.builder()
            .contents(Contents.STACKS)
            .frames(FrameLimit.ALL)
            .executable("prog")
            .maxBytes(1 << 20)
            .memories(candidate -> candidate.exports().contains("heap"))
            .build();
    assertEquals(Contents.STACKS, other.contents());
    assertEquals(FrameLimit.ALL, other.frames());
    assertEquals(Optional.of("prog"), other.executable());
    assertEquals(1 << 20, other.maxBytes());
    assertFalse(other.memories().test(memory));
    assertThrows(IllegalArgumentException.class, () -> CaptureOptions.builder().maxBytes(0));
    assertEquals(Duration.ZERO, options.waitForThreads());
    Duration negative = Duration.ofMillis(-1);
    assertThrows(
        IllegalArgumentException.class, () -> CaptureOptions.builder().waitForThreads(negative));
  }

  @Test
  void aProcessIsDescribedAndItsSecretsOnlyWhenAskedFor() {
    Crash crash = CorePatternTest.crash("app");
    ProcessInfo plain = CaptureOptions.builder().build().process(crash, "endive", "1.2.0");
    assertEquals(Optional.of("endive"), plain.runtime());
    assertEquals(Optional.of("1.2.0"), plain.runtimeVersion());
    assertEquals(Optional.of(crash.time()), plain.time());
    assertEquals(ProcessHandle.current().pid(), plain.pid().orElseThrow());
    assertEquals(Optional.empty(), plain.arguments());
    assertEquals(Optional.empty(), plain.environment());
    ProcessInfo asked =
        CaptureOptions.builder()
            .arguments(List.of("app", "-v"))
            .environment(List.of("KEY=secret"))
            .build()
            .process(crash, "endive", "");
    assertEquals(Optional.of(List.of("app", "-v")), asked.arguments());
    assertEquals(Optional.of(List.of("KEY=secret")), asked.environment());
    assertEquals(Optional.empty(), asked.runtimeVersion());
  }
}
