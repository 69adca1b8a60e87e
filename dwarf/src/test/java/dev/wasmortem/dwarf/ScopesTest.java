package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.dwarf.expression.Machine;
import dev.wasmortem.dwarf.expression.Place;
import dev.wasmortem.dwarf.expression.Reading;
import dev.wasmortem.dwarf.expression.WasmSpace;
import dev.wasmortem.dwarf.type.ArrayType;
import dev.wasmortem.dwarf.type.Bound;
import dev.wasmortem.dwarf.type.Types;
import dev.wasmortem.dwarf.variable.FrameScope;
import dev.wasmortem.dwarf.variable.Scopes;
import dev.wasmortem.dwarf.variable.Variable;
import dev.wasmortem.testkit.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in scope where, of a program compiled for this, and of the corpus. */
class ScopesTest {
  private static final Machine MACHINE =
      new Machine() {
        @Override
        public Reading wasm(WasmSpace space, long index) {
          return Reading.of(0x1000, 4);
        }
      };

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private Scopes open(Path module) throws IOException {
    Dwarf dwarf = Dwarf.of(CustomSections.of(module), diagnostics::add);
    return Scopes.of(dwarf, Types.of(dwarf, diagnostics::add), diagnostics::add);
  }

  private static Path fixture(String name) {
    return Fixtures.path("types/" + name + ".wasm");
  }

  /** Returns what is in scope at the first address of a line of a function. */
  private List<FrameScope> at(String fixture, String function, int line) throws IOException {
    Scopes scopes = open(fixture(fixture));
    Dwarf dwarf = Dwarf.of(CustomSections.of(fixture(fixture)), diagnostics::add);
    for (long address = 0; address < 0x1000; address++) {
      List<DwarfFrame> frames = dwarf.framesAt(new Address(address));
      if (!frames.isEmpty()
          && frames.get(0).name().orElse("").equals(function)
          && frames.get(0).line().map(SourceLine::line).orElse(0) == line) {
        return scopes.at(new Address(address));
      }
    }
    throw new AssertionError(function + ":" + line);
  }

  private static String text(FrameScope frame) {
    return frame.variables().stream()
        .map(
            variable ->
                variable.kind()
                    + " "
                    + variable
                    + ":"
                    + variable.declaration().map(SourceLine::line).orElse(0)
                    + " "
                    + variable.place(MACHINE))
        .collect(Collectors.joining("\n"));
  }

  /** The places are those that the frame's layout in the module's own code gives, by hand. */
  @ParameterizedTest
  @ValueSource(strings = {"cpp4", "cpp5"})
  void blocksStaticsAndShadows(String fixture) throws IOException {
    FrameScope inner = at(fixture, "scopes", 109).get(0);
    assertEquals(
        """
        LOCAL const int step:108 memory at 0x1000
        LOCAL int i:107 memory at 0x1004
        LOCAL int x:106 memory at 0x1008
        STATIC int calls:103 memory at 0x100a8
        ARGUMENT int n:102 memory at 0x1014
        ARGUMENT char * text:102 memory at 0x1010
        LOCAL int x:104 memory at 0x100c""",
        text(inner));
    assertEquals(4, inner.blocks().size());
    assertEquals(List.of("n", "text"), inner.parameters().stream().map(Variable::name).toList());
    FrameScope outer = at(fixture, "scopes", 114).get(0);
    assertEquals(1, outer.blocks().size());
    assertEquals(4, outer.variables().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpp4", "cpp5"})
  void inlinedCalls(String fixture) throws IOException {
    List<FrameScope> frames = at(fixture, "twice", 98);
    assertEquals(2, frames.size());
    assertEquals(
        """
        ARGUMENT int n:97 memory at 0x101c
        LOCAL int sum:98 memory at 0x1018""",
        text(frames.get(0)));
    assertEquals("scopes", frames.get(1).frame().name().orElseThrow());
    assertEquals(
        "DW_OP_WASM_location 0x0 0x2, DW_OP_stack_value",
        frames.get(0).frameBase().orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpp4", "cpp5", "units"})
  void theObjectIsAParameter(String fixture) throws IOException {
    Variable object = at(fixture, "member", 92).get(0).parameters().get(0);
    assertEquals("this", object.name());
    assertTrue(object.isArtificial());
    assertEquals("const geo::Bottom *", object.type().name());
  }

  @Test
  void arraysOfVariableLength() throws IOException {
    FrameScope frame = at("c5", "variable", 21).get(0);
    Variable items =
        frame.variables().stream().filter(v -> v.name().equals("items")).findFirst().orElseThrow();
    ArrayType type = assertInstanceOf(ArrayType.class, items.type().stripped());
    Bound count = type.dimensions().get(0).count();
    Bound.OfVariable bound = assertInstanceOf(Bound.OfVariable.class, count);
    Variable length = frame.variable(bound.variable()).orElseThrow();
    assertEquals("__vla_expr0", length.name());
    assertEquals(new Place.Memory(0x1004), length.place(MACHINE));
    assertEquals(OptionalLong.empty(), type.size());
    assertEquals(OptionalLong.of(28), type.size(b -> OptionalLong.of(7)));
  }

  @Test
  void variablesOfUnits() throws IOException {
    Scopes scopes = open(fixture("cpp5"));
    assertEquals(Variable.Kind.STATIC, scopes.named("global").orElseThrow().kind());
    assertEquals(Variable.Kind.GLOBAL, scopes.named("bits").orElseThrow().kind());
    assertEquals(
        new Place.Memory(0x1016c), scopes.named("global").orElseThrow().place(Machine.UNKNOWN));
    assertTrue(scopes.named("nobody").isEmpty());
  }

  static List<Path> modules() {
    return Shared.isPresent() ? Shared.modules() : List.of();
  }

  /** Every variable of every module has a name's worth of type and a place, and nothing damaged. */
  @ParameterizedTest
  @MethodSource("modules")
  void everyVariableOfTheCorpus(Path module) throws IOException {
    Dwarf dwarf = Dwarf.of(CustomSections.of(module), diagnostics::add);
    Types types = Types.of(dwarf, diagnostics::add);
    Scopes scopes = Scopes.of(dwarf, types, diagnostics::add);
    List<String> problems = new ArrayList<>();
    for (Unit unit : dwarf.units()) {
      scopes.of(unit).forEach(variable -> check(variable, problems));
      EntryReader reader = unit.root().read();
      while (reader.next()) {
        if (reader.is(Tag.SUBPROGRAM) || reader.is(Tag.INLINED_SUBROUTINE)) {
          for (AddressRange range : reader.ranges()) {
            scopes
                .at(range.low())
                .forEach(frame -> frame.variables().forEach(v -> check(v, problems)));
          }
        }
      }
    }
    assertEquals(List.of(), problems);
    assertEquals(List.of(), diagnostics);
  }

  private static void check(Variable variable, List<String> problems) {
    variable.declaration();
    variable.kind();
    variable.locationList();
    if (variable.type().name().contains("unknown type")) {
      problems.add(variable.entry() + ": " + variable.type());
    }
    if (variable.place(MACHINE) instanceof Place.Unknown unknown
        && (unknown.reason() == Place.Reason.MALFORMED
            || unknown.reason() == Place.Reason.UNSUPPORTED
            || unknown.reason() == Place.Reason.NO_FRAME_BASE)) {
      problems.add(variable.entry() + ": " + unknown);
    }
  }
}
