package dev.wasmortem.capture.endive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.capture.Contents;
import dev.wasmortem.capture.CorePattern;
import dev.wasmortem.capture.DumpSink;
import dev.wasmortem.capture.FrameLimit;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.testkit.ConventionReader;
import dev.wasmortem.testkit.ConventionReader.Activation;
import dev.wasmortem.testkit.ConventionReader.Dump;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmInterruptedException;

/** Stacks that run out, loops that do not, many threads. */
class LimitsTest {
  /** Runs on a thread of its own and returns what it died of. */
  private static Throwable deathOn(long stackKib, Runnable program) {
    List<Throwable> deaths = Collections.synchronizedList(new ArrayList<>());
    Thread thread =
        new Thread(null, () -> deaths.add(Session.death(program::run)), "guest", stackKib << 10);
    thread.start();
    join(thread);
    assertEquals(1, deaths.size());
    return deaths.get(0);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {256, 512, 777, 1024, 4096, 16384})
  void aStackThatRunsOut(long stackKib) {
    Session session = new Session(CaptureOptions.builder().frames(FrameLimit.ALL));
    Instance instance = session.instance("limits/limits");
    Throwable death = deathOn(stackKib, () -> instance.export("recurse").apply(0));
    assertTrue(death.getMessage().contains("call stack exhausted"), death.toString());
    Dump dump = Session.read(session.only());
    List<Activation> frames = dump.threads().get(0).frames();
    assertTrue(frames.size() > 50, frames.size() + " frames");
    assertEquals("guest", dump.threads().get(0).name());
    for (int i = 0; i < frames.size(); i++) {
      Activation frame = frames.get(i);
      assertEquals(List.of("i32:" + (frames.size() - 1 - i)), frame.locals());
      if (i > 0) {
        assertEquals(8, frame.codeOffset());
        assertEquals(List.of("i32:1"), frame.stack());
      }
    }
    assertEquals(TrapKind.CALL_STACK_EXHAUSTED, session.core().trap().orElseThrow().kind());
    assertTrue(codes(session).contains(Note.INNERMOST_FRAMES_LOST));
  }

  /**
   * The first crash of a process, in classes that were never used: one whose initialisation runs
   * out of stack is lost.
   */
  @Test
  void aStackThatRunsOutInAFreshProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LimitsTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor());
    assertTrue(output.startsWith("dumps 1 failures 0 frames "), output);
  }

  /** The fresh process. */
  public static void main(String[] arguments) {
    Session session = new Session();
    Instance instance = session.instance("limits/limits");
    deathOn(8 << 10, () -> instance.export("recurse").apply(0));
    int frames = session.dumps.isEmpty() ? 0 : session.core().threads().get(0).frames().size();
    System.out.println(
        "dumps "
            + session.dumps.size()
            + " failures "
            + session.failures.size()
            + " frames "
            + frames);
  }

  private static List<String> codes(Session session) {
    return session.core().notes().stream().map(Note::code).toList();
  }

  /** A trap where the stack is too small to write a dump: it is written further up. */
  @Test
  void aTrapNearTheEndOfTheStack() {
    int written = 0;
    for (int depth = 60; depth < 6000; depth += depth / 12) {
      Session session = new Session(CaptureOptions.builder().frames(FrameLimit.ALL));
      Instance instance = session.instance("limits/limits");
      int arg = depth;
      Throwable death = deathOn(320, () -> instance.export("depth").apply(arg));
      Dump dump = Session.read(session.only());
      List<Activation> frames = dump.threads().get(0).frames();
      if (!death.getMessage().contains("call stack exhausted")) {
        assertEquals(depth + 1, frames.size());
        written++;
      }
      assertEquals(List.of("i32:" + depth), frames.get(frames.size() - 1).locals());
    }
    assertTrue(written > 0);
  }

  @Test
  void onlySoManyFrames() {
    Session session = new Session(CaptureOptions.builder().frames(new FrameLimit(3, 2)));
    Instance instance = session.instance("limits/limits");
    Dump dump = session.dumpOf(() -> instance.export("depth").apply(9));
    List<Activation> frames = dump.threads().get(0).frames();
    assertEquals(
        List.of("i32:0", "i32:1", "i32:2", "i32:8", "i32:9"),
        frames.stream().map(frame -> frame.locals().get(0)).toList());
    for (Activation frame : frames.subList(1, 5)) {
      assertEquals(List.of("i32:1"), frame.stack());
      assertEquals(15, frame.codeOffset());
    }
    Note note = session.core().notes().get(0);
    assertEquals("frames-omitted", note.code());
    assertEquals("5 frames are left out after the youngest 3, before the oldest 2", note.message());
    assertEquals(List.of(note), session.captured.get(0).notes());
  }

  @Test
  void stacksOnly() {
    Session session = new Session(CaptureOptions.builder().contents(Contents.STACKS));
    Instance instance = session.instance("limits/limits");
    Dump dump = session.dumpOf(() -> instance.export("depth").apply(1));
    assertEquals(2, dump.threads().get(0).frames().size());
    assertEquals(
        List.of(new ConventionReader.Instance(0, List.of(0L), List.of())), dump.instances());
    assertEquals(1, dump.memories().get(0).pages());
    assertEquals(0, dump.memories().get(0).captured());
    assertEquals(List.of(Note.MEMORY_LEFT_OUT), codes(session));
    assertEquals(session.core().notes(), session.captured.get(0).notes());
  }

  /** What a face does for a time limit: run, wait, interrupt; the dump says where it hung. */
  @ParameterizedTest
  @ValueSource(strings = {"loop", "loop_if"})
  void aLoopThatIsInterrupted(String export, @TempDir Path folder) throws Exception {
    DumpSink files = DumpSink.files(CorePattern.parse(folder.resolve("%e.core").toString()));
    Session session = new Session(CaptureOptions.builder(), files);
    Instance instance = session.instance("limits/limits");
    List<Throwable> deaths = Collections.synchronizedList(new ArrayList<>());
    List<Boolean> flags = Collections.synchronizedList(new ArrayList<>());
    Thread thread =
        new Thread(
            () -> {
              deaths.add(Session.death(() -> instance.export(export).apply()));
              flags.add(Thread.currentThread().isInterrupted());
            });
    thread.start();
    awaitGuest(thread);
    Thread.sleep(200);
    thread.interrupt();
    thread.join();
    assertTrue(deaths.get(0) instanceof WasmInterruptedException);
    assertEquals(List.of(true), flags);
    assertEquals(List.of(), session.failures);
    ByteSource source = ByteSource.open(folder.resolve("limits.core"));
    Activation frame = Session.read(source).threads().get(0).frames().get(0);
    if (export.equals("loop")) {
      assertEquals(1, frame.function());
      assertEquals(12, frame.codeOffset());
      assertEquals(List.of(), frame.stack());
      assertTrue(Long.parseLong(frame.locals().get(0).substring(4)) > 0);
    } else {
      assertEquals(2, frame.function());
      assertEquals(16, frame.codeOffset());
      assertEquals(List.of("i32:6", "i32:1"), frame.stack());
    }
    source.close();
  }

  /** Waits until the interpreter has begun, which may take a busy machine long. */
  private static void awaitGuest(Thread thread) {
    while (thread.isAlive()
        && Arrays.stream(thread.getStackTrace())
            .noneMatch(call -> call.getMethodName().equals("eval"))) {
      Thread.onSpinWait();
    }
  }

  @Test
  void manyThreadsAtOnce() {
    Session session = new Session();
    List<Thread> threads = new ArrayList<>();
    int count = 8;
    for (int i = 0; i < count; i++) {
      int depth = 20 + i;
      Thread thread =
          new Thread(
              () -> {
                Instance instance = session.instance("limits/limits");
                Session.death(() -> instance.export("depth").apply(depth));
              },
              "guest " + i);
      threads.add(thread);
      thread.start();
    }
    threads.forEach(LimitsTest::join);
    assertEquals(List.of(), session.failures);
    assertEquals(count, session.dumps.size());
    for (var source : session.dumps) {
      Dump dump = Session.read(source);
      int i = Integer.parseInt(dump.threads().get(0).name().substring("guest ".length()));
      assertEquals(21 + i, dump.threads().get(0).frames().size());
      assertEquals(1, dump.instances().size());
    }
  }
}
