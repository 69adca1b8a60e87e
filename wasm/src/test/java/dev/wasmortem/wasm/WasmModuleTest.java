package dev.wasmortem.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.bytes.FileOffset;
import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.testkit.Mutations;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.CodeOffset;
import dev.wasmortem.wasm.types.AddressType;
import dev.wasmortem.wasm.types.CompositeType;
import dev.wasmortem.wasm.types.ExternKind;
import dev.wasmortem.wasm.types.FuncType;
import dev.wasmortem.wasm.types.GlobalType;
import dev.wasmortem.wasm.types.Mutability;
import dev.wasmortem.wasm.types.NumType;
import dev.wasmortem.wasm.types.RefType;
import dev.wasmortem.wasm.types.VecType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WasmModuleTest {
  private final byte[] bytes = Sample.module().toByteArray();
  private final WasmModule module = WasmModule.read(ByteSource.of("sample.wasm", bytes));

  @Test
  void sectionsKeepTheirOrder() {
    assertEquals(
        List.of(0, 1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11, 0),
        module.sections().stream().map(section -> section.id().code()).toList());
    Section first = module.sections().get(0);
    assertEquals("first", first.name());
    assertEquals(new FileOffset(8), first.start());
    assertEquals(3, first.payload().size());
    assertEquals(11, first.bytes().size());
    assertEquals(1, module.customSections("name").size());
    assertEquals(
        bytes.length,
        8 + module.sections().stream().mapToLong(section -> section.bytes().size()).sum());
  }

  @Test
  void typesAndIndexSpaces() {
    assertEquals(4, module.types().size());
    assertEquals(CompositeType.Kind.STRUCT, module.types().get(2).composite().kind());
    FuncType first = new FuncType(List.of(NumType.I32, NumType.I64), List.of(NumType.F32));
    assertEquals(first, module.functionType(1));
    assertEquals("[i32 i64] -> [f32]", module.functionType(1).toString());
    assertEquals(1, module.importedFunctionCount());
    assertEquals(3, module.functionCount());
    assertEquals(3, module.functionTypeIndex(0));
    assertEquals(2, module.tableTypes().size());
    assertEquals(RefType.FUNCREF, module.tableTypes().get(0).element());
    assertEquals(RefType.EXTERNREF, module.tableTypes().get(1).element());
    assertEquals(4, module.tableTypes().get(1).limits().max().getAsLong());
    assertEquals(AddressType.I32, module.memoryTypes().get(0).addressType());
    assertEquals(AddressType.I64, module.memoryTypes().get(1).addressType());
    assertEquals(16, module.memoryTypes().get(1).limits().max().getAsLong());
    assertEquals(
        List.of(
            new GlobalType(NumType.I32, Mutability.CONST),
            new GlobalType(NumType.I64, Mutability.VAR),
            new GlobalType(VecType.V128, Mutability.CONST)),
        module.globalTypes());
    assertEquals(2, module.tagTypes().size());
    assertEquals(List.of(NumType.I32), module.tagTypes().get(0).parameters());
    assertEquals(2, module.startFunction().getAsInt());
  }

  @Test
  void importsAndExports() {
    assertEquals(5, module.imports().size());
    assertEquals("env", module.imports().get(4).module());
    assertEquals("e", module.imports().get(4).name());
    assertEquals(ExternKind.TAG, module.imports().get(4).type().kind());
    assertEquals(new Export("run", ExternKind.FUNCTION, 2), module.exports().get(0));
    assertEquals(2, Sample.exports(module, ExternKind.FUNCTION));
  }

  @Test
  void constants() {
    assertEquals(
        Optional.of(new ConstValue.I64(-1)), module.globals().get(0).initializer().value());
    assertEquals(
        Optional.of(new ConstValue.V128(0x0706050403020100L, 0x0f0e0d0c0b0a0908L)),
        module.globals().get(1).initializer().value());
    assertEquals(3, module.globals().get(0).initializer().bytes().size());
  }

  @Test
  void extendedConstantsStayBytes() {
    WasmBytes sum = WasmBytes.global(0x7f, 0, WasmBytes.hex("41 01 41 02 6a"));
    WasmBytes odd = WasmBytes.global(0x7f, 0, WasmBytes.hex("41 05"));
    WasmModule both = read(WasmBytes.module().globals(sum, odd));
    assertEquals(Optional.empty(), both.globals().get(0).initializer().value());
    assertEquals(6, both.globals().get(0).initializer().bytes().size());
    assertEquals(Optional.of(new ConstValue.I32(5)), both.globals().get(1).initializer().value());
  }

  @Test
  void segments() {
    assertEquals(2, module.elements().size());
    assertEquals(ElementSegment.Mode.ACTIVE, module.elements().get(0).mode());
    assertEquals(List.of(0, 1), boxed(module.elements().get(0).functions()));
    assertEquals(ElementSegment.Mode.PASSIVE, module.elements().get(1).mode());
    assertEquals(List.of(2), boxed(module.elements().get(1).functions()));
    DataSegments data = module.dataSegments();
    DataSegment active = data.next();
    assertEquals(DataSegment.Mode.ACTIVE, active.mode());
    assertEquals(Optional.of(new ConstValue.I32(16)), active.offset().orElseThrow().value());
    assertEquals(0xbb, active.bytes().u8(1));
    DataSegment passive = data.next();
    assertEquals(DataSegment.Mode.PASSIVE, passive.mode());
    assertEquals(1, passive.index());
    assertEquals(false, data.hasNext());
    assertEquals(2, module.dataCount().getAsLong());
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  @Test
  void bodiesAndTheirOffsets() {
    FunctionBody body = module.body(1);
    // The code section's payload: the count, then the first body's size, then the body.
    CodeOffset start = new CodeOffset(2);
    assertEquals(start, body.codeOffset(new BodyOffset(0)));
    assertEquals(module.fileOffset(start), body.start());
    assertEquals(new BodyOffset(5), body.codeStart());
    assertEquals(5 + 10, body.size());
    assertEquals(7, body.locals().count());
    assertEquals(2, body.locals().parameterCount());
    assertEquals(
        List.of("i32", "i64", "f64", "f64", "f64", "i32", "i32"),
        IntStream.range(0, 7).mapToObj(i -> body.locals().type(i).toString()).toList());
    assertThrows(IndexOutOfBoundsException.class, () -> body.locals().type(7));
    FileOffset inside = body.fileOffset(new BodyOffset(7));
    assertEquals(1, module.bodyAt(inside).orElseThrow().functionIndex());
    assertEquals(new BodyOffset(7), body.bodyOffset(inside));
    assertEquals(new BodyOffset(7), body.bodyOffset(module.codeOffset(inside)));
    // One byte past the end is the size of the next body, which belongs to none.
    assertEquals(Optional.empty(), module.bodyAt(body.start().plus(body.size())));
    assertEquals(
        2, module.bodyAt(body.start().plus(body.size() + 1)).orElseThrow().functionIndex());
    assertEquals(Optional.empty(), module.bodyAt(new CodeOffset(0)));
    assertThrows(IllegalArgumentException.class, () -> module.body(0));
    assertThrows(IllegalArgumentException.class, () -> module.body(3));
  }

  @Test
  void names() {
    assertEquals(Optional.of("sample"), module.moduleName());
    assertEquals(Optional.of("imported \u001b[31m"), module.functionName(0));
    assertEquals(Optional.of("_ZN4core3fooE"), module.functionName(1));
    assertEquals(Optional.of("run"), module.functionName(2), "the first export");
    assertEquals(Optional.empty(), module.functionName(3));
    assertEquals(Optional.of("b"), module.names().locals(1).get(4));
    assertEquals(Optional.empty(), module.names().locals(0).get(0));
    assertEquals(List.of(), module.names().diagnostics());
  }

  @Test
  void wellFormed() {
    WellFormed.check(module);
    WasmBytes swapped = WasmBytes.module().functions().types(WasmBytes.hex("60 00 00"));
    assertThrows(FormatException.Malformed.class, () -> WellFormed.check(read(swapped)));
    assertEquals(1, read(swapped).types().size(), "reading does not mind");
  }

  @Test
  void whatIsNoModule() {
    assertThrows(FormatException.Truncated.class, () -> read(WasmBytes.of(0, 'a', 's')));
    assertThrows(FormatException.Malformed.class, () -> read(WasmBytes.of(1, 2, 3, 4, 5, 6, 7, 8)));
    WasmBytes version2 = WasmBytes.of(0, 'a', 's', 'm', 2, 0, 0, 0);
    assertThrows(FormatException.Malformed.class, () -> read(version2));
    WasmBytes component = WasmBytes.of(0, 'a', 's', 'm', 0x0d, 0, 1, 0);
    assertThrows(FormatException.Unsupported.class, () -> read(component));
  }

  @Test
  void errorsSayWhere() {
    WasmBytes unknown = WasmBytes.module().section(77, WasmBytes.of(1, 2));
    FormatException error =
        assertThrows(FormatException.Malformed.class, () -> read(unknown.bytes(3)));
    assertEquals(
        "sample.wasm+0x8 (section): malformed section id 77", error.getMessage(), "in the file");
    WasmBytes type = WasmBytes.module().types(WasmBytes.hex("60 01 12 00"));
    error = assertThrows(FormatException.Malformed.class, () -> read(type).types());
    assertEquals("sample.wasm+0xd (typesec): value type 0x12", error.getMessage());
  }

  @Test
  void salvageKeepsWhatIsThere() {
    List<Diagnostic> diagnostics = new ArrayList<>();
    WasmBytes damaged =
        WasmBytes.module()
            .section(77, WasmBytes.of(1, 2))
            .types(WasmBytes.hex("60 00 00"))
            .functions(0, 0, 0)
            .bytes(10, 0x7f)
            .bytes(3, 2, 0, 0x0b, 9, 0, 0x0b);
    WasmModule rest = WasmModule.salvage(Sample.source(damaged), diagnostics::add);
    assertEquals(3, rest.sections().size());
    assertEquals(2, rest.bodyCount(), "one whole, one cut, one missing");
    assertEquals(2, rest.body(1).size());
    assertEquals(3, rest.functionCount());
    assertEquals(
        List.of("section-damaged", "section-truncated", "code-section-damaged"),
        diagnostics.stream().map(Diagnostic::code).toList());
  }

  @Test
  void salvageClipsTheLastDataSegment() {
    List<Diagnostic> diagnostics = new ArrayList<>();
    WasmBytes whole =
        WasmBytes.module()
            .data(WasmBytes.segment(8, new byte[] {1, 2}), WasmBytes.segment(64, new byte[100]));
    byte[] cut = Arrays.copyOf(whole.toByteArray(), whole.size() - 40);
    WasmModule rest = WasmModule.salvage(ByteSource.of("cut.wasm", cut), diagnostics::add);
    DataSegments data = rest.dataSegments();
    assertEquals(2, data.next().bytes().size());
    DataSegment last = data.next();
    assertEquals(60, last.bytes().size());
    assertEquals(100, last.announcedSize());
    assertEquals(false, data.hasNext());
    assertTrue(diagnostics.stream().anyMatch(d -> d.code().equals("data-segment-truncated")));
  }

  @Test
  void damageGivesTypedErrorsOnly() {
    Mutations.check(bytes, source -> Sample.readAll(WasmModule.read(source)));
  }

  @Test
  void damageGivesDiagnosticsOnSalvage() {
    Mutations.check(
        bytes, source -> Sample.readAll(WasmModule.salvage(source, Diagnostic.Sink.IGNORE)));
  }

  @Test
  void namesNeverFail() {
    Mutations.all(bytes)
        .forEach(
            mutation -> {
              WasmModule damaged;
              try {
                damaged = WasmModule.salvage(mutation.source(), Diagnostic.Sink.IGNORE);
              } catch (FormatException noModule) {
                return;
              }
              Sample.readNames(damaged);
              damaged.functionName(2);
            });
  }

  private static WasmModule read(WasmBytes bytes) {
    return WasmModule.read(Sample.source(bytes));
  }
}
