package dev.wasmortem.wasm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.code.InstructionWriter;
import dev.wasmortem.wasm.code.Widths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every valid module of the official test suite, written again. */
class SpecSuiteRewriteTest {
  /** Modules that are not the same bytes when widths are kept, with the reason. */
  private static final Map<String, String> KEPT_EXCEPTIONS = Map.of();

  /** Scripts with modules that are not written in the shortest form, with what they test. */
  private static final Map<String, String> PADDED =
      Map.of(
          "binary", "declarations of no locals",
          "binary-leb128", "numbers that are padded on purpose",
          "float_literals", "a binary written by hand whose sizes are padded");

  @Test
  void modulesAreTheSameBytes() {
    TreeSet<String> different = new TreeSet<>();
    int count =
        SpecSuite.forEach(
            SpecSuiteTest.VALID,
            binary -> {
              byte[] original = Rewriting.bytes(binary.source());
              WasmModule module = WasmModule.read(binary.source());
              assertArrayEquals(original, Rewriting.copy(module), binary.toString());
              if (!Arrays.equals(original, Rewriting.rewrite(module, Widths.KEPT))
                  || !expressionsAreTheSame(module)) {
                different.add(binary.script());
              }
            });
    assertTrue(count > 2400, () -> count + " modules");
    assertEquals(new TreeSet<>(KEPT_EXCEPTIONS.keySet()), different);
  }

  @Test
  void modulesInTheShortestFormAreTheSameBytes() {
    TreeSet<String> different = new TreeSet<>();
    SpecSuite.forEach(
        SpecSuiteTest.VALID,
        binary -> {
          WasmModule module = WasmModule.read(binary.source());
          byte[] shortest = Rewriting.rewrite(module, Widths.MINIMAL);
          if (!Arrays.equals(Rewriting.bytes(binary.source()), shortest)) {
            different.add(binary.script());
            assertTrue(shortest.length < binary.source().size(), binary.toString());
          }
        });
    assertEquals(new TreeSet<>(PADDED.keySet()), different);
  }

  private static boolean expressionsAreTheSame(WasmModule module) {
    List<ConstExpr> expressions = new ArrayList<>();
    module.globals().forEach(global -> expressions.add(global.initializer()));
    module.tables().forEach(table -> table.initializer().ifPresent(expressions::add));
    module.elements().forEach(segment -> segment.offset().ifPresent(expressions::add));
    module.dataSegments().forEachRemaining(segment -> segment.offset().ifPresent(expressions::add));
    for (ConstExpr expression : expressions) {
      ByteSource bytes = expression.bytes();
      ByteWriter out = new ByteWriter();
      InstructionWriter writer = new InstructionWriter(out);
      InstructionReader reader = InstructionReader.ofExpression(bytes.cursor());
      while (reader.next()) {
        writer.write(reader.instruction(), reader.bytes());
      }
      if (!Arrays.equals(Rewriting.bytes(bytes), out.toByteArray())) {
        return false;
      }
    }
    return true;
  }
}
