package dev.wasmortem.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.code.InstructionReader;
import dev.wasmortem.wasm.types.AddressType;
import dev.wasmortem.wasm.types.CompositeType;
import dev.wasmortem.wasm.types.MemoryType;
import dev.wasmortem.wasm.types.SizeLimits;
import dev.wasmortem.wasm.validation.CodeValidator;
import dev.wasmortem.wasm.validation.ModuleValidator;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What the official test suite does not hold: threads, custom page sizes, wide arithmetic, stack
 * switching; encoded and printed by wasm-tools.
 */
class ProposalsTest {
  private static byte[] fixture(String name) {
    try (InputStream in = ProposalsTest.class.getResourceAsStream("/fixtures/proposals/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static WasmModule module() {
    return WasmModule.read(ByteSource.of("proposals.wasm", fixture("proposals.wasm")));
  }

  /** Returns the instructions of each function that wasm-tools prints, without the last end. */
  private static List<List<String>> printed() {
    List<List<String>> functions = new ArrayList<>();
    for (String line : new String(fixture("expected.wat"), UTF_8).lines().toList()) {
      String text = line.strip();
      if (text.startsWith("(func ")) {
        functions.add(new ArrayList<>());
      } else if (!functions.isEmpty() && !text.startsWith("(") && !text.startsWith(")")) {
        functions.get(functions.size() - 1).add(text.split(" ", 2)[0]);
      }
    }
    return functions;
  }

  @Test
  void instructionsAreThoseThatWasmToolsPrints() {
    WasmModule module = module();
    List<List<String>> expected = printed();
    assertEquals(6, expected.size());
    for (int i = 0; i < expected.size(); i++) {
      List<String> mnemonics = new ArrayList<>();
      InstructionReader reader = module.body(i).instructions();
      while (reader.next()) {
        if (reader.depth() >= 0) {
          mnemonics.add(reader.opcode().mnemonic());
        }
      }
      assertEquals(expected.get(i), mnemonics);
    }
  }

  @Test
  void memories() {
    WasmModule module = module();
    assertEquals(
        List.of(
            new MemoryType(
                SizeLimits.between(1, 2), AddressType.I32, MemoryType.Sharing.SHARED, 16),
            new MemoryType(
                SizeLimits.between(100, 200), AddressType.I32, MemoryType.Sharing.UNSHARED, 0),
            new MemoryType(
                SizeLimits.atLeast(1), AddressType.I64, MemoryType.Sharing.UNSHARED, 16)),
        module.memoryTypes());
    assertEquals(CompositeType.Kind.CONT, module.types().get(1).composite().kind());
    assertEquals("[i32] -> [i32]", module.tagTypes().get(0).toString());
  }

  @Test
  void allButStackSwitchingIsTyped() {
    WasmModule module = module();
    CodeValidator validator = CodeValidator.of(module);
    for (int function : List.of(3, 4, 5)) {
      validator.validate(module.body(function));
    }
    for (int function : List.of(0, 1, 2)) {
      assertThrows(
          FormatException.Unsupported.class, () -> validator.validate(module.body(function)));
    }
    assertThrows(FormatException.Unsupported.class, () -> ModuleValidator.check(module));
  }

  @Test
  void sizesOfMemories() {
    valid(WasmBytes.module().section(5, WasmBytes.hex("01 03 01 02")));
    invalid("maximum", WasmBytes.module().section(5, WasmBytes.hex("01 02 01")));
    // Pages of one byte: as many as addresses.
    valid(WasmBytes.module().section(5, WasmBytes.hex("01 08 ffffffff0f 00")));
    valid(WasmBytes.module().section(5, WasmBytes.hex("01 0c ffffffffffffffffff01 00")));
    valid(WasmBytes.module().section(5, WasmBytes.hex("01 08 808004 10")));
    invalid("memory size", WasmBytes.module().section(5, WasmBytes.hex("01 08 818004 10")));
    invalid("page size", WasmBytes.module().section(5, WasmBytes.hex("01 08 01 01")));
    // 2^48 pages of 64 KiB, and one more.
    valid(WasmBytes.module().section(5, WasmBytes.hex("01 04 80808080808040")));
    invalid("memory size", WasmBytes.module().section(5, WasmBytes.hex("01 04 81808080808040")));
  }

  @Test
  void continuations() {
    WasmBytes function = WasmBytes.hex("60 00 01 7f");
    WasmBytes tag = WasmBytes.hex("01 00 00");
    valid(WasmBytes.module().types(function, WasmBytes.hex("5d 00")).section(13, tag));
    invalid("tag result", WasmBytes.module().types(function).section(13, tag));
    invalid("function type", WasmBytes.module().types(WasmBytes.hex("5d 70")));
    invalid("unknown type 5", WasmBytes.module().types(WasmBytes.hex("5d 05")));
  }

  @Test
  void chainsOfTypesHaveALimit() {
    assertThrows(FormatException.LimitExceeded.class, () -> ModuleValidator.check(chain(65)));
    ModuleValidator.check(chain(64));
  }

  /** Returns a module whose every type but the first extends the one before it. */
  private static WasmModule chain(int types) {
    WasmBytes[] all = new WasmBytes[types];
    all[0] = WasmBytes.hex("50 00 5f 00");
    for (int i = 1; i < types; i++) {
      all[i] = WasmBytes.hex("50 01").u(i - 1).bytes(0x5f, 0);
    }
    return WasmModule.read(WasmBytes.module().types(all).source("chain"));
  }

  @Test
  void localsOfTypesThatAreNot() {
    // The last of 300 runs of locals refers to type 9, and no instruction to it.
    WasmBytes body = WasmBytes.empty().u(301);
    for (int i = 0; i < 150; i++) {
      body.bytes(1, 0x7f, 1, 0x7e);
    }
    body.bytes(1, 0x63, 9, 0x0b);
    invalid(
        "unknown type 9",
        WasmBytes.module().types(WasmBytes.hex("60 00 00")).functions(0).code(body));
  }

  private static void valid(WasmBytes bytes) {
    ModuleValidator.check(WasmModule.read(bytes.source("valid")));
  }

  private static void invalid(String problem, WasmBytes bytes) {
    WasmModule module = WasmModule.read(bytes.source("invalid"));
    FormatException error =
        assertThrows(FormatException.class, () -> ModuleValidator.check(module));
    assertTrue(error.problem().contains(problem), error::problem);
  }
}
