package dev.wasmortem.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.Mutations;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debug files that were cut, flipped or made to lead elsewhere. */
class HostileDebugFilesTest {
  @TempDir private Path temp;

  /** Asks for everything. */
  private static Optional<DebugInfo> walk(ByteSource module, DebugFileSearch search) {
    WasmModule read;
    try {
      read = WasmModule.read(module);
    } catch (FormatException e) {
      return Optional.empty(); // said on opening
    }
    try (Symbolizer symbols = Symbolizer.of(read, search, Diagnostic.Sink.IGNORE)) {
      for (long at = 0; at < 0x40; at += 5) {
        symbols.sources(new CodeOffset(at));
      }
      return Optional.of(symbols.debugInfo());
    } catch (FormatException e) {
      throw new AssertionError("thrown through the door", e);
    }
  }

  private static byte[] fixture(String name) {
    return Fixtures.bytes("apart/" + name);
  }

  @Test
  void aDebugFileOfAnyBytes() {
    Mutations.check(
        fixture("dw5.wasm"),
        mutated -> {
          WasmModule debug;
          try {
            debug = WasmModule.read(mutated);
          } catch (FormatException e) {
            return;
          }
          walk(
              ByteSource.of("app.wasm", fixture("apart.wasm")),
              DebugFileSearch.builder().offer(debug).build());
        });
  }

  @Test
  void aPackageThatIsCut() throws IOException {
    Path module = Files.write(temp.resolve("app.wasm"), fixture("split5.wasm"));
    byte[] whole = fixture("split5.dwp");
    for (int length = 0; length < whole.length; length += 3) {
      Files.write(temp.resolve("app.dwp"), Arrays.copyOf(whole, length));
      try (ByteSource source = ByteSource.open(module)) {
        walk(source, DebugFileSearch.builder().build().beside(module));
      }
    }
  }

  /** Only what may be read can be found, whatever the section that names it is made to say. */
  @Test
  void aModuleThatNamesAnything() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("build"));
    Files.write(temp.resolve("x"), fixture("dw5.wasm"));
    Path file = folder.resolve("app.wasm");
    byte[] module =
        WasmBytes.empty()
            .raw(fixture("apart.wasm"))
            .custom("external_debug_info", WasmBytes.empty().name("../x"))
            .toByteArray();
    int section = fixture("apart.wasm").length;
    Mutations.all(module)
        .map(Mutations.Mutation::bytes)
        .filter(bytes -> bytes.length > section)
        .forEach(
            bytes -> {
              Optional<DebugInfo> info =
                  walk(
                      ByteSource.of("app.wasm", bytes),
                      DebugFileSearch.builder().build().beside(file));
              info.ifPresent(found -> assertEquals("", found.location().file()));
            });
  }

  @Test
  void namesAreSafeToPrint() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("a\u001b[2Jb"));
    Path module = Files.write(folder.resolve("app.wasm"), fixture("apart.wasm"));
    Files.write(folder.resolve("app.debug.wasm"), fixture("dw5.wasm"));
    try (ByteSource source = ByteSource.open(module)) {
      String text =
          walk(source, DebugFileSearch.builder().build().beside(module)).orElseThrow().toString();
      assertTrue(text.contains("a\\x1b[2Jb"), text);
      assertEquals(-1, text.indexOf('\u001b'));
    }
  }
}
