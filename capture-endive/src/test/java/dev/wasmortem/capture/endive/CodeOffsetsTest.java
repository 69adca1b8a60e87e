package dev.wasmortem.capture.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.testkit.CorpusDump;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.WasmModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import run.endive.wasm.Parser;
import run.endive.wasm.types.AnnotatedInstruction;
import run.endive.wasm.types.CodeSection;

/** Offsets without a module's bytes are those that the bytes show, or not known. */
class CodeOffsetsTest {
  /** Returns how many bodies' offsets are known; fails if one is wrong. */
  private static int known(Path file) throws IOException {
    CodeSection code = Parser.parse(file).codeSection();
    int known = 0;
    try (ByteSource source = ByteSource.open(file)) {
      WasmModule module = WasmModule.read(source);
      for (int body = 0; body < code.functionBodyCount(); body++) {
        var real = module.body(module.importedFunctionCount() + body);
        List<AnnotatedInstruction> all = code.getFunctionBody(body).instructions();
        int last = all.size() - 1;
        OptionalInt first = CodeOffsets.of(code, body, 0);
        if (first.isPresent()) {
          known++;
          assertEquals(real.codeStart().value(), first.getAsInt(), file + " body " + body);
          // The last instruction is the end.
          assertEquals(real.size() - 1, CodeOffsets.of(code, body, last).getAsInt());
        }
      }
    }
    return known;
  }

  @ParameterizedTest
  @ValueSource(strings = {"traps/traps", "values/values", "limits/limits", "linked/b"})
  void allButTheFirstBody(String fixture) throws IOException {
    Path file = Session.fixture(fixture);
    assertEquals(Parser.parse(file).codeSection().functionBodyCount() - 1, known(file));
  }

  @Test
  void theModulesOfTheCorpus() throws IOException {
    if (!Shared.isPresent()) {
      Shared.root();
    }
    Set<Path> files = new TreeSet<>();
    for (CorpusDump dump : Shared.wasmtimeDumps()) {
      files.addAll(dump.modules());
    }
    int most = 0;
    for (Path file : files) {
      most = Math.max(most, known(file));
    }
    assertTrue(most > 20, most + " bodies");
  }

  /**
   * Bodies of equal length in which something is longer than it need be: a padded size, locals
   * declared apart. They are not taken for others.
   */
  @ParameterizedTest
  @CsvSource({"01 02 7f, true", "02 01 7f 01 7f, false", "81 00 02 7f, false"})
  void onlyTheShortestFormIsKnown(String declarations, boolean known) {
    byte[] bytes =
        WasmBytes.module()
            .types(WasmBytes.funcType("", ""))
            .functions(0, 0)
            .section(
                10,
                WasmBytes.empty()
                    .u(2)
                    .add(WasmBytes.empty().sized(WasmBytes.hex("00 01 0b")))
                    .add(WasmBytes.empty().sized(WasmBytes.hex(declarations + " 01 0b"))))
            .toByteArray();
    CodeSection code = Parser.parse(bytes).codeSection();
    assertEquals(known ? OptionalInt.of(3) : OptionalInt.empty(), CodeOffsets.of(code, 1, 0));
    assertEquals(OptionalInt.empty(), CodeOffsets.of(code, 0, 0));
  }

  @Test
  void aPaddedSizeIsNotTakenForDeclarations() {
    byte[] bytes =
        WasmBytes.module()
            .types(WasmBytes.funcType("", ""))
            .functions(0, 0)
            .section(
                10,
                WasmBytes.empty()
                    .u(2)
                    .add(WasmBytes.empty().sized(WasmBytes.hex("00 01 0b")))
                    .uPadded(3, 5)
                    .add(WasmBytes.hex("00 01 0b")))
            .toByteArray();
    assertEquals(OptionalInt.empty(), CodeOffsets.of(Parser.parse(bytes).codeSection(), 1, 0));
  }
}
