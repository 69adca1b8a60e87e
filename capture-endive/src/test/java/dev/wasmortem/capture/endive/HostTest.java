package dev.wasmortem.capture.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.coredump.HostException;
import dev.wasmortem.coredump.HostFrame;
import dev.wasmortem.coredump.Trap;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.testkit.ConventionReader.Activation;
import dev.wasmortem.testkit.ConventionReader.Dump;
import java.util.List;
import org.junit.jupiter.api.Test;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasi.WasiExitException;

/** Host functions on the stack: throwing, calling back, catching; and start functions. */
class HostTest {
  private static final Activation INNER =
      new Activation(0, 4, 9, List.of("i32:6", "i64:0"), List.of("i32:33", "i32:6", "i32:0"));
  private static final Activation REENTERS = new Activation(0, 3, 5, List.of(), List.of("i32:55"));

  private final Session session = new Session();

  private Instance instance(WasmFunctionHandle thrower, WasmFunctionHandle back) {
    return session.instance(
        "host/host",
        ImportValues.builder()
            .addFunction(
                Session.hostFunction("host", "throw", thrower),
                Session.hostFunction("host", "back", back))
            .build());
  }

  private Instance instance(WasmFunctionHandle back) {
    return instance((instance, args) -> args, back);
  }

  @Test
  void anExceptionOfTheHost() {
    RuntimeException thrown = new IllegalStateException("out of cheese");
    Instance instance =
        instance(
            (caller, args) -> {
              throw thrown;
            },
            (caller, args) -> args);
    assertSame(thrown, Session.death(() -> instance.export("throws").apply()));
    assertEquals(
        List.of(new Activation(0, 2, 6, List.of(), List.of("i32:77"))),
        Session.read(session.only()).threads().get(0).frames());
    assertEquals(
        new Trap(TrapKind.HOST_EXCEPTION, "java.lang.IllegalStateException: out of cheese", 0)
            .withExceptions(
                List.of(new HostException("java.lang.IllegalStateException", "out of cheese"))),
        session.core().trap().orElseThrow());
    // The exception was made elsewhere, so that its trace tells nothing of the call.
    assertEquals(
        List.of(new HostFrame(0, "host.throw")), session.core().threads().get(0).hostFrames());
  }

  @Test
  void theFrameOfAHostFunctionThatThrows() {
    Instance instance =
        instance(
            (caller, args) -> {
              throw new IllegalStateException("made here");
            },
            (caller, args) -> args);
    session.dumpOf(() -> instance.export("throws").apply());
    expectHostFrame(0, "host.throw");
  }

  @Test
  void anExitIsNoCrash() {
    Instance instance =
        instance(
            (caller, args) -> {
              throw new WasiExitException(3);
            },
            (caller, args) -> args);
    assertTrue(Session.death(() -> instance.export("throws").apply()) instanceof WasiExitException);
    assertEquals(List.of(), session.dumps);
    assertEquals(List.of(), session.failures);
  }

  @Test
  void aHostFunctionBetweenFrames() {
    Instance instance = instance((caller, args) -> caller.export("inner").apply(args[0] + 1));
    Dump dump = session.dumpOf(() -> instance.export("reenters").apply());
    assertEquals(List.of(INNER, REENTERS), dump.threads().get(0).frames());
    assertEquals(TrapKind.INTEGER_DIVIDE_BY_ZERO, session.core().trap().orElseThrow().kind());
    expectHostFrame(1, "host.back");
  }

  /** The one host frame is a lambda of this class. */
  private void expectHostFrame(int position, String name) {
    List<HostFrame> hosts = session.core().threads().get(0).hostFrames();
    assertEquals(List.of(position), hosts.stream().map(HostFrame::position).toList());
    String description = hosts.get(0).description();
    assertTrue(description.startsWith(name + " (dev.wasmortem."), description);
    assertTrue(description.contains("HostTest.lambda$"), description);
    assertTrue(description.contains("(HostTest.java:"), description);
  }

  @Test
  void aHostFunctionThatWrapsTheTrap() {
    Instance instance =
        instance(
            (caller, args) -> {
              try {
                return caller.export("inner").apply(args[0] + 1);
              } catch (RuntimeException e) {
                throw new IllegalStateException("wrapped", e);
              }
            });
    Dump dump = session.dumpOf(() -> instance.export("reenters").apply());
    assertEquals(List.of(INNER, REENTERS), dump.threads().get(0).frames());
    assertEquals(TrapKind.INTEGER_DIVIDE_BY_ZERO, session.core().trap().orElseThrow().kind());
  }

  @Test
  void aTrapThatTheHostSwallows() {
    Instance instance = instance(swallowing());
    // 33 + 5: Endive forgets to take what the trap left, a 33, off its stack; 55 + 5 were right.
    assertEquals(38, instance.export("reenters").apply()[0]);
    assertEquals(List.of(), session.dumps);
    assertEquals(List.of(), session.failures);
  }

  private static WasmFunctionHandle swallowing() {
    return (caller, args) -> {
      try {
        return caller.export("inner").apply(args[0] + 1);
      } catch (RuntimeException e) {
        return args;
      }
    };
  }

  @Test
  void aTrapAfterAnotherWasSwallowed() {
    Instance instance = instance(swallowing());
    Dump dump = session.dumpOf(() -> instance.export("later").apply());
    assertEquals(
        List.of(new Activation(0, 5, 10, List.of(), List.of())), dump.threads().get(0).frames());
    // Endive stores at 33 and not at 0, for the same reason as above.
    assertEquals(5, dump.memories().get(0).read(33, 1)[0]);
  }

  /** The host's own way out, after it caught a trap, is no crash of the guest's. */
  @Test
  void anExitAfterATrapWasSwallowed() {
    Instance instance =
        instance(
            (caller, args) -> {
              Session.death(() -> caller.export("inner").apply(args[0] + 1));
              throw new WasiExitException(0);
            });
    Session.death(() -> instance.export("reenters").apply());
    assertEquals(List.of(), session.dumps);
  }

  /** The memory is dumped as the trap found it, not as the host leaves it. */
  @Test
  void theHostTidiesUpAfterTheTrap() {
    Instance instance =
        instance(
            (caller, args) -> {
              caller.memory().writeI32(64, 1);
              try {
                return caller.export("inner").apply(args[0] + 1);
              } finally {
                caller.memory().writeI32(64, 2);
              }
            });
    Dump dump = session.dumpOf(() -> instance.export("reenters").apply());
    assertEquals(1, dump.memories().get(0).read(64, 1)[0]);
    assertEquals(2, instance.memory().read(64));
  }

  @Test
  void aStartFunction() {
    Dump dump = session.dumpOf(() -> session.instance("host/start"));
    assertEquals(
        List.of(new Activation(0, 0, 18, List.of("i32:6"), List.of())),
        dump.threads().get(0).frames());
    assertEquals(17, dump.memories().get(0).read(0, 1)[0]);
    assertEquals("i32:4", dump.globals().get(0).value());
    assertEquals(TrapKind.UNREACHABLE, session.core().trap().orElseThrow().kind());
  }

  @Test
  void anExecutableByAnotherName() {
    Session named = new Session(CaptureOptions.builder().executable("prog"));
    Dump dump = named.dumpOf(() -> named.instance("host/start"));
    assertEquals("prog", dump.executable());
  }
}
