package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.Diagnostic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One program in every build that says the same, see fixtures/split/build.sh. */
class SplitTest {
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private static DwarfSections sections(String name) {
    return Fixtures.sections("split/" + name);
  }

  /** Finds halves beside the module, as the compiler called them. */
  private static final DebugFiles BESIDE =
      new DebugFiles() {
        @Override
        public Optional<DwarfSections> splitUnit(SplitUnit unit) {
          assertEquals("/program", unit.directory());
          return Optional.of(sections(unit.name()));
        }
      };

  private Dwarf open(String name, DebugFiles files) {
    return Dwarf.of(sections(name), FunctionBounds.UNKNOWN, files, diagnostics::add);
  }

  private static List<String> frames(Dwarf dwarf, long address) {
    List<String> frames = new ArrayList<>();
    for (DwarfFrame frame : dwarf.framesAt(new Address(address))) {
      frames.add(frame.toString());
    }
    return frames;
  }

  /** The code section's payload, from behind its function count. */
  private static final long FIRST = 2;

  private static final long END = 0x7b;

  private void assertSame(Dwarf dwarf, String build) {
    Dwarf whole = open("dw5.wasm", DebugFiles.NONE);
    int deepest = 0;
    for (long address = FIRST; address < END; address++) {
      List<String> expected = frames(whole, address);
      deepest = Math.max(deepest, expected.size());
      assertEquals(expected, frames(dwarf, address), build + " at " + new Address(address));
    }
    assertEquals(4, deepest);
    assertEquals(List.of(), diagnostics);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dw2", "dw3", "dw4", "dw5-names", "dw5-apart.debug"})
  void everyBuildGivesTheSameFrames(String name) {
    assertSame(open(name + ".wasm", DebugFiles.NONE), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"split4", "split5"})
  void halvesInFilesOfTheirOwn(String name) {
    Dwarf dwarf = open(name + ".wasm", BESIDE);
    assertSame(dwarf, name);
    Unit unit = dwarf.units().get(0);
    assertFalse(unit.content().equals(unit));
    assertEquals(Optional.of("a.c"), unit.name());
    assertEquals(unit.content(), unit.content().content());
  }

  @ParameterizedTest
  @ValueSource(strings = {"split4", "split5"})
  void halvesInAPackage(String name) {
    assertSame(open(name + ".wasm", Fixtures.packed("split/" + name + ".dwp")), name);
  }

  @Test
  void halvesThatAreNotThere() {
    Dwarf dwarf = open("split5.wasm", DebugFiles.NONE);
    assertEquals(List.of(), frames(dwarf, 0x20));
    assertTrue(dwarf.lineAt(new Address(0x20)).isPresent());
    assertEquals(
        List.of("dwarf-split-unit-missing"), diagnostics.stream().map(Diagnostic::code).toList());
  }

  @Test
  void halvesOfAnotherBuildAreRefused() {
    Dwarf dwarf =
        open(
            "split5.wasm",
            new DebugFiles() {
              @Override
              public Optional<DwarfSections> splitUnit(SplitUnit unit) {
                return Optional.of(sections("split5-b.dwo"));
              }
            });
    assertEquals(List.of(), frames(dwarf, 0x20));
    assertEquals(
        List.of("dwarf-split-unit-missing"), diagnostics.stream().map(Diagnostic::code).toList());
    assertFalse(frames(dwarf, 0x60).isEmpty(), "the other unit's is its own");
  }

  /** A half that is the skeleton again, which names itself as its half. */
  @ParameterizedTest
  @ValueSource(strings = {"split4.wasm", "split5.wasm"})
  void halvesThatAreThemselves(String name) {
    Dwarf dwarf =
        open(
            name,
            new DebugFiles() {
              @Override
              public Optional<DwarfSections> splitUnit(SplitUnit unit) {
                return Optional.of(sections(name));
              }
            });
    assertEquals(List.of(), frames(dwarf, 0x20));
    assertTrue(dwarf.lineAt(new Address(0x20)).isPresent());
    assertEquals(
        List.of("dwarf-split-unit-missing"), diagnostics.stream().map(Diagnostic::code).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dw5-64", "dw4-types", "dw5-types", "split5-types"})
  void addressesOfEightBytes(String name) {
    Dwarf dwarf =
        open(
            name + ".elf",
            name.startsWith("split") ? Fixtures.packed("split/" + name + ".dwp") : DebugFiles.NONE);
    Set<String> seen = new HashSet<>();
    for (Unit unit : dwarf.units()) {
      assertEquals(8, unit.encoding().addressSize());
      assertEquals(name.equals("dw5-64") ? 8 : 4, unit.encoding().offsetSize());
      for (AddressRange range : unit.ranges()) {
        for (long at = range.low().value(); at < range.high().value(); at++) {
          seen.add(String.join("; ", frames(dwarf, at)));
        }
      }
    }
    assertTrue(
        seen.contains(
            "deepest at /program/./common.h:4:17 (inlined); third at /program/./common.h:8:10"
                + " (inlined); middle at /program/a.c:3:55 (inlined); run at /program/a.c:6:10"),
        seen::toString);
    assertEquals(List.of(), diagnostics);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dw4-types", "dw5-types", "split5-types"})
  void typesInUnitsOfTheirOwn(String name) {
    Dwarf dwarf =
        open(
            name + ".elf",
            name.startsWith("split") ? Fixtures.packed("split/" + name + ".dwp") : DebugFiles.NONE);
    EntryReader reader = dwarf.units().get(0).content().root().read();
    while (!reader.has(Attribute.SIGNATURE)) {
      assertTrue(reader.next(), "no declaration with a signature");
    }
    EntryReader type = reader.reference(Attribute.SIGNATURE).orElseThrow().read();
    assertEquals(Optional.of("pair"), type.text(Attribute.NAME));
    assertEquals(8, type.number(Attribute.BYTE_SIZE, -1));
    assertEquals(List.of(), diagnostics);
  }
}
