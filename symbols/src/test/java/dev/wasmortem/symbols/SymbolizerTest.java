package dev.wasmortem.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.dwarf.variable.FrameScope;
import dev.wasmortem.symbols.FunctionName.Origin;
import dev.wasmortem.testkit.WasmBytes;
import dev.wasmortem.wasm.WasmModule;
import dev.wasmortem.wasm.code.BodyOffset;
import dev.wasmortem.wasm.code.CodeOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolizerTest {
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private Symbolizer of(WasmBytes module) {
    return Symbolizer.of(WasmModule.read(module.source("test.wasm")), diagnostics::add);
  }

  private static WasmBytes threeFunctions() {
    return WasmBytes.module()
        .types(WasmBytes.funcType("", ""))
        .imports(WasmBytes.importFunction("env", "abort", 0))
        .functions(0, 0)
        .exports(WasmBytes.export("main", 0, 2), WasmBytes.export("start", 0, 2))
        .code(WasmBytes.body("00", "01 0b"), WasmBytes.body("00", "01 0b"));
  }

  @Test
  void namesComeFromTheNameSectionThenTheExportsThenTheIndex() {
    Symbolizer symbols = of(threeFunctions().functionNames(0, "abort(int)", ""));
    assertEquals(new FunctionName("abort(int)", Origin.NAME_SECTION), symbols.name(0));
    assertEquals(new FunctionName("func[1]", Origin.INDEX), symbols.name(1)); // named ""
    assertEquals(new FunctionName("main", Origin.EXPORT), symbols.name(2));
    assertEquals(new FunctionName("func[3]", Origin.INDEX), symbols.name(3)); // not there
    assertEquals(new FunctionName("func[-1]", Origin.INDEX), symbols.name(-1));
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void namesAreVerbatim() {
    String odd = "std::vec<int>::\u001b[2Jpush_back\u202e";
    assertEquals(odd, of(threeFunctions().functionNames(1, odd)).name(1).text());
  }

  /** Demangled as llvm-cxxfilt does, with {@code --no-params} and without. */
  @Test
  void mangledNamesOfTheNameSection() {
    String mangled = "_ZN2ns5twiceIiEEiT_";
    Symbolizer symbols = of(threeFunctions().functionNames(0, "_start", mangled));
    SourceFrame twice = symbols.sources(1, new BodyOffset(1)).get(0);
    assertEquals("ns::twice<int>", twice.name());
    assertEquals("int ns::twice<int>(int)", twice.signature());
    assertEquals(Optional.of(mangled), twice.linkageName());
    assertEquals(Optional.empty(), twice.shortName());
    assertEquals(mangled, symbols.name(1).text());
    SourceFrame start = symbols.sources(0, new BodyOffset(1)).get(0);
    assertEquals("_start", start.name());
    assertEquals("_start", start.signature());
    assertEquals(Optional.empty(), start.linkageName());
  }

  @Test
  void aFunctionWithoutLinesHasAName() {
    Symbolizer symbols = of(threeFunctions());
    SourceFrame main =
        new SourceFrame("main", Optional.empty(), Optional.empty(), Optional.empty(), false);
    assertEquals(List.of(main), symbols.sources(2, new BodyOffset(1)));
    assertEquals("main", main.toString());
    assertEquals("func[0]", symbols.sources(0, new BodyOffset(7)).get(0).name()); // imported
    assertEquals("func[9]", symbols.sources(9, new BodyOffset(7)).get(0).name());
    assertEquals("func[-9]", symbols.sources(-9, new BodyOffset(7)).get(0).name());
  }

  /** Offsets and rows as llvm-objdump and llvm-dwarfdump print them. */
  @ParameterizedTest
  @ValueSource(strings = {"tiny/tiny-dw4.wasm", "tiny/tiny-dw5.wasm"})
  void linesOfAFunction(String name) {
    Symbolizer symbols = Symbolizer.of(Fixtures.module(name), diagnostics::add);
    // The trap of half(), inlined into mean(), whose body begins at 0x2 in the code section.
    assertEquals(
        List.of(
            new SourceFrame(
                "half",
                Optional.of("half"),
                Optional.empty(),
                Optional.of(new SourcePosition("./tiny.c", 5, 5, 0)),
                true),
            new SourceFrame(
                "mean",
                Optional.of("mean"),
                Optional.empty(),
                Optional.of(new SourcePosition("./tiny.c", 10, 10, 0)),
                false)),
        symbols.sources(0, new BodyOffset(0x10)));
    assertEquals(symbols.sources(0, new BodyOffset(0x10)), symbols.sources(new CodeOffset(0x12)));
    assertEquals("mean at ./tiny.c:10:17", symbols.sources(0, new BodyOffset(1)).get(0).toString());
    assertEquals("run at ./tiny.c:16:12", symbols.sources(new CodeOffset(0x3c)).get(0).toString());
    // Line 0 is an answer: the compiler ties this code to no line.
    assertEquals(
        Optional.of(new SourcePosition("./tiny.c", 0, 12, 0)),
        symbols.sources(new CodeOffset(0x46)).get(0).position());
    assertEquals("run at ./tiny.c", symbols.sources(new CodeOffset(0x46)).get(0).toString());
    assertEquals(List.of(), diagnostics);
  }

  /** Variables and locations as llvm-dwarfdump prints them. */
  @ParameterizedTest
  @ValueSource(strings = {"tiny/tiny-dw4.wasm", "tiny/tiny-dw5.wasm"})
  void variablesInScope(String name) {
    Symbolizer symbols = Symbolizer.of(Fixtures.module(name), diagnostics::add);
    assertEquals(
        List.of(
            "half: int x: DW_OP_WASM_location 0x0 0x0, DW_OP_stack_value",
            "mean: int b: DW_OP_WASM_location 0x0 0x1, DW_OP_stack_value"),
        located(symbols.scopes(0, new BodyOffset(0x10))));
    assertEquals(
        List.of(
            "run: int i: DW_OP_consts +0, DW_OP_stack_value",
            "run: int n: DW_OP_WASM_location 0x0 0x0, DW_OP_stack_value",
            "run: int sum: DW_OP_consts +0, DW_OP_stack_value"),
        located(symbols.scopes(new CodeOffset(0x30))));
    assertEquals(List.of(), symbols.scopes(new CodeOffset(0)));
    assertEquals(List.of(), symbols.scopes(0, new BodyOffset(0)));
    assertEquals(List.of(), diagnostics);
  }

  private static List<String> located(List<FrameScope> scopes) {
    return scopes.stream()
        .flatMap(
            scope ->
                scope.variables().stream()
                    .filter(variable -> variable.location().isPresent())
                    .map(
                        variable ->
                            scope.frame().name().orElse("??")
                                + ": "
                                + variable
                                + ": "
                                + variable.location().get()))
        .toList();
  }

  @Test
  void offsetsOutsideOfBodies() {
    Symbolizer symbols = Symbolizer.of(Fixtures.module("tiny/tiny-dw5.wasm"), diagnostics::add);
    // 0 stands for "unknown" in dumps, though DWARF may have a row at a body's start.
    assertEquals("mean", symbols.sources(0, new BodyOffset(0)).get(0).toString());
    // Behind the body's last byte another function's lines begin.
    assertEquals("mean", symbols.sources(0, new BodyOffset(0x18)).get(0).toString());
    assertEquals("mean", symbols.sources(0, new BodyOffset(0x20)).get(0).toString());
    assertEquals("mean", symbols.sources(0, new BodyOffset(Integer.MAX_VALUE)).get(0).toString());
    assertEquals("mean", symbols.sources(0, new BodyOffset(-1)).get(0).toString());
    assertEquals(List.of(), symbols.sources(new CodeOffset(0)));
    assertEquals(List.of(), symbols.sources(new CodeOffset(0x1_0000_0000L)));
    assertEquals(List.of(), symbols.sources(new CodeOffset(-1)));
  }

  @Test
  void damagedCodeIsReported() {
    WasmBytes module =
        WasmBytes.module()
            .types(WasmBytes.funcType("", ""))
            .functions(0)
            .exports(WasmBytes.export("main", 0, 0))
            .section(10, WasmBytes.of(1, 0x7f, 0));
    Symbolizer symbols = of(module);
    assertEquals("main", symbols.sources(0, new BodyOffset(1)).get(0).toString());
    assertEquals(List.of(), symbols.sources(new CodeOffset(2)));
    assertEquals(List.of("code-damaged"), diagnostics.stream().map(Diagnostic::code).toList());
  }
}
