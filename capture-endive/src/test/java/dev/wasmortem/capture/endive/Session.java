package dev.wasmortem.capture.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.capture.CaptureFailure;
import dev.wasmortem.capture.CaptureListener;
import dev.wasmortem.capture.CaptureOptions;
import dev.wasmortem.capture.CapturedDump;
import dev.wasmortem.capture.DumpSink;
import dev.wasmortem.coredump.Coredump;
import dev.wasmortem.coredump.lint.Lint;
import dev.wasmortem.coredump.lint.LintResult;
import dev.wasmortem.coredump.lint.LintRule;
import dev.wasmortem.testkit.ConventionReader;
import dev.wasmortem.wasm.WasmModule;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** A capture session whose dumps stay in memory, and what a test does with it. */
final class Session {
  final List<ByteSource> dumps = Collections.synchronizedList(new ArrayList<>());
  final List<CapturedDump> captured = Collections.synchronizedList(new ArrayList<>());
  final List<CaptureFailure> failures = Collections.synchronizedList(new ArrayList<>());
  final EndiveCapture capture;

  Session() {
    this(CaptureOptions.builder());
  }

  Session(CaptureOptions.Builder options) {
    this(options, null);
  }

  /** Writes to {@code sink}, and to memory if that is null. */
  Session(CaptureOptions.Builder options, DumpSink sink) {
    CaptureListener listener =
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
    DumpSink target = sink == null ? DumpSink.memory(dumps::add) : sink;
    capture = EndiveCapture.create(options.sink(target).listener(listener).build());
  }

  /** Returns the file of a fixture, as {@code traps/traps}. */
  static Path fixture(String name) {
    URL url = Session.class.getResource("/fixtures/" + name + ".wasm");
    assertNotNull(url, name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Builds an instance of a fixture. */
  Instance instance(String name) {
    return instance(name, ImportValues.empty());
  }

  Instance instance(String name, ImportValues imports) {
    return capture.builder(fixture(name)).withImportValues(imports).withStart(false).build();
  }

  /** Returns a host function from i32 to i32. */
  static HostFunction hostFunction(String module, String name, WasmFunctionHandle body) {
    FunctionType unary = FunctionType.of(List.of(ValType.I32), List.of(ValType.I32));
    return new HostFunction(module, name, unary, body);
  }

  /** Runs what must die and returns what it died of. */
  static Throwable death(Executable program) {
    try {
      program.execute();
    } catch (Throwable t) {
      return t;
    }
    throw new AssertionError("nothing was thrown");
  }

  /** Runs what must die and returns the one dump that it left, read by the independent reader. */
  ConventionReader.Dump dumpOf(Executable program) {
    dumps.clear();
    captured.clear();
    death(program);
    assertClean(only(), Map.of());
    return read(only());
  }

  /** Fails if a dump deviates from the convention in anything that lint knows. */
  static void assertClean(ByteSource dump, Map<Integer, WasmModule> modules) {
    LintResult result = Lint.check(dump, modules);
    // A stack of a few small numbers may by chance be one in another dialect, too.
    assertEquals(
        List.of(),
        result.findings().stream().filter(f -> f.rule() != LintRule.DIALECT_AMBIGUOUS).toList());
  }

  /** Returns the one dump that was written. */
  ByteSource only() {
    assertEquals(List.of(), failures);
    assertEquals(1, dumps.size(), "dumps");
    assertEquals(1, captured.size(), "captured");
    return dumps.get(0);
  }

  static ConventionReader.Dump read(ByteSource dump) {
    byte[] bytes = new byte[(int) dump.size()];
    dump.copyTo(0, bytes, 0, bytes.length);
    return ConventionReader.read(bytes);
  }

  /** Returns the one dump as our reader sees it. */
  Coredump core() {
    return Coredump.read(only());
  }
}
