package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.dwarf.location.LocationLists;
import dev.wasmortem.dwarf.location.UnitReferences;
import dev.wasmortem.dwarf.type.RecordType;
import dev.wasmortem.dwarf.type.Type;
import dev.wasmortem.dwarf.type.Types;
import dev.wasmortem.testkit.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Expressions, location lists and types of every module of the corpus, as LLVM's dumper has them.
 */
class MeaningPeerTest {
  private static final int RUST = 0x1c;

  private final List<Diagnostic> diagnostics = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> tags = new TreeMap<>();
  private final Map<String, String> locations = new TreeMap<>();

  static List<Path> modules() {
    return Shared.isPresent()
        ? Shared.modules().stream().filter(MeaningPeerTest::isChosen).toList()
        : List.of();
  }

  /** The C and C++ programs of the corpus are one each, built to crash in several ways. */
  private static boolean isChosen(Path module) {
    String name = module.getFileName().toString();
    return !name.startsWith("crash-k") || name.startsWith("crash-k3-");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void expressionsListsAndNamesOfTypesAreAlike(Path module) throws IOException {
    Dwarf dwarf = Dwarf.of(CustomSections.of(module), diagnostics::add);
    if (dwarf.units().isEmpty()) {
      return;
    }
    for (Unit unit : dwarf.units()) {
      walk(dwarf, unit);
    }
    DumpedInfo theirs = DumpedInfo.of(module);
    assertEquals(theirs.tags, tags);
    assertEquals(theirs.locations, locations);
    assertEquals(List.of(), differences(dwarf, theirs.typeNames));
    assertEquals(List.of(), diagnostics);
  }

  private List<String> differences(Dwarf dwarf, Map<Long, String> names) {
    Types types = Types.of(dwarf, diagnostics::add);
    List<String> differences = new ArrayList<>();
    names.forEach(
        (offset, name) -> {
          Type type = types.at(dwarf.entryAt(new InfoOffset(offset)).orElseThrow());
          if (isComparable(type) && isWhole(name) && !asDumped(type.name()).equals(name)) {
            differences.add(offset + ": ours " + type.name() + ", theirs " + name);
          }
        });
    return differences;
  }

  /** Returns whether the dumper did not lose the end, as it does of arrays of function pointers. */
  private static boolean isWhole(String name) {
    return name.chars().filter(c -> c == '(').count() == name.chars().filter(c -> c == ')').count();
  }

  /** The dumper calls what has no name by its tag, and writes {@code restrict} alone. */
  private static String asDumped(String name) {
    return name.contains("restrict")
        ? "restrict "
        : name.replace("(unnamed struct)", "structure ")
            .replace("(unnamed class)", "class ")
            .replace("(unnamed union)", "union ")
            .replace("(unnamed enum)", "enumeration ");
  }

  /**
   * Returns whether the dumper tries to name the type as the language does: it passes over the
   * names that pointers have, as Rust's, and adds arguments to the variants of Rust's enums.
   */
  private static boolean isComparable(Type type) {
    int language = type.entry().orElseThrow().unit().language();
    if (language != RUST) {
      return !type.name().contains("__vtbl_ptr_type");
    }
    return type instanceof RecordType record
        && (record.ownName().endsWith(">") || record.templateParameters().isEmpty());
  }

  private void walk(Dwarf dwarf, Unit unit) {
    UnitReferences references = UnitReferences.of(dwarf, unit);
    LocationLists lists = LocationLists.of(unit, references);
    EntryReader reader = unit.root().read();
    do {
      tags.merge(Tag.name(reader.tagCode()), 1, Integer::sum);
      for (int i = 0; i < reader.attributeCount(); i++) {
        AttributeValue value = reader.value(i);
        String name = reader.entry() + " " + Attribute.name(reader.attributeCode(i));
        if (value.kind() == Form.Kind.EXPRESSION) {
          locations.put(name, references.expression(unit.block(value)).toString());
        } else if (reader.attributeCode(i) == Attribute.LOCATION.code()
            && LocationLists.isList(value)) {
          locations.put(
              name,
              lists.entries(lists.list(value)).stream()
                  .map(entry -> entry + "\n")
                  .collect(Collectors.joining()));
        }
      }
    } while (reader.next());
  }
}
