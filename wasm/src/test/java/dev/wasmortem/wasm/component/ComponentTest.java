package dev.wasmortem.wasm.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.Mutations;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.FunctionBody;
import dev.wasmortem.wasm.NameSection;
import dev.wasmortem.wasm.Sample;
import dev.wasmortem.wasm.WasmModule;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A component that wasm-tools made, and some by hand from Binary.md. */
class ComponentTest {
  static byte[] nested() {
    try (InputStream in =
        ComponentTest.class.getResourceAsStream("/fixtures/component/nested.wasm")) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static WasmBytes component() {
    return WasmBytes.of(0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00);
  }

  @Test
  void modulesOfAllDepths() {
    // Offsets and names as wasm-tools' dump has them.
    Component component = Component.read(ByteSource.of("nested.wasm", nested()));
    assertEquals(Optional.of("outer"), component.name());
    assertEquals(
        List.of(
            "0 first 0x29 49",
            "0.0 deep 0x67 48",
            "0.1 - 0x99 13",
            "0.0.0 deepest one 0xb2 59",
            "1 last 0x174 47"),
        component.modules().stream().map(ComponentTest::text).toList());
  }

  private static String text(NestedModule module) {
    ByteSource source = module.source();
    return String.join(
        " ",
        module.position(),
        module.name().orElse("-"),
        "0x" + Long.toHexString(source.origin().value()),
        Long.toString(source.size()));
  }

  @Test
  void offsetsInAModuleAreThoseOfTheFile() {
    byte[] bytes = nested();
    List<NestedModule> modules = Component.modulesOf(ByteSource.of("nested.wasm", bytes));
    WasmModule deep = WasmModule.read(modules.get(1).source());
    FunctionBody body = deep.body(0);
    int constant = (int) body.fileOffset(body.codeStart()).value();
    assertEquals(0x41, bytes[constant], "i32.const");
    assertEquals(2, bytes[constant + 1]);
    assertEquals(body.start(), deep.bodyAt(body.start()).orElseThrow().start());
    WasmModule last = WasmModule.read(modules.get(4).source());
    assertEquals(Optional.of("words"), last.names().names(NameSection.Space.DATA).get(0));
  }

  @Test
  void modulesThatAWordMeans() {
    assertEquals(List.of("0.0 deep 0x67 48"), meant("deep"));
    assertEquals(List.of("0.0 deep 0x67 48"), meant("0.0"));
    assertEquals(List.of("1 last 0x174 47"), meant("1"));
    assertEquals(List.of(), meant("2"));
    WasmBytes name = WasmBytes.of(0).sized(WasmBytes.empty().name("1"));
    WasmBytes one = WasmBytes.module().custom("name", name);
    WasmBytes bytes = component().section(1, one).section(1, WasmBytes.module()).section(1, one);
    assertEquals(
        List.of("1"),
        Component.modulesOf(bytes.source("c"), "1").stream().map(NestedModule::position).toList(),
        "a position before a name");
    WasmBytes named =
        WasmBytes.module().custom("name", WasmBytes.of(0).sized(WasmBytes.empty().name("x")));
    WasmBytes alike = component().section(1, named).section(1, named);
    assertEquals(2, Component.modulesOf(alike.source("c"), "x").size());
  }

  private static List<String> meant(String word) {
    return Component.modulesOf(ByteSource.of("nested.wasm", nested()), word).stream()
        .map(ComponentTest::text)
        .toList();
  }

  @Test
  void namesThatTheComponentGives() {
    // Index 0 is imported, 1 defined, 2 an alias, 3 an export, 4 defined.
    WasmBytes names =
        WasmBytes.of(0)
            .sized(WasmBytes.empty().name("c"))
            .bytes(1)
            .sized(WasmBytes.hex("00 11 02").u(1).name("one").u(4).name("four"));
    WasmBytes bytes =
        component()
            .section(10, WasmBytes.hex("02 00 01 66 01 00 00 01 6d 00 11 00"))
            .section(1, WasmBytes.module())
            .section(6, WasmBytes.hex("02 00 11 00 00 01 61 00 00 01 00 01 62"))
            .section(11, WasmBytes.hex("01 00 01 65 00 11 01 00"))
            .section(1, WasmBytes.module())
            .custom("component-name", names);
    List<NestedModule> modules = Component.read(bytes.source("named")).modules();
    assertEquals(Optional.of("one"), modules.get(0).name());
    assertEquals(Optional.of("four"), modules.get(1).name());
  }

  @Test
  void whatIsNotKnownHidesNamesOnly() {
    WasmBytes names = WasmBytes.of(1).sized(WasmBytes.hex("00 11 01").u(0).name("zero"));
    WasmBytes bytes =
        component()
            .section(10, WasmBytes.hex("01 77"))
            .section(1, WasmBytes.module())
            .custom("component-name", names);
    NestedModule module = Component.read(bytes.source("later")).modules().get(0);
    assertEquals(Optional.empty(), module.name());
    assertEquals("0", module.position());
  }

  @Test
  void whatIsAComponent() {
    assertTrue(Component.isComponent(component().source("c")));
    assertFalse(Component.isComponent(WasmBytes.module().source("m")));
    assertFalse(Component.isComponent(WasmBytes.of(0, 'a', 's', 'm').source("short")));
    assertThrows(
        FormatException.Malformed.class, () -> Component.read(WasmBytes.module().source("m")));
    FormatException error =
        assertThrows(
            FormatException.Unsupported.class, () -> WasmModule.read(component().source("c")));
    assertTrue(error.problem().contains("core module"), error::problem);
    List<NestedModule> itself = Component.modulesOf(Sample.module().source("m"));
    assertEquals("", itself.get(0).position());
    assertEquals(Optional.of("sample"), itself.get(0).name());
  }

  @Test
  void aCutComponentGivesWhatIsThere() {
    byte[] bytes = nested();
    byte[] cut = Arrays.copyOf(bytes, 0xb8);
    ByteSource source = ByteSource.of("cut", cut);
    assertThrows(FormatException.Truncated.class, () -> Component.read(source));
    List<Diagnostic> diagnostics = new ArrayList<>();
    List<NestedModule> modules = Component.salvage(source, diagnostics::add).modules();
    assertEquals(4, modules.size());
    assertEquals(6, modules.get(3).source().size());
    assertEquals(Optional.of("first"), modules.get(0).name());
    assertFalse(diagnostics.isEmpty());
  }

  @Test
  void nestingHasALimit() {
    assertEquals(0, Component.read(nestedComponents(99).source("deep")).modules().size());
    assertThrows(
        FormatException.LimitExceeded.class,
        () -> Component.read(nestedComponents(100_000).source("deeper")));
    List<Diagnostic> diagnostics = new ArrayList<>();
    Component.salvage(nestedComponents(100_000).source("deeper"), diagnostics::add);
    assertEquals(1, diagnostics.size());
  }

  /** Returns components in one another; each but the innermost cut is longer than its content. */
  private static WasmBytes nestedComponents(int depth) {
    // From the inside: sizes grow, so headers are made first and written outside in.
    List<byte[]> headers = new ArrayList<>();
    long size = 8;
    for (int i = 0; i < depth; i++) {
      byte[] header = component().bytes(4).u(size).toByteArray();
      headers.add(header);
      size += header.length;
    }
    WasmBytes all = WasmBytes.empty();
    for (int i = depth - 1; i >= 0; i--) {
      all.raw(headers.get(i));
    }
    return all.add(component());
  }

  @Test
  void modulesHaveALimit() {
    WasmBytes bytes = component();
    for (int i = 0; i <= Component.MAX_ITEMS; i++) {
      bytes.bytes(1, 0);
    }
    assertThrows(
        FormatException.LimitExceeded.class, () -> Component.read(bytes.source("modules")));
    Component salvaged = Component.salvage(bytes.source("modules"), Diagnostic.Sink.IGNORE);
    assertEquals(Component.MAX_ITEMS, salvaged.modules().size());
    assertEquals(Optional.empty(), salvaged.modules().get(0).name());
  }

  @Test
  void damageGivesFormatErrorsOnly() {
    Mutations.check(nested(), ComponentTest::readAll);
    Mutations.all(nested())
        .forEach(
            mutation -> {
              if (Component.isComponent(mutation.source())) {
                Component.salvage(mutation.source(), Diagnostic.Sink.IGNORE)
                    .modules()
                    .forEach(NestedModule::name);
              }
            });
  }

  static void readAll(ByteSource source) {
    Component component = Component.read(source);
    component.name();
    component.modules().forEach(NestedModule::name);
  }
}
