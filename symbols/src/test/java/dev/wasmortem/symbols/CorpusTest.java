package dev.wasmortem.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.testkit.CorpusDump;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmtimeLog;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Real programs: names as Wasmtime gave them, lines as llvm-symbolizer gives them. */
class CorpusTest {
  @Test
  void framesOfWasmtimesDumps() throws IOException {
    int frames = 0;
    for (CorpusDump dump : Shared.wasmtimeDumps()) {
      if (dump.modules().size() > 1) {
        continue; // a log does not say which module a frame is of
      }
      List<Diagnostic> diagnostics = new ArrayList<>();
      try (ByteSource file = ByteSource.open(dump.module())) {
        WasmModule module = WasmModule.read(file);
        Symbolizer symbols = Symbolizer.of(module, diagnostics::add);
        for (WasmtimeLog.Frame frame : dump.log().frames()) {
          if (frame.name() != null) {
            assertEquals(frame.name(), symbols.name(frame.function()).text(), dump.toString());
          }
          if (frame.bodyOffset() > 0) {
            frames++;
            FunctionBody body = module.body(frame.function());
            BodyOffset at = new BodyOffset(frame.bodyOffset());
            assertEquals(frame.moduleOffset(), body.fileOffset(at).value());
            assertEquals(
                symbols.sources(body.codeOffset(at)), symbols.sources(frame.function(), at));
          }
        }
      }
      assertEquals(List.of(), diagnostics, dump.toString());
    }
    assertFalse(frames < 100, frames + " frames");
  }

  /**
   * Where llvm-symbolizer is wrong. The unit of {@code string.cpp} claims [0x5063, 0x512c), a
   * function of which the linker took another unit's shorter copy, [0x5063, 0x50fd); behind that
   * copy, at 0x50fe, the next function of {@code crash.cpp} begins, which the module's code section
   * bears out ({@code func[248]}, {@code string::size}, at 0x561d in the file). LLVM goes on with
   * the unit that it had for the one byte in between.
   */
  private static final List<String> LLVM_IS_WRONG =
      List.of(
          "cpp/crash-k5-dw5-O0-c22.wasm 0x50ff: /usr/include/wasm32-wasi/c++/v1/string:1289:0, not"
              + " /build/llvm-toolchain-22-22.1.8/libcxx/include/string:3722:23");

  @Test
  void linesOfEveryModuleAgreeWithTheSymbolizer() throws IOException, InterruptedException {
    Path tool = symbolizer();
    List<String> differences = new ArrayList<>();
    for (Path path : Shared.modules()) {
      try (ByteSource file = ByteSource.open(path)) {
        Symbolizer symbols = Symbolizer.of(WasmModule.read(file), Diagnostic.Sink.IGNORE);
        if (symbols.debugInfo().status() == DebugInfo.Status.PRESENT) {
          compare(path, symbols, tool, differences);
        }
      }
    }
    assertEquals(LLVM_IS_WRONG, differences);
  }

  /** Compares 500 random instructions and both ends of each body. */
  private static void compare(Path path, Symbolizer symbols, Path tool, List<String> differences)
      throws IOException, InterruptedException {
    WasmModule module = symbols.module();
    Set<CodeOffset> chosen = new LinkedHashSet<>();
    Random random = new Random(5);
    for (int i = 0; i < module.bodyCount(); i++) {
      FunctionBody body = module.body(module.importedFunctionCount() + i);
      chosen.add(body.codeOffset(new BodyOffset(1)));
      chosen.add(body.codeOffset(new BodyOffset(body.size() - 1)));
      if (random.nextInt(module.bodyCount()) < 500) {
        chosen.add(body.codeOffset(new BodyOffset(1 + random.nextInt(body.size() - 1))));
      }
    }
    List<CodeOffset> offsets = List.copyOf(chosen);
    List<String> theirs = ask(tool, path, offsets);
    for (int i = 0; i < offsets.size(); i++) {
      String ours =
          symbols.sources(offsets.get(i)).get(0).position().stream()
              .map(at -> at.file() + ":" + at.line() + ":" + at.column())
              .findFirst()
              .orElse("??:0:0");
      if (!ours.equals(theirs.get(i * 2))) {
        Path name = Shared.corpus("").relativize(path);
        differences.add(name + " " + offsets.get(i) + ": " + ours + ", not " + theirs.get(i * 2));
      }
    }
  }

  private static List<String> ask(Path tool, Path module, List<CodeOffset> offsets)
      throws IOException, InterruptedException {
    Path in = Files.createTempFile("symbolizer", ".in");
    Path out = Files.createTempFile("symbolizer", ".out");
    try {
      Files.write(in, offsets.stream().map(CodeOffset::toString).toList());
      Process process =
          new ProcessBuilder(tool.toString(), "--obj=" + module, "--no-inlines", "--functions=none")
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .start();
      assertEquals(0, process.waitFor());
      return Files.readAllLines(out);
    } finally {
      Files.delete(in);
      Files.delete(out);
    }
  }

  private static Path symbolizer() {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path program = Path.of(folder, "llvm-symbolizer-22");
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    if (Boolean.getBoolean("wasmortem.shared.required")) {
      Assertions.fail("llvm-symbolizer-22 is not installed");
    }
    return Assumptions.abort("llvm-symbolizer-22 is not installed");
  }
}
