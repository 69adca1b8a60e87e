package dev.wasmortem.capture.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.coredump.Note;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.testkit.ConventionReader.Activation;
import dev.wasmortem.testkit.ConventionReader.Dump;
import java.util.List;
import org.junit.jupiter.api.Test;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmException;

/** WebAssembly exceptions, with the offsets counted by hand in exceptions.s. */
class ExceptionsTest {
  private static final Activation UNCAUGHT = new Activation(0, 2, 3, List.of(), List.of());

  private final Session session = new Session();
  private final Instance instance = session.instance("exceptions/exceptions");

  private static Activation thrower(int argument) {
    return new Activation(
        0, 0, 11, List.of("i32:" + argument, "i64:42"), List.of("i32:5", "i32:" + argument));
  }

  private static Activation passing(int argument) {
    return new Activation(0, 1, 13, List.of("i32:" + argument), List.of("i32:7"));
  }

  @Test
  void anExceptionThatNobodyCatches() {
    Dump dump = session.dumpOf(() -> instance.export("uncaught").apply());
    assertEquals(List.of(thrower(42), passing(42), UNCAUGHT), dump.threads().get(0).frames());
    var trap = session.core().trap().orElseThrow();
    assertEquals(TrapKind.UNCAUGHT_EXCEPTION, trap.kind());
    assertEquals("tag 0 (42)", trap.message());
  }

  @Test
  void aTrapAfterAnExceptionWasCaught() {
    Dump dump = session.dumpOf(() -> instance.export("caught_then_trap").apply());
    Activation frame = dump.threads().get(0).frames().get(0);
    assertEquals(1, dump.threads().get(0).frames().size());
    assertEquals(3, frame.function());
    assertEquals(List.of("i32:3", "i32:42", "i32:0"), frame.stack());
    assertEquals(TrapKind.INTEGER_DIVIDE_BY_ZERO, session.core().trap().orElseThrow().kind());
  }

  /** The dump tells where it was thrown last. */
  @Test
  void anExceptionThatIsThrownAgain() {
    Dump dump = session.dumpOf(() -> instance.export("rethrow").apply());
    Activation frame = dump.threads().get(0).frames().get(0);
    assertEquals(1, dump.threads().get(0).frames().size());
    assertEquals(4, frame.function());
    assertEquals(List.of("missing"), frame.stack());
  }

  @Test
  void exceptionsThatAreCaughtLeaveNothing() {
    for (int i = 0; i < 100; i++) {
      assertEquals(123, instance.export("caught").apply()[0]);
    }
    assertEquals(List.of(), session.dumps);
    assertEquals(List.of(), session.failures);
  }

  @Test
  void anExceptionAfterAnotherWasCaught() {
    instance.export("caught").apply();
    Dump dump = session.dumpOf(() -> instance.export("uncaught").apply());
    assertEquals(3, dump.threads().get(0).frames().size());
  }

  /** The host lets an exception pass that began in another instance. */
  @Test
  void acrossInstances() {
    Instance caller =
        session.instance(
            "host/host",
            ImportValues.builder()
                .addFunction(
                    Session.hostFunction("host", "throw", (i, args) -> args),
                    Session.hostFunction(
                        "host", "back", (i, args) -> instance.export("uncaught").apply()))
                .build());
    Dump dump = session.dumpOf(() -> caller.export("reenters").apply());
    assertEquals(
        List.of(
            thrower(42),
            passing(42),
            UNCAUGHT,
            new Activation(1, 3, 5, List.of(), List.of("i32:55"))),
        dump.threads().get(0).frames());
    assertEquals(2, dump.instances().size());
  }

  /** Thrown in one instance, passed by the next within a try_table, both linked. */
  @Test
  void throughATryTableOfAnotherInstance() {
    Instance outer = session.instance("exceptions/catcher", imports());
    Dump dump = session.dumpOf(() -> outer.export("passes").apply());
    assertEquals(
        List.of(
            thrower(42),
            passing(42),
            UNCAUGHT,
            new Activation(1, 1, 11, List.of(), List.of("i32:6"))),
        dump.threads().get(0).frames());
  }

  @Test
  void caughtByAnotherInstance() {
    Instance outer = session.instance("exceptions/catcher", imports());
    assertEquals(5, outer.export("catches").apply()[0]);
    assertEquals(List.of(), session.dumps);
    assertEquals(List.of(), session.failures);
  }

  private ImportValues imports() {
    return ImportValues.builder()
        .addFunction(ImportFunction.exportAsImport("env", "uncaught", instance, "uncaught"))
        .build();
  }

  /** A module that throws nothing has no listener; what the host throws has passed its frames. */
  @Test
  void anExceptionOfTheHostsMaking() {
    Instance caller =
        session.instance(
            "host/host",
            ImportValues.builder()
                .addFunction(
                    Session.hostFunction(
                        "host",
                        "throw",
                        (i, args) -> {
                          throw WasmException.builder()
                              .instance(instance)
                              .tagIdx(0)
                              .args(new long[] {1})
                              .build();
                        }),
                    Session.hostFunction("host", "back", (i, args) -> args))
                .build());
    session.dumpOf(() -> caller.export("throws").apply());
    List<String> notes = session.core().notes().stream().map(Note::code).toList();
    assertEquals(TrapKind.UNCAUGHT_EXCEPTION, session.core().trap().orElseThrow().kind());
    assertTrue(notes.contains(Note.INNERMOST_FRAMES_LOST), notes::toString);
  }
}
