package dev.wasmortem.wasm;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.validation.CodeValidator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every binary of the official test suite. */
class SpecSuiteTest {
  private static final Set<String> VALID =
      Set.of("module", "module_definition", "assert_unlinkable", "assert_uninstantiable");

  /** Malformed binaries that are not rejected, with the reason. */
  private static final Map<String, String> MALFORMED_EXCEPTIONS = Map.of();

  private static final String CONSTANTS = "constant expressions are not typed";
  private static final String SEGMENTS = "segments' indices are not checked";
  private static final String EXPORTS = "exports and the start function are not checked";
  private static final String TYPES = "type definitions are not checked";
  private static final String SIZES = "sizes of memories and tables are not checked";
  private static final String DECLARED = "declarations of functions are not collected";

  /**
   * Invalid modules that are not rejected, with the reason: what a validator of whole modules is
   * for. Nothing here but the last is about a function's body.
   */
  private static final Map<String, String> INVALID_EXCEPTIONS =
      Map.ofEntries(
          entry("array: constant expression required", CONSTANTS),
          entry("data: constant expression required", CONSTANTS),
          entry("data: type mismatch", CONSTANTS),
          entry("data: unknown global 0", CONSTANTS),
          entry("data: unknown global 1", CONSTANTS),
          entry("elem: constant expression required", CONSTANTS),
          entry("elem: type mismatch", CONSTANTS),
          entry("elem: unknown global 0", CONSTANTS),
          entry("elem: unknown global 1", CONSTANTS),
          entry("func_ptrs: constant expression required", CONSTANTS),
          entry("func_ptrs: type mismatch", CONSTANTS),
          entry("global: constant expression required", CONSTANTS),
          entry("global: type mismatch", CONSTANTS),
          entry("global: unknown global", CONSTANTS),
          entry("table: type mismatch", CONSTANTS),
          entry("type-rec: type mismatch", CONSTANTS),
          entry("type-subtyping: type mismatch", CONSTANTS),
          entry("call_indirect: unknown function", SEGMENTS),
          entry("data: unknown memory", SEGMENTS),
          entry("data: unknown memory 0", SEGMENTS),
          entry("data: unknown memory 1", SEGMENTS),
          entry("elem: unknown table", SEGMENTS),
          entry("func_ptrs: unknown table", SEGMENTS),
          entry("memory64: unknown memory", SEGMENTS),
          entry("memory: unknown memory", SEGMENTS),
          entry("ref_func: unknown function 7", SEGMENTS),
          entry("return_call_indirect: unknown function 0", SEGMENTS),
          entry("table: unknown table", SEGMENTS),
          entry("exports: duplicate export name", EXPORTS),
          entry("exports: unknown function", EXPORTS),
          entry("exports: unknown global", EXPORTS),
          entry("exports: unknown memory", EXPORTS),
          entry("exports: unknown table", EXPORTS),
          entry("start: start function", EXPORTS),
          entry("start: unknown function", EXPORTS),
          entry("array: unknown type", TYPES),
          entry("func_ptrs: unknown type", TYPES),
          entry("imports: unknown type", TYPES),
          entry("ref: unknown type", TYPES),
          entry("struct: unknown type", TYPES),
          entry("tag: non-empty tag result type", TYPES),
          entry("type-equivalence: unknown type", TYPES),
          entry("type-rec: unknown type", TYPES),
          entry("type-subtyping: sub type", TYPES),
          entry("memory64: memory size", SIZES),
          entry("memory64: size minimum must not be greater than maximum", SIZES),
          entry("memory: memory size", SIZES),
          entry("memory: size minimum must not be greater than maximum", SIZES),
          entry("table64: size minimum must not be greater than maximum", SIZES),
          entry("table: size minimum must not be greater than maximum", SIZES),
          entry("ref_func: undeclared function reference", DECLARED));

  @Test
  void validModulesReadDecodeAndType() {
    int count =
        SpecSuite.forEach(
            VALID,
            binary -> {
              try {
                WasmModule module = WasmModule.read(binary.source());
                WellFormed.check(module);
                Sample.readAll(module);
                assertLandsOnTheEnd(module);
              } catch (FormatException e) {
                throw new AssertionError(binary.toString(), e);
              }
            });
    assertTrue(count > 2400, () -> count + " modules");
  }

  private static void assertLandsOnTheEnd(WasmModule module) {
    for (int i = 0; i < module.bodyCount(); i++) {
      FunctionBody body = module.body(module.importedFunctionCount() + i);
      InstructionReader reader = body.instructions();
      int end = body.codeStart().value();
      while (reader.next()) {
        assertEquals(end, reader.offset().value());
        end += reader.length();
      }
      assertEquals(body.size(), end);
    }
  }

  @Test
  void malformedBinariesAreRejected() {
    Set<String> accepted = new TreeSet<>();
    int count =
        SpecSuite.forEach(
            Set.of("assert_malformed"),
            binary -> {
              try {
                WellFormed.check(WasmModule.read(binary.source()));
                accepted.add(binary.topic());
              } catch (FormatException expected) {
                assertTrue(expected.location().offset().value() <= binary.source().size());
              }
            });
    assertTrue(count > 700, () -> count + " binaries");
    assertEquals(MALFORMED_EXCEPTIONS.keySet(), accepted);
  }

  @Test
  void invalidBodiesAreRejected() {
    Set<String> accepted = new TreeSet<>();
    SpecSuite.forEach(
        Set.of("assert_invalid"),
        binary -> {
          try {
            WasmModule module = WasmModule.read(binary.source());
            WellFormed.check(module);
            CodeValidator validator = CodeValidator.of(module);
            for (int i = 0; i < module.bodyCount(); i++) {
              validator.validate(module.body(module.importedFunctionCount() + i));
            }
            accepted.add(binary.topic());
          } catch (FormatException expected) {
            // Which rule it breaks is for people; where, is checked elsewhere.
          }
        });
    assertEquals(new TreeSet<>(INVALID_EXCEPTIONS.keySet()), accepted);
  }
}
