package dev.wasmortem.capture.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.testkit.ConventionReader;
import dev.wasmortem.testkit.ConventionReader.Activation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.ImportMemory;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.types.MemoryLimits;

/** Programs of several threads, each with an instance of its own and one memory. */
class OtherThreadsTest {
  private final Memory memory = new ByteArrayMemory(new MemoryLimits(1, 1, true));

  private Instance instance(Session session) {
    return session.instance(
        "threads/threads",
        ImportValues.builder().addMemory(new ImportMemory("env", "memory", memory)).build());
  }

  private Thread spinning(Session session, boolean ours) {
    Instance instance = instance(session);
    Runnable program = () -> instance.export("spin").apply();
    Thread thread =
        ours
            ? session.capture.newThread(program, "worker", 0)
            : new Thread(null, program, "worker");
    memory.writeI32(0, 0);
    memory.writeI32(4, 0);
    thread.start();
    while (memory.readInt(4) == 0) {
      Thread.onSpinWait();
    }
    return thread;
  }

  private void stop(Thread thread) throws InterruptedException {
    int before = memory.readInt(4);
    memory.writeI32(0, 1);
    thread.join(30_000);
    assertTrue(memory.readInt(4) >= before);
    assertTrue(!thread.isAlive());
  }

  @Test
  void theyAreHeldAndShown() throws Exception {
    Session session = new Session(CaptureOptions.builder().waitForThreads(Duration.ofSeconds(30)));
    Instance failing = instance(session);
    Thread worker = spinning(session, true);
    ConventionReader.Dump dump = session.dumpOf(() -> failing.export("fail").apply());
    Coredump core = session.core();
    assertEquals(2, dump.threads().size());
    assertEquals(
        new Activation(0, 1, 1, List.of(), List.of()), dump.threads().get(0).frames().get(0));
    assertEquals("worker", dump.threads().get(1).name());
    Activation spin = dump.threads().get(1).frames().get(0);
    assertEquals(1, spin.instance());
    assertEquals(25, spin.codeOffset());
    assertEquals(List.of("i32:1"), spin.stack());
    // It stood still: its local is what it has stored last.
    byte[] counter = dump.memories().get(0).read(4, 4);
    assertEquals(
        spin.locals().get(0),
        "i32:" + ByteBuffer.wrap(counter).order(ByteOrder.LITTLE_ENDIAN).getInt());
    Trap trap = core.trap().orElseThrow();
    assertEquals(TrapKind.UNREACHABLE, trap.kind());
    assertEquals(0, trap.thread());
    assertEquals(List.of(), core.notes());
    stop(worker);
  }

  @Test
  void whoDoesNotComeIsNamed() throws Exception {
    for (Duration wait : List.of(Duration.ZERO, Duration.ofMillis(100))) {
      Session session = new Session(CaptureOptions.builder().waitForThreads(wait));
      Instance failing = instance(session);
      Thread worker = spinning(session, false);
      ConventionReader.Dump dump = session.dumpOf(() -> failing.export("fail").apply());
      assertEquals(1, dump.threads().size());
      Note note = session.core().notes().get(0);
      assertEquals("threads-left-out", note.code());
      assertEquals(
          "other threads ran these instances and are not in the dump: worker", note.message());
      stop(worker);
    }
  }

  /** Threads that have nothing to do with the dump are left alone. */
  @Test
  void strangersGoOn() throws Exception {
    Session session = new Session(CaptureOptions.builder().waitForThreads(Duration.ofSeconds(30)));
    Thread worker = spinning(session, true);
    Instance stranger = session.instance("traps/traps");
    ConventionReader.Dump dump = session.dumpOf(() -> stranger.export("unreachable").apply());
    assertEquals(1, dump.threads().size());
    assertEquals(List.of(), session.core().notes());
    stop(worker);
  }

  /** Two that die at once hold nobody for longer than they wait. */
  @Test
  void twoDumpsAtOnce() throws Exception {
    Session session = new Session(CaptureOptions.builder().waitForThreads(Duration.ofMillis(300)));
    Thread worker = spinning(session, true);
    Thread[] failing = new Thread[2];
    for (int i = 0; i < failing.length; i++) {
      Instance instance = instance(session);
      failing[i] = new Thread(() -> Session.death(() -> instance.export("fail").apply()));
    }
    for (Thread thread : failing) {
      thread.start();
    }
    for (Thread thread : failing) {
      thread.join(30_000);
    }
    assertEquals(List.of(), session.failures);
    assertEquals(2, session.dumps.size());
    stop(worker);
  }
}
