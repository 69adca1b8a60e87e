package dev.wasmortem.capture.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.Frame;
import dev.wasmortem.coredump.TrapKind;
import dev.wasmortem.coredump.Value;
import dev.wasmortem.testkit.ConventionReader;
import dev.wasmortem.testkit.CorpusDump;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmtimeLog;
import dev.wasmortem.wasm.WasmModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import run.endive.runtime.HostFunction;
import run.endive.runtime.Instance;
import run.endive.runtime.Store;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * The programs of the corpus die of the same trap, with the same frames, as in Wasmtime, whose logs
 * stop after 20 frames.
 */
class CorpusTest {
  private static final int WASMTIME_FRAMES = 20;

  /** Enough for a program that recurses to death to run out of its own stack first. */
  private static final long STACK_BYTES = 256 << 20;

  /** What the logs call the traps. */
  private static final Map<String, TrapKind> KINDS =
      Map.of(
          "wasm trap: out of bounds memory access", TrapKind.OUT_OF_BOUNDS_MEMORY_ACCESS,
          "wasm trap: wasm `unreachable` instruction executed", TrapKind.UNREACHABLE,
          "wasm trap: integer divide by zero", TrapKind.INTEGER_DIVIDE_BY_ZERO,
          "wasm trap: integer overflow", TrapKind.INTEGER_OVERFLOW,
          "wasm trap: invalid conversion to integer", TrapKind.INVALID_CONVERSION_TO_INTEGER,
          "wasm trap: indirect call type mismatch", TrapKind.INDIRECT_CALL_TYPE_MISMATCH,
          "wasm trap: undefined element: out of bounds table access", TrapKind.UNDEFINED_ELEMENT,
          "wasm trap: uninitialized element", TrapKind.UNINITIALIZED_ELEMENT,
          "wasm trap: call stack exhausted", TrapKind.CALL_STACK_EXHAUSTED);

  static Stream<CorpusDump> dumps() {
    if (!Shared.isPresent()) {
      Shared.root();
    }
    return Shared.wasmtimeDumps().stream()
        .filter(dump -> dump.toString().startsWith("wasmtime48/"));
  }

  @ParameterizedTest
  @MethodSource("dumps")
  void diesAsInWasmtime(CorpusDump expected) throws Exception {
    Session session = new Session();
    run(session, expected);
    Assumptions.assumeFalse(session.dumps.isEmpty() && expected.log().frames().isEmpty());
    Coredump core = session.core();
    ConventionReader.Dump plain = Session.read(session.only());
    List<Frame> frames = core.threads().get(0).frames();
    assertEquals(frames.size(), plain.threads().get(0).frames().size());

    String trap = expected.log().trap();
    assertEquals(KINDS.get(trap), core.trap().orElseThrow().kind(), trap);
    assertEquals(expectedLines(expected), lines(core, frames, expected));
    assertLocals(core, frames, expected);
    assertFalse(core.memories().isEmpty());
    assertClean(session, core, expected);
  }

  /** With its modules at hand, too: offsets are on instructions, locals are those declared. */
  private static void assertClean(Session session, Coredump core, CorpusDump dump)
      throws IOException {
    List<ByteSource> opened = new ArrayList<>();
    Map<Integer, WasmModule> modules = new HashMap<>();
    try {
      for (Path file : dump.modules()) {
        ByteSource source = ByteSource.open(file);
        opened.add(source);
        WasmModule module = WasmModule.read(source);
        String name = module.moduleName().orElse(file.getFileName().toString());
        for (int i = 0; i < core.modules().size(); i++) {
          if (core.modules().get(i).name().equals(name)) {
            modules.put(i, module);
          }
        }
      }
      assertEquals(core.modules().size(), modules.size());
      Session.assertClean(session.only(), modules);
    } finally {
      opened.forEach(ByteSource::close);
    }
  }

  /** Says where Wasmtime's frames are to be taken with a grain of salt. */
  private enum Quirk {
    NONE,

    /** Wasmtime names the {@code br_if} before the {@code unreachable}. */
    BRANCH_FOR_UNREACHABLE,

    /** Wasmtime names the {@code i32.add} that its compiler has folded the load into. */
    FOLDED_LOAD,

    /** The host's stack ran out; Wasmtime does not know where in the youngest. */
    OVERFLOW;

    static Quirk of(CorpusDump dump) {
      String name = dump.core().getFileName().toString();
      if (name.startsWith("crash-k3-") || name.contains("mode3")) {
        return dump.toString().contains("/cpp/") ? NONE : BRANCH_FOR_UNREACHABLE;
      }
      if (name.startsWith("crash-k1-") && dump.toString().contains("/cpp/")) {
        return FOLDED_LOAD;
      }
      return dump.log().trap().endsWith("call stack exhausted") ? OVERFLOW : NONE;
    }
  }

  private static List<String> expectedLines(CorpusDump dump) {
    List<String> lines = new ArrayList<>();
    for (WasmtimeLog.Frame frame : dump.log().frames()) {
      lines.add(frame.function() + " " + (position(dump, lines.size()) ? frame.bodyOffset() : "?"));
    }
    return lines;
  }

  private static List<String> lines(Coredump core, List<Frame> frames, CorpusDump dump) {
    int count = dump.log().frames().size();
    assertTrue(frames.size() == count || (count == WASMTIME_FRAMES && frames.size() > count));
    assertEquals(dump.modules().size() > 1 ? 2 : 1, core.instances().size());
    List<String> lines = new ArrayList<>();
    for (Frame frame : frames.subList(0, count)) {
      lines.add(
          frame.function()
              + " "
              + (position(dump, lines.size()) ? frame.codeOffset().value() : "?"));
    }
    return lines;
  }

  /** Returns whether the offset of a frame is to be the same. */
  private static boolean position(CorpusDump dump, int index) {
    return index > 0 || Quirk.of(dump) == Quirk.NONE;
  }

  /** All that are declared, in every frame; one module has some that a dump cannot hold. */
  private static void assertLocals(Coredump core, List<Frame> frames, CorpusDump dump)
      throws IOException {
    boolean hasReferences = dump.toString().endsWith("wat/refs.core");
    for (Path file : dump.modules()) {
      try (ByteSource source = ByteSource.open(file)) {
        WasmModule module = WasmModule.read(source);
        String name = module.moduleName().orElse(file.getFileName().toString());
        for (Frame frame : frames) {
          int its = core.instances().get(frame.instance()).module();
          if (core.modules().get(its).name().equals(name)) {
            assertEquals(module.body(frame.function()).locals().count(), frame.locals().size());
            assertTrue(hasReferences || !frame.locals().contains(Value.MISSING));
            assertTrue(hasReferences || !frame.stack().contains(Value.MISSING));
          }
        }
      }
    }
  }

  private static void run(Session session, CorpusDump dump) throws InterruptedException {
    Thread thread =
        new Thread(null, () -> Session.death(() -> start(session, dump)), "main", STACK_BYTES);
    thread.start();
    thread.join();
  }

  private static void start(Session session, CorpusDump dump) {
    WasiOptions options =
        WasiOptions.builder()
            .withStdout(new ByteArrayOutputStream())
            .withStderr(new ByteArrayOutputStream())
            .withArguments(List.of("program"))
            .build();
    try (WasiPreview1 wasi = WasiPreview1.builder().withOptions(options).build()) {
      Store store = new Store().addFunction(wasi.toHostFunctions()).addFunction(abort());
      for (Path library : dump.modules().subList(0, dump.modules().size() - 1)) {
        String name = library.getFileName().toString().replace(".wasm", "");
        store.register(name, build(session, library, store));
      }
      Instance program = build(session, dump.module(), store);
      String name = dump.core().getFileName().toString();
      if (name.startsWith("as-")) {
        program.export("run").apply(name.charAt(name.length() - 6) - '0');
      } else {
        program.export("_start").apply();
      }
    }
  }

  private static Instance build(Session session, Path file, Store store) {
    return session
        .capture
        .builder(file)
        .withImportValues(store.toImportValues())
        .withStart(false)
        .build();
  }

  private static HostFunction abort() {
    List<ValType> four = List.of(ValType.I32, ValType.I32, ValType.I32, ValType.I32);
    return new HostFunction(
        "env",
        "abort",
        FunctionType.of(four, List.of()),
        (instance, args) -> {
          throw new IllegalStateException("abort");
        });
  }
}
