package dev.wasmortem.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.validation.ModuleValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Bytes as the proposal's own test (binary-compact-imports.wast) has them. */
class ImportGroupsTest {
  private static WasmBytes module(String imports) {
    return WasmBytes.module()
        .section(1, WasmBytes.hex("01 60 00 00"))
        .section(2, WasmBytes.hex(imports));
  }

  private static String read(String imports) {
    WasmModule module = WasmModule.read(module(imports).source("imports"));
    ModuleValidator.check(module);
    return text(module);
  }

  private static String text(WasmModule module) {
    return module.imports().stream()
        .map(each -> each.module() + "." + each.name() + " " + each.type().kind())
        .collect(Collectors.joining(", "));
  }

  @Test
  void namesWithTypes() {
    assertEquals("a.b FUNCTION, a.c MEMORY", read("01 0161 00 7f 02 0162 0000 0163 02 00 01"));
    assertEquals("a.b FUNCTION", read("01 0161 80808000 7f 01 0162 0000"), "a long empty name");
  }

  @Test
  void namesOfOneType() {
    assertEquals("a.b FUNCTION, a.c FUNCTION", read("01 0161 00 7e 0000 02 0162 0163"));
    assertEquals("a.b GLOBAL, x.y FUNCTION", read("02 0161 00 7e 03 7f 00 01 0162 0178 0179 0000"));
  }

  @Test
  void emptyNamesAreNames() {
    assertEquals(". FUNCTION", read("01 00 00 00 00"));
    assertEquals("", read("01 00 00 7f 00"), "a group of none");
  }

  @Test
  void theFormIsAByte() {
    assertThrows(
        FormatException.Malformed.class, () -> read("01 0161 00 ff808000 02 0162 0000 0163 0000"));
    assertThrows(
        FormatException.Malformed.class, () -> read("01 0161 00 fe808000 0000 02 0162 0163"));
  }

  @Test
  void aCutGroup() {
    WasmBytes bytes = module("02 0161 00 7f ffffffff0f 0162 0000 0163 00");
    assertThrows(
        FormatException.Truncated.class, () -> WasmModule.read(bytes.source("cut")).imports());
    List<Diagnostic> diagnostics = new ArrayList<>();
    WasmModule salvaged = WasmModule.salvage(bytes.source("cut"), diagnostics::add);
    assertEquals("a.b FUNCTION", text(salvaged));
    assertEquals(1, diagnostics.size());
  }
}
