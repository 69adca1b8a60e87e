package dev.wasmortem.capture.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.capture.CapturedDump;
import dev.wasmortem.coredump.HostFrame;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.testkit.ConventionReader.Activation;
import dev.wasmortem.testkit.ConventionReader.Dump;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmFunctionHandle;

/** Dumps of programs that go on: from a host function, and from another thread. */
class RequestsTest {
  private final Session session = new Session();

  private Instance host(WasmFunctionHandle back) {
    return session.instance(
        "host/host",
        ImportValues.builder()
            .addFunction(
                Session.hostFunction("host", "throw", (instance, args) -> args),
                Session.hostFunction("host", "back", back))
            .build());
  }

  // -- From a host function

  @Test
  void aHostFunctionDumpsAndTheProgramGoesOn() {
    List<Optional<CapturedDump>> written = new ArrayList<>();
    Instance instance =
        host(
            (caller, args) -> {
              written.add(session.capture.dumpNow(caller, "asked by a test"));
              return args;
            });
    // 55 + 5
    assertEquals(60, instance.export("reenters").apply()[0]);
    assertEquals(1, written.size());
    assertSame(session.captured.get(0), written.get(0).orElseThrow());
    Dump dump = Session.read(session.only());
    assertEquals(
        List.of(new Activation(0, 3, 5, List.of(), List.of("i32:55"))),
        dump.threads().get(0).frames());
    assertEquals(
        new Trap(TrapKind.REQUESTED, "asked by a test", 0), session.core().trap().orElseThrow());
    List<HostFrame> hosts = session.core().threads().get(0).hostFrames();
    assertEquals(1, hosts.size());
    assertEquals(0, hosts.get(0).position());
    String description = hosts.get(0).description();
    assertTrue(
        description.matches(
            "host\\.back \\(dev\\.wasmortem\\..*RequestsTest\\.lambda.*RequestsTest\\.java:\\d+.*"),
        description);

    // And again, as often as it likes.
    assertEquals(60, instance.export("reenters").apply()[0]);
    assertEquals(2, session.captured.size());
  }

  @Test
  void anInstanceThatNobodyRuns() {
    Instance instance = session.instance("requests/requests");
    instance.memory().writeI32(0, 77);
    assertTrue(session.capture.dumpNow(instance, "idle").isPresent());
    Dump dump = Session.read(session.only());
    assertEquals(List.of(), dump.threads());
    assertEquals(List.of("requests"), dump.modules());
    assertEquals(77, dump.memories().get(0).read(0, 1)[0]);
    assertEquals(
        new Trap(TrapKind.REQUESTED, "idle", Trap.NO_THREAD), session.core().trap().orElseThrow());
  }

  /** A dump in the middle of a trap that a host function has caught leaves the trap's own alone. */
  @Test
  void aDumpAfterATrapWasSwallowed() {
    Instance instance =
        host(
            (caller, args) -> {
              Session.death(() -> caller.export("inner").apply(args[0] + 1));
              assertTrue(session.capture.dumpNow(caller, "after a trap").isPresent());
              return args;
            });
    instance.export("reenters").apply();
    assertEquals(1, session.captured.size());
    assertEquals(3, Session.read(session.only()).threads().get(0).frames().get(0).function());
  }

  @Test
  void aDumpThatFailsChangesNothing() {
    Session failing =
        new Session(
            CaptureOptions.builder(),
            crash -> {
              throw new IllegalStateException("sink");
            });
    Instance instance = failing.instance("requests/requests");
    assertEquals(Optional.empty(), failing.capture.dumpNow(instance, "idle"));
    assertEquals(1, failing.failures.size());
    assertEquals(Optional.empty(), failing.failures.get(0).guestException());
    CompletableFuture<CapturedDump> request = failing.capture.requestDump(instance, "later");
    instance.memory().writeI32(0, 1);
    assertEquals(1, instance.export("call").apply()[0]);
    var e = assertThrows(ExecutionException.class, request::get);
    assertEquals("sink", e.getCause().getMessage());
  }

  @Test
  void anInstanceOfAnotherSession() {
    Instance other = new Session().instance("requests/requests");
    assertThrows(IllegalArgumentException.class, () -> session.capture.dumpNow(other, "not mine"));
    assertThrows(
        IllegalArgumentException.class, () -> session.capture.requestDump(other, "not mine"));
  }

  // -- From another thread

  /** A guest that runs until its memory says stop. */
  private final class Guest {
    final Instance instance;
    final Thread thread;
    final List<Long> results = new ArrayList<>();

    Guest(Instance instance, String export, boolean ours) {
      this.instance = instance;
      Runnable program = () -> results.add(instance.export(export).apply()[0]);
      thread =
          ours
              ? session.capture.newThread(program, "guest", 0)
              : new Thread(null, program, "guest");
      thread.start();
      while (instance.memory().readInt(4) == 0) {
        Thread.onSpinWait();
      }
    }

    long stop() throws InterruptedException {
      instance.memory().writeI32(0, 1);
      thread.join();
      assertFalse(thread.isInterrupted());
      return results.get(0);
    }
  }

  private Dump await(CompletableFuture<CapturedDump> request) throws Exception {
    CapturedDump dump = request.get(30, TimeUnit.SECONDS);
    assertEquals(TrapKind.REQUESTED, dump.crash().trap().kind());
    return Session.read(session.dumps.get(session.dumps.size() - 1));
  }

  @Test
  void aProgramThatCallsIsDumpedAtACall() throws Exception {
    Guest guest = new Guest(session.instance("requests/requests"), "call", false);
    long last = -1;
    for (int i = 0; i < 3; i++) {
      Dump dump = await(session.capture.requestDump(guest.instance, "one more"));
      assertEquals("guest", dump.threads().get(0).name());
      List<Activation> frames = dump.threads().get(0).frames();
      List<String> locals = frames.get(1).locals();
      // The callee has just begun; the caller's operand is its argument.
      assertEquals(
          List.of(
              new Activation(0, 2, 0, locals, List.of()),
              new Activation(0, 1, 7, locals, List.of())),
          frames);
      long count = Long.parseLong(locals.get(0).substring(4));
      // The same if the request came before the guest had gone on.
      assertTrue(count >= last, count + " after " + last);
      last = count;
    }
    assertTrue(guest.stop() >= last);
  }

  @Test
  void aLoopIsDumpedOnAThreadOfTheCaptures() throws Exception {
    Guest guest = new Guest(session.instance("requests/requests"), "spin", true);
    Dump dump = await(session.capture.requestDump(guest.instance, "what are you doing"));
    List<Activation> frames = dump.threads().get(0).frames();
    assertEquals(1, frames.size());
    List<String> locals = frames.get(0).locals();
    assertEquals(new Activation(0, 0, 25, locals, List.of("i32:1")), frames.get(0));
    assertTrue(guest.stop() >= Long.parseLong(locals.get(0).substring(4)));
    assertEquals(
        new Trap(TrapKind.REQUESTED, "what are you doing", 0), session.core().trap().orElseThrow());
  }

  @Test
  void aLoopIsDumpedWithTheListener() throws Exception {
    Instance instance =
        session
            .capture
            .builder(Session.fixture("requests/requests"))
            .withUnsafeExecutionListener(session.capture.listener())
            .build();
    Guest guest = new Guest(instance, "spin", false);
    Dump dump = await(session.capture.requestDump(instance, "now"));
    Activation frame = dump.threads().get(0).frames().get(0);
    assertTrue(frame.codeOffset() >= 3 && frame.codeOffset() <= 25, frame.toString());
    // Operands before each instruction, counted by hand.
    int operands =
        switch ((int) frame.codeOffset()) {
          case 3, 5, 12, 19 -> 0;
          case 7, 10, 14, 21, 24, 25 -> 1;
          case 9, 16 -> 2;
          default -> -1;
        };
    assertEquals(operands, frame.stack().size(), frame.toString());
    guest.stop();
  }

  @Test
  void aLoopOnAnyThreadPutsItOff() throws Exception {
    Guest guest = new Guest(session.instance("requests/requests"), "spin", false);
    CompletableFuture<CapturedDump> request =
        session.capture.requestDump(guest.instance, "in vain");
    assertThrows(TimeoutException.class, () -> request.get(200, TimeUnit.MILLISECONDS));
    request.cancel(false);
    guest.stop();
    // It was forgotten.
    guest.instance.export("call").apply();
    assertEquals(List.of(), session.captured);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void everyRequestOfEveryThreadIsServed(int requests) throws Exception {
    List<Guest> guests = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Instance instance = session.instance("requests/requests");
      guests.add(new Guest(instance, i == 0 ? "spin" : "call", i < 2));
    }
    List<CompletableFuture<CapturedDump>> asked = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      for (int g = 0; g < guests.size(); g++) {
        asked.add(session.capture.requestDump(guests.get(g).instance, "guest " + g));
      }
    }
    for (CompletableFuture<CapturedDump> request : asked) {
      request.get(30, TimeUnit.SECONDS);
    }
    for (Guest guest : guests) {
      assertTrue(guest.stop() > 0);
    }
    assertEquals(asked.size(), session.dumps.size());
    assertEquals(List.of(), session.failures);
    session.dumps.forEach(dump -> assertEquals(1, Session.read(dump).instances().size()));
  }

  /** A thread of the capture's ends when it is interrupted, as every thread does. */
  @Test
  void anInterruptStillEndsALoop() throws Exception {
    Guest guest = new Guest(session.instance("requests/requests"), "spin", true);
    guest.thread.interrupt();
    guest.thread.join();
    assertEquals(TrapKind.INTERRUPTED, session.core().trap().orElseThrow().kind());
  }
}
