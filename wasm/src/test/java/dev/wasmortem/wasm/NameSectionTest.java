package dev.wasmortem.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.testkit.WasmBytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NameSectionTest {
  @Test
  void sparseAndUnsorted() {
    WasmBytes map =
        WasmBytes.hex("04").u(70_000).name("far").u(2).name("two").u(2).name("again").u(0).name("");
    NameSection names = read(WasmBytes.of(1).sized(map));
    assertEquals(3, names.functions().size());
    assertEquals(Optional.of("far"), names.functions().get(70_000));
    assertEquals(Optional.of("two"), names.functions().get(2), "the first of two");
    assertEquals(Optional.of(""), names.functions().get(0));
    assertEquals(Optional.empty(), names.functions().get(1));
  }

  @Test
  void countTooLarge() {
    NameSection names = read(WasmBytes.of(1).sized(WasmBytes.hex("ff ff 03 00 01 61")));
    assertEquals(Optional.of("a"), names.functions().get(0));
    assertEquals(1, names.diagnostics().size());
  }

  @Test
  void localsCutShort() {
    // Function 1 has locals a and b, the second without its bytes; function 9 was to follow.
    NameSection names = read(WasmBytes.of(2).sized(WasmBytes.hex("02 01 02 00 01 61 01 05 62")));
    assertEquals(Optional.of("a"), names.locals(1).get(0));
    assertEquals(Optional.empty(), names.locals(1).get(1));
    assertEquals(0, names.locals(9).size());
    assertEquals(1, names.diagnostics().size());
  }

  @Test
  void nameRunsPastTheSubsection() {
    WasmBytes functions = WasmBytes.hex("02 00 01 61 01 7f 62");
    WasmBytes globals = WasmBytes.hex("01 03 01 67");
    NameSection names = read(WasmBytes.of(1).sized(functions).bytes(7).sized(globals));
    assertEquals(Optional.of("a"), names.functions().get(0));
    assertEquals(Optional.empty(), names.functions().get(1));
    assertEquals(Optional.of("g"), names.names(NameSection.Space.GLOBAL).get(3), "the next one");
    assertEquals(1, names.diagnostics().size());
    assertEquals("name-section-damaged", names.diagnostics().get(0).code());
  }

  @Test
  void subsectionRunsPastTheSection() {
    NameSection names = read(WasmBytes.of(1, 0x7f).raw(WasmBytes.hex("01 05 01 65").toByteArray()));
    assertEquals(Optional.of("e"), names.functions().get(5));
    assertEquals(1, names.diagnostics().size());
  }

  @Test
  void notUtf8() {
    NameSection names = read(WasmBytes.of(1).sized(WasmBytes.hex("01 00 03 61 ff 62")));
    assertEquals(Optional.of("a\ufffdb"), names.functions().get(0));
  }

  @Test
  void unknownSubsectionsAreSkipped() {
    NameSection names =
        read(WasmBytes.of(99).sized(WasmBytes.of(1, 2, 3)).bytes(0).sized(WasmBytes.of(1, 'm')));
    assertEquals(Optional.of("m"), names.module());
    assertTrue(names.diagnostics().isEmpty());
  }

  @Test
  void noSection() {
    NameSection names = WasmModule.read(WasmBytes.module().source("none")).names();
    assertEquals(Optional.empty(), names.module());
    assertEquals(0, names.functions().size());
  }

  private static NameSection read(WasmBytes payload) {
    return WasmModule.read(WasmBytes.module().custom("name", payload).source("names")).names();
  }
}
