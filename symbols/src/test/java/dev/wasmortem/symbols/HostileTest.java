package dev.wasmortem.symbols;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.Mutations;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.CodeOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged modules: opening may say so, symbolizing may not throw. */
class HostileTest {
  @ParameterizedTest
  @ValueSource(strings = {"tiny/tiny-dw4.wasm", "tiny/tiny-dw5.wasm"})
  void everyCutAndEveryFlippedBit(String name) {
    Mutations.check(Fixtures.bytes(name), HostileTest::walk);
  }

  /** Opens a module in both ways and asks for everything. */
  static void walk(ByteSource file) {
    WasmModule strict;
    try {
      walk(WasmModule.salvage(file, Diagnostic.Sink.IGNORE));
      strict = WasmModule.read(file);
    } catch (FormatException e) {
      return; // said on opening
    }
    walk(strict);
  }

  private static void walk(WasmModule module) {
    Symbolizer symbols = Symbolizer.of(module, Diagnostic.Sink.IGNORE);
    try {
      symbols.debugInfo().explanation();
      for (int function = -1; function < 4; function++) {
        for (int at : new int[] {0, 1, 0x10, 0x40, Integer.MAX_VALUE}) {
          symbols.sources(function, new BodyOffset(at)).forEach(frame -> frame.position());
        }
      }
      for (long at : new long[] {-1, 0, 2, 0x12, 0x46, 0x66, 0xffff_ffffL}) {
        symbols.sources(new CodeOffset(at));
      }
    } catch (FormatException e) {
      throw new AssertionError("thrown through the door", e);
    }
  }
}
