package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Diagnostic;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries by name, against what llvm-dwarfdump reads; see fixtures/names/build.sh. */
class NamedEntriesTest {
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private static Path fixture(String name) {
    try {
      URL resource = NamedEntriesTest.class.getResource("/fixtures/names/" + name);
      return Path.of(Objects.requireNonNull(resource, name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static DwarfSections sections(String name) throws IOException {
    return name.endsWith(".elf")
        ? ElfSections.of(ByteSource.open(fixture(name)))
        : CustomSections.of(fixture(name));
  }

  private static DumpedNames dumped(String name) throws IOException {
    return new DumpedNames(Files.readAllLines(fixture(name + ".txt")));
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

  /** The tables are in the file with the skeletons; what they are of is in the other halves. */
  @Test
  void halvesInFilesOfTheirOwn() throws IOException {
    DebugFiles beside =
        new DebugFiles() {
          @Override
          public Optional<DwarfSections> splitUnit(SplitUnit unit) {
            try {
              return Optional.of(ElfSections.of(ByteSource.open(fixture(unit.name()))));
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    DwarfSections sections = sections("split.elf");
    Dwarf indexed = Dwarf.of(sections, FunctionBounds.UNKNOWN, beside, diagnostics::add);
    Dwarf walked =
        Dwarf.of(
            section ->
                section.equals(".debug_names") ? Optional.empty() : sections.section(section),
            FunctionBounds.UNKNOWN,
            beside,
            diagnostics::add);
    Dwarf alone = Dwarf.of(sections, Diagnostic.Sink.IGNORE);
    Set<String> names = new TreeSet<>(Files.readAllLines(fixture("split.elf.txt")));
    names.removeIf(line -> !line.contains("String: "));
    assertTrue(names.size() > 40);
    for (String line : names) {
      String name = line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
      if (!name.equals("limit")) {
        assertFalse(indexed.named(name).isEmpty(), name + diagnostics);
        assertEquals(places(walked.named(name)), places(indexed.named(name)), name);
      }
      assertEquals(List.of(), alone.named(name), "the halves are not here");
      assertEquals(List.of(), diagnostics, name);
    }
    assertEquals(2, indexed.named("Point").size());
    indexed.named("Point").forEach(point -> assertTrue(point.unit().header().isTypeUnit()));
    assertEquals(List.of(), diagnostics);
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
