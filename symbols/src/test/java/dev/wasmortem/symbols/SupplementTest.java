package dev.wasmortem.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.WasmModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A unit whose producer's name is in a supplementary file (DWARF 5, §7.3.6), or in GNU's. */
class SupplementTest {
  @TempDir private Path temp;

  private final List<Diagnostic> told = new ArrayList<>();

  /** A unit of version 5 with {@code DW_AT_producer}, a {@code form} that holds 6. */
  private static WasmBytes user(WasmBytes form) {
    WasmBytes unit =
        WasmBytes.of(5, 0, 1, 4).le32(0).bytes(1).le32(6); // header, then entry 1 at offset 12
    return WasmBytes.module()
        .custom(".debug_abbrev", WasmBytes.of(1, 0x11, 0, 0x25).add(form).bytes(0, 0, 0))
        .custom(".debug_info", WasmBytes.empty().le32(unit.size()).add(unit));
  }

  private static WasmBytes strings(WasmBytes module) {
    return module.custom(".debug_str", WasmBytes.hex("616c706861 00 62657461 00")); // alpha, beta
  }

  private static WasmBytes sup(int isSupplementary, String name, int... checksum) {
    return WasmBytes.of(5, 0, isSupplementary)
        .raw(name.getBytes(StandardCharsets.UTF_8))
        .bytes(0)
        .u(checksum.length)
        .bytes(checksum);
  }

  private List<String> producers(WasmBytes module) throws IOException {
    told.clear();
    Path file = Files.write(temp.resolve("app.wasm"), module.toByteArray());
    try (ByteSource source = ByteSource.open(file);
        Symbolizer symbols =
            Symbolizer.of(
                WasmModule.read(source),
                DebugFileSearch.builder().build().beside(file),
                told::add)) {
      return symbols.debugInfo().producers();
    }
  }

  private List<String> codes() {
    return told.stream().map(Diagnostic::code).toList();
  }

  @Test
  void ofDwarf5() throws IOException {
    WasmBytes module =
        user(WasmBytes.of(0x1d)).custom(".debug_sup", sup(0, "/elsewhere/common.sup", 1, 2));
    assertEquals(List.of(), producers(module));
    assertEquals(List.of("dwarf-supplement-missing"), codes());
    Path common = temp.resolve("common.sup");
    byte[] right = strings(WasmBytes.module()).custom(".debug_sup", sup(1, "", 1, 2)).toByteArray();
    Files.write(common, right);
    assertEquals(List.of("beta"), producers(module));
    assertEquals(List.of(), codes());
    for (WasmBytes wrong : List.of(sup(1, "", 1, 3), sup(0, "", 1, 2))) {
      Files.write(common, strings(WasmBytes.module()).custom(".debug_sup", wrong).toByteArray());
      assertEquals(List.of(), producers(module));
      assertEquals(List.of("dwarf-supplement-missing"), codes());
    }
  }

  @Test
  void ofGnu() throws IOException {
    WasmBytes link = WasmBytes.hex("782e737570 00 0102"); // x.sup
    WasmBytes module = user(WasmBytes.of(0xa1, 0x3e)).custom(".gnu_debugaltlink", link);
    Path common = temp.resolve("x.sup");
    WasmBytes right = strings(WasmBytes.module()).custom("build_id", WasmBytes.of(2, 1, 2));
    Files.write(common, right.toByteArray());
    assertEquals(List.of("beta"), producers(module));
    WasmBytes wrong = strings(WasmBytes.module()).custom("build_id", WasmBytes.of(2, 1, 3));
    Files.write(common, wrong.toByteArray());
    assertEquals(List.of(), producers(module));
    assertEquals(List.of("dwarf-supplement-missing"), codes());
    Files.write(common, strings(WasmBytes.module()).toByteArray());
    assertEquals(List.of(), producers(module));
  }
}
