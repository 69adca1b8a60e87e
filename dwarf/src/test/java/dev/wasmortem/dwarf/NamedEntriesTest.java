package dev.wasmortem.dwarf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries by name, against what llvm-dwarfdump reads; see fixtures/names/build.sh. */
class NamedEntriesTest {
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private static DwarfSections sections(String name) {
    return Fixtures.sections("names/" + name);
  }

  private static DumpedNames dumped(String name) throws IOException {
    return new DumpedNames(Files.readAllLines(Fixtures.path("names/" + name + ".txt")));
  }

  private Dwarf indexed(String name) throws IOException {
    return Dwarf.of(sections(name), diagnostics::add);
  }

  private Dwarf walked(String name) throws IOException {
    DwarfSections sections = sections(name);
    return Dwarf.of(
        section -> section.equals(".debug_names") ? Optional.empty() : sections.section(section),
        diagnostics::add);
  }

  private static List<Long> offsets(List<Entry> entries) {
    return entries.stream().map(entry -> entry.offset().value()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"o0.wasm", "o2.wasm", "merged.elf", "wide.elf", "types.elf"})
  void everyNameOfTheIndex(String file) throws IOException {
    Dwarf dwarf = indexed(file);
    DumpedNames expected = dumped(file);
    assertTrue(expected.names().size() > 40, file);
    expected
        .names()
        .forEach(
            (name, offsets) ->
                assertEquals(List.copyOf(offsets), offsets(dwarf.named(name)), name));
    assertEquals(List.of(), dwarf.named("absent"));
    assertEquals(List.of(), dwarf.named("GRID"), "names tell case, though hashes do not");
    assertEquals(List.of(), diagnostics);
  }

  @ParameterizedTest
  @ValueSource(strings = {"o0.wasm", "o2.wasm", "merged.elf", "wide.elf", "types.elf"})
  void hashesAreThoseOfTheCompiler(String file) throws IOException {
    dumped(file).hashes().forEach((name, hash) -> assertEquals(hash, NameHash.of(name), name));
  }

  /**
   * A walk finds the same; but LLVM's index has {@code limit}, a constant without a place, which
   * §6.1.1.1 leaves out.
   */
  @ParameterizedTest
  @ValueSource(strings = {"o0.wasm", "o2.wasm", "merged.elf", "wide.elf", "types.elf"})
  void aWalkFindsTheSame(String file) throws IOException {
    Dwarf indexed = indexed(file);
    Dwarf walked = walked(file);
    Set<String> names = new TreeSet<>(dumped(file).names().keySet());
    for (Unit unit : walked.units()) {
      EntryReader reader = unit.root().read();
      while (reader.next()) {
        reader.text(Attribute.NAME).ifPresent(names::add);
        reader.text(Attribute.LINKAGE_NAME).ifPresent(names::add);
      }
    }
    assertTrue(names.remove("limit"));
    for (String name : names) {
      assertEquals(offsets(indexed.named(name)), offsets(walked.named(name)), name);
    }
    assertEquals(List.of(), walked.named("limit"));
    EntryReader limit = indexed.named("limit").get(0).read();
    assertTrue(limit.has(Attribute.CONST_VALUE));
    assertFalse(limit.has(Attribute.LOCATION));
    assertEquals(List.of(), diagnostics);
  }

  /** As virtual thunks have it, which LLVM's index lists. */
  @Test
  void aWalkFindsWhatHasALinkageNameOnly() {
    DwarfBytes bytes = new DwarfBytes();
    bytes.abbreviation(1, 0x11, 1).abbreviation(2, 0x2e, 0, 0x6e, 0x08, 0x11, 0x01);
    bytes.add(".debug_abbrev", 0);
    ByteWriter thunk = new ByteWriter().u8(2).bytes("_ZTv0_n24_N1AD1Ev\0".getBytes(UTF_8));
    bytes.addUnit(4, 0, new ByteWriter().u8(1).bytes(thunk.i32le(0x10)).u8(0));
    Dwarf dwarf = Dwarf.of(bytes.sections(), diagnostics::add);
    assertEquals(List.of(0x0cL), offsets(dwarf.named("_ZTv0_n24_N1AD1Ev")));
    assertEquals(List.of(), dwarf.named(""));
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void aUnitThatNoTableIsForIsWalked() throws IOException {
    DwarfSections sections = sections("o0.wasm");
    ByteSource names = sections.section(".debug_names").orElseThrow();
    // The second table is the second unit's.
    long second = 4 + names.cursor().u32le();
    Dwarf dwarf =
        Dwarf.of(
            section ->
                section.equals(".debug_names")
                    ? Optional.of(names.slice(second, names.size() - second))
                    : sections.section(section),
            diagnostics::add);
    Dwarf whole = indexed("o0.wasm");
    assertEquals(2, whole.named("Point").size());
    for (String name : List.of("Point", "finish", "start", "calls", "(anonymous namespace)")) {
      assertEquals(offsets(whole.named(name)), offsets(dwarf.named(name)), name);
    }
    assertEquals(1, whole.named("limit").size());
    assertEquals(0, dwarf.named("limit").size(), "by a walk");
    assertEquals(List.of(), diagnostics);
  }

  /** Finds halves beside the file, as the compiler called them. */
  private static final DebugFiles BESIDE =
      new DebugFiles() {
        @Override
        public Optional<DwarfSections> splitUnit(SplitUnit unit) {
          return Optional.of(sections(unit.name()));
        }
      };

  /** The tables are in the file with the skeletons; what they are of is in the other halves. */
  @Test
  void halvesInFilesOfTheirOwn() throws IOException {
    assertHalvesAreNamed("split.elf", BESIDE, Set.of());
    assertEquals(2, named("split.elf", BESIDE, "Point").size());
  }

  /**
   * Of a type that two units have a package keeps one, here the first unit's. The second unit's was
   * shorter, so that its {@code int}, of which its table speaks, stood elsewhere.
   */
  @Test
  void halvesInAPackage() throws IOException {
    DebugFiles halves = Fixtures.packed("names/split.dwp");
    assertHalvesAreNamed("split.elf", halves, Set.of("type 0x209b8c633f5a52f0 + 0x3d"));
    assertEquals(1, named("split.elf", halves, "Point").size());
  }

  /** Types are in their units here, so that both have one. */
  @Test
  void halvesInAPackageForWasm() throws IOException {
    assertHalvesAreNamed("packed.wasm", Fixtures.packed("names/packed.dwp"), Set.of());
    assertEquals(2, named("packed.wasm", Fixtures.packed("names/packed.dwp"), "Point").size());
  }

  private List<Entry> named(String file, DebugFiles halves, String name) {
    return Dwarf.of(sections(file), FunctionBounds.UNKNOWN, halves, diagnostics::add).named(name);
  }

  /** All but {@code leftOut} is found, by the index and by a walk. */
  private void assertHalvesAreNamed(String file, DebugFiles halves, Set<String> leftOut)
      throws IOException {
    DwarfSections sections = sections(file);
    Dwarf indexed = Dwarf.of(sections, FunctionBounds.UNKNOWN, halves, diagnostics::add);
    Dwarf walked =
        Dwarf.of(
            section ->
                section.equals(".debug_names") ? Optional.empty() : sections.section(section),
            FunctionBounds.UNKNOWN,
            halves,
            diagnostics::add);
    Dwarf alone = Dwarf.of(sections, Diagnostic.Sink.IGNORE);
    DumpedNames expected = dumped(file);
    assertTrue(expected.places().size() > 40);
    expected
        .places()
        .forEach(
            (name, places) -> {
              places.removeAll(leftOut);
              assertEquals(places, placesByUnit(indexed, name), name);
              if (!name.equals("limit")) {
                assertEquals(places(walked.named(name)), places(indexed.named(name)), name);
              }
              assertEquals(List.of(), alone.named(name), "the halves are not here");
              assertEquals(List.of(), diagnostics, name);
            });
  }

  /** Returns where entries stand in the words of a dumper: the unit is its skeleton's offset. */
  private static Set<String> placesByUnit(Dwarf dwarf, String name) {
    Map<Long, Long> skeletons = new HashMap<>();
    dwarf.units().forEach(unit -> skeletons.put(unit.header().id(), unit.header().offset()));
    Set<String> places = new TreeSet<>();
    for (Entry entry : dwarf.named(name)) {
      UnitHeader header = entry.unit().header();
      long distance = entry.offset().value() - header.offset();
      places.add(
          header.isTypeUnit()
              ? DumpedNames.inType(header.id(), distance)
              : DumpedNames.inUnit(skeletons.getOrDefault(header.id(), -1L), distance));
    }
    return places;
  }

  /** Where entries stand, by their units' ids: in what order units come the index may decide. */
  private static List<String> places(List<Entry> entries) {
    return entries.stream()
        .map(entry -> entry.unit().header().id() + " " + entry.offset())
        .sorted()
        .toList();
  }

  /** As when a tool writes the entries anew and leaves the index. */
  @Test
  void anIndexOfOtherEntriesIsRefused() throws IOException {
    DwarfSections sections = sections("o0.wasm");
    DwarfSections other = sections("o2.wasm");
    Dwarf dwarf =
        Dwarf.of(
            section -> (section.equals(".debug_names") ? other : sections).section(section),
            diagnostics::add);
    Dwarf walked = walked("o0.wasm");
    for (String name : List.of("start", "shapes", "Point", "finish")) {
      assertEquals(offsets(walked.named(name)), offsets(dwarf.named(name)), name);
    }
    assertFalse(diagnostics.isEmpty());
    diagnostics.forEach(diagnostic -> assertEquals("dwarf-names-damaged", diagnostic.code()));
  }
}
