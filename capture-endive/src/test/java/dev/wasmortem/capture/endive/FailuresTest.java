package dev.wasmortem.capture.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.capture.CorePattern;
import dev.wasmortem.capture.Crash;
import dev.wasmortem.capture.DumpSink;
import dev.wasmortem.coredump.Note;
import dev.wasmortem.testkit.ConventionReader.Activation;
import dev.wasmortem.testkit.ConventionReader.Dump;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import run.endive.runtime.Instance;
import run.endive.runtime.TrapException;
import run.endive.wasm.Parser;

/** A capture that fails, module bytes that are missing or wrong, and what a session holds. */
class FailuresTest {
  private static final List<Activation> WITHOUT_BYTES =
      List.of(new Activation(0, 2, 3, List.of(), List.of()));

  @TempDir Path folder;

  private static void expectUnchanged(Session session) {
    Instance instance = session.instance("traps/traps");
    Throwable death = Session.death(() -> instance.export("unreachable").apply());
    assertTrue(death instanceof TrapException, death::toString);
    assertEquals("Trapped on unreachable instruction", death.getMessage());
    assertNull(death.getCause());
    assertEquals(0, death.getSuppressed().length);
    assertEquals(1, session.failures.size());
    assertSame(death, session.failures.get(0).original());
    assertEquals(0, session.captured.size());
  }

  @Test
  void aFolderThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    String pattern = file.resolve("%e.core").toString();
    expectUnchanged(
        new Session(CaptureOptions.builder(), DumpSink.files(CorePattern.parse(pattern))));
  }

  @Test
  void aSinkThatThrows() {
    for (Throwable problem :
        List.of(new IllegalStateException("sink"), new OutOfMemoryError("sink"))) {
      Session session =
          new Session(
              CaptureOptions.builder(),
              crash -> {
                if (problem instanceof Error error) {
                  throw error;
                }
                throw (RuntimeException) problem;
              });
      expectUnchanged(session);
      assertSame(problem, session.failures.get(0).problem());
    }
  }

  /** A sink without room for itself, wherever it is tried. */
  @Test
  void aSinkThatOverflows() {
    Session session = new Session(CaptureOptions.builder(), new Overflowing());
    expectUnchanged(session);
    assertTrue(session.failures.get(0).problem() instanceof StackOverflowError);
  }

  private static final class Overflowing implements DumpSink, DumpSink.Draft {
    @Override
    public Draft begin(Crash crash) {
      return this;
    }

    @Override
    public WritableByteChannel channel() {
      throw new StackOverflowError("sink");
    }

    @Override
    public Optional<Path> commit() {
      return Optional.empty();
    }

    @Override
    public void discard() {
      throw new IllegalStateException("nor does this work");
    }
  }

  @Test
  void aModuleWithoutItsBytes() {
    Session session = new Session();
    Path file = Session.fixture("traps/traps");
    Instance instance =
        session.capture.builder(Parser.parse(file), "given").withStart(false).build();
    Dump dump = session.dumpOf(() -> instance.export("unreachable").apply());
    assertEquals(WITHOUT_BYTES, dump.threads().get(0).frames());
    assertEquals(List.of("traps"), dump.modules());
    assertEquals("given", dump.executable());
    assertEquals("module-bytes-unknown", session.core().notes().get(0).code());
  }

  @Test
  void aFileThatWasReplacedOrRemoved() throws IOException {
    Session session = new Session();
    Path file = folder.resolve("traps.wasm");
    Files.copy(Session.fixture("traps/traps"), file);
    Instance instance = session.capture.builder(file).withStart(false).build();
    Files.delete(file);
    Dump dump = session.dumpOf(() -> instance.export("unreachable").apply());
    assertEquals(WITHOUT_BYTES, dump.threads().get(0).frames());
    Files.copy(Session.fixture("host/host"), file);
    dump = session.dumpOf(() -> instance.export("unreachable").apply());
    assertEquals(WITHOUT_BYTES, dump.threads().get(0).frames());
    List<Note> notes = session.core().notes();
    assertEquals(
        "module traps: the bytes given are not those of the module; its frames lack"
            + " operands, and some offsets",
        notes.get(0).message());
  }

  @Test
  void aModuleFromMemory() throws IOException {
    Session session = new Session();
    byte[] bytes = Files.readAllBytes(Session.fixture("traps/traps"));
    ByteSource source = ByteSource.of("memory", bytes);
    Instance instance =
        session.capture.builder(Parser.parse(bytes), source).withStart(false).build();
    Dump dump = session.dumpOf(() -> instance.export("unreachable").apply());
    assertEquals(
        List.of(new Activation(0, 2, 3, List.of(), List.of("i32:7"))),
        dump.threads().get(0).frames());
    assertEquals("memory", dump.executable());
  }

  @Test
  void aSessionHoldsNoInstances() throws InterruptedException {
    Session session = new Session();
    WeakReference<Instance> reference = crashed(session);
    for (int i = 0; i < 50 && reference.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertNull(reference.get());
    assertEquals(1, session.dumps.size());
  }

  private static WeakReference<Instance> crashed(Session session) {
    Instance instance = session.instance("traps/traps");
    Session.death(() -> instance.export("unreachable").apply());
    session.failures.clear();
    return new WeakReference<>(instance);
  }
}
