package dev.wasmortem.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wasmortem.bytes.Diagnostic;
import dev.wasmortem.dwarf.location.LocationLists;
import dev.wasmortem.dwarf.location.UnitReferences;
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
  private final List<Diagnostic> diagnostics = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> tags = new TreeMap<>();
  private final Map<String, String> locations = new TreeMap<>();

  static List<Path> modules() {
    return Shared.isPresent() ? Shared.modules() : List.of();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyExpressionAndListPrintsAlike(Path module) throws IOException {
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
    assertEquals(List.of(), diagnostics);
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
