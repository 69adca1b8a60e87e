package dev.wasmortem.wasm.custom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.testkit.Mutations;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.NameSection;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.InstructionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Expected values are what llvm-readobj, obj2yaml and wasm-objdump say of the same files. */
class CustomSectionsTest {
  private static final Diagnostic.Sink NONE =
      diagnostic -> {
        throw new AssertionError(diagnostic.toString());
      };

  private static WasmModule open(String fixture) {
    return WasmModule.read(ByteSource.of(fixture, CustomSections.fixture(fixture)));
  }

  private static WasmModule custom(String name, WasmBytes payload) {
    return WasmModule.read(WasmBytes.module().custom(name, payload).source(name));
  }

  @Test
  void aSharedLibrary() {
    DynamicLibrary library = DynamicLibrary.of(open("library.wasm"), NONE).orElseThrow();
    assertEquals(new DynamicLibrary.Space(16, 2), library.memory());
    assertEquals(new DynamicLibrary.Space(0, 0), library.table());
    assertEquals(List.of("libother.so"), library.needed());
    assertEquals(
        List.of(new DynamicLibrary.ExportFlags("counter", DynamicLibrary.TLS)), library.exports());
    assertEquals(
        List.of(
            new DynamicLibrary.ImportFlags(
                "env", "imported", DynamicLibrary.WEAK | 0x10 /* undefined */)),
        library.imports());
    assertEquals(List.of("$ORIGIN/lib"), library.runtimePath());
  }

  @Test
  void aSharedLibraryOfBefore() {
    WasmModule module =
        custom("dylink", WasmBytes.hex("90 01 04 05 00 02").name("a.so").name("b.so"));
    DynamicLibrary library = DynamicLibrary.of(module, NONE).orElseThrow();
    assertEquals(new DynamicLibrary.Space(144, 4), library.memory());
    assertEquals(new DynamicLibrary.Space(5, 0), library.table());
    assertEquals(List.of("a.so", "b.so"), library.needed());
  }

  @Test
  void whoMadeIt() {
    Producers producers = Producers.of(open("library.wasm"), NONE).orElseThrow();
    assertEquals(1, producers.fields().size());
    List<Producers.Tool> tools = producers.tools("processed-by");
    assertEquals("Debian clang", tools.get(0).name());
    assertTrue(tools.get(0).version().startsWith("22."), tools::toString);
    assertEquals(List.of(), producers.tools("language"));
  }

  @Test
  void featuresOfTheTarget() {
    TargetFeatures all = TargetFeatures.of(open("library.wasm"), NONE).orElseThrow();
    assertEquals(9, all.features().size());
    assertEquals(
        new TargetFeatures.Feature(TargetFeatures.Use.USED, "atomics"), all.features().get(0));
    WasmModule old =
        custom("target_features", WasmBytes.hex("03 2d").name("a").bytes('=').name("b").bytes(7));
    List<Diagnostic> diagnostics = new ArrayList<>();
    assertEquals(
        List.of(
            new TargetFeatures.Feature(TargetFeatures.Use.DISALLOWED, "a"),
            new TargetFeatures.Feature(TargetFeatures.Use.REQUIRED, "b")),
        TargetFeatures.of(old, diagnostics::add).orElseThrow().features());
    assertEquals("custom-section-damaged", diagnostics.get(0).code());
    assertEquals(1, diagnostics.size());
  }

  @Test
  void namesOfDataSegments() {
    NameSection names = open("library.wasm").names();
    assertEquals(Optional.of(".tdata"), names.names(NameSection.Space.DATA).get(0));
    assertEquals(Optional.of(".rodata"), names.names(NameSection.Space.DATA).get(1));
    assertEquals(Optional.of("__tls_base"), names.names(NameSection.Space.GLOBAL).get(3));
  }

  @Test
  void whereDebugInformationLies() {
    WasmModule module =
        WasmModule.read(
            WasmBytes.module()
                .custom("external_debug_info", WasmBytes.empty().name("a.debug.wasm"))
                .custom("sourceMappingURL", WasmBytes.empty().name("http://x/é.map"))
                .source("urls"));
    assertEquals(Optional.of("a.debug.wasm"), UrlSection.EXTERNAL_DEBUG_INFO.url(module, NONE));
    assertEquals(Optional.of("http://x/é.map"), UrlSection.SOURCE_MAPPING_URL.url(module, NONE));
    WasmModule none = open("library.wasm");
    assertEquals(Optional.empty(), UrlSection.SOURCE_MAPPING_URL.url(none, NONE));
  }

  @Test
  void urlsThatAreNone() {
    List<Diagnostic> diagnostics = new ArrayList<>();
    WasmModule cut = custom("external_debug_info", WasmBytes.hex("05 61 62"));
    assertEquals(Optional.empty(), UrlSection.EXTERNAL_DEBUG_INFO.url(cut, diagnostics::add));
    assertEquals(1, diagnostics.size());
    WasmModule empty = custom("external_debug_info", WasmBytes.of(0));
    assertEquals(Optional.empty(), UrlSection.EXTERNAL_DEBUG_INFO.url(empty, NONE));
    WasmModule data = custom("sourceMappingURL", WasmBytes.empty().u(200_000).fill(200_000, 'x'));
    assertEquals(Optional.empty(), UrlSection.SOURCE_MAPPING_URL.url(data, NONE));
    assertEquals(200_000, UrlSection.SOURCE_MAPPING_URL.bytes(data, NONE).orElseThrow().size());
  }

  @Test
  void hintsOnBranches() {
    WasmModule module = open("hints.wasm");
    assertEquals(List.of("branch_hint", "trace_inst"), CodeMetadata.types(module));
    CodeMetadata hints = CodeMetadata.of(module, CodeMetadata.BRANCH_HINT, NONE);
    assertEquals(List.of(0), hints.functions());
    List<CodeMetadata.Instance> instances = hints.of(0);
    assertEquals(new BodyOffset(3), instances.get(0).offset());
    assertEquals(new BodyOffset(0xd), instances.get(1).offset());
    assertEquals(
        Optional.of(CodeMetadata.BranchHint.UNLIKELY), CodeMetadata.branchHint(instances.get(0)));
    assertEquals(
        Optional.of(CodeMetadata.BranchHint.LIKELY), CodeMetadata.branchHint(instances.get(1)));
    InstructionReader reader = module.body(0).instructions();
    List<String> hinted = new ArrayList<>();
    while (reader.next()) {
      if (instances.stream().anyMatch(each -> each.offset().equals(reader.offset()))) {
        hinted.add(reader.opcode().mnemonic());
      }
    }
    assertEquals(List.of("if", "br_if"), hinted);
    CodeMetadata traces = CodeMetadata.of(module, "trace_inst", NONE);
    assertEquals(42, traces.of(0).get(0).data().cursor().i32le());
    assertEquals(List.of(), traces.of(1));
    assertEquals(List.of(), CodeMetadata.of(module, "other", NONE).functions());
  }

  @Test
  void hintsBeforeTheDamageAreKept() {
    // Function 7 has one hint of two, function 9 was to follow.
    WasmModule module =
        custom("metadata.code.branch_hint", WasmBytes.hex("03 05 00 07 02 03 01 01 0d 01"));
    List<Diagnostic> diagnostics = new ArrayList<>();
    CodeMetadata hints = CodeMetadata.of(module, CodeMetadata.BRANCH_HINT, diagnostics::add);
    assertEquals(List.of(5, 7), hints.functions());
    assertEquals(List.of(), hints.of(5));
    assertEquals(1, hints.of(7).size());
    assertEquals(1, diagnostics.size());
    assertEquals("metadata.code.branch_hint", diagnostics.get(0).location().production());
  }

  @Test
  void damageIsNeverAnError() {
    for (String fixture : List.of("library.wasm", "hints.wasm")) {
      Mutations.check(
          CustomSections.fixture(fixture),
          source -> CustomSections.readAll(WasmModule.salvage(source, Diagnostic.Sink.IGNORE)));
    }
    for (String name : List.of("producers", "target_features", "dylink.0", "dylink")) {
      CustomSections.readAll(custom(name, WasmBytes.hex("ff ff ff ff 0f")));
      CustomSections.readAll(custom(name, WasmBytes.hex("01 05 ff ff ff ff 0f")));
      CustomSections.readAll(custom(name, WasmBytes.hex("ff ff ff ff ff 7f")));
      CustomSections.readAll(custom(name, WasmBytes.empty()));
    }
  }
}
