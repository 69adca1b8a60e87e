package dev.wasmortem.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.validation.ModuleValidator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every binary of the official test suite. */
class SpecSuiteTest {
  static final Set<String> VALID =
      Set.of("module", "module_definition", "assert_unlinkable", "assert_uninstantiable");

  /** Malformed binaries that are not rejected, with the reason. */
  private static final Map<String, String> MALFORMED_EXCEPTIONS = Map.of();

  /** Invalid modules that are not rejected, with the reason. */
  private static final Map<String, String> INVALID_EXCEPTIONS = Map.of();

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
                ModuleValidator.check(module);
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
  void invalidModulesAreRejected() {
    Set<String> accepted = new TreeSet<>();
    int count =
        SpecSuite.forEach(
            Set.of("assert_invalid"),
            binary -> {
              WasmModule module = WasmModule.read(binary.source());
              try {
                ModuleValidator.check(module);
                accepted.add(binary.topic());
              } catch (FormatException expected) {
                long offset = expected.location().offset().value();
                assertTrue(offset >= 8 && offset <= binary.source().size(), binary::toString);
              }
            });
    assertTrue(count > 2000, () -> count + " binaries");
    assertEquals(new TreeSet<>(INVALID_EXCEPTIONS.keySet()), accepted);
  }
}
