package dev.wasmortem.symbols.demangle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names of each production; what they mean is from other tools, see fixtures/demangle/build.sh and
 * swift.tsv.
 */
class DemanglerTest {
  private static final Map<String, String> BEYOND = Tables.read("beyond.tsv");

  @ParameterizedTest
  @ValueSource(strings = {"itanium.tsv", "rust-v0.tsv", "rust-legacy.tsv"})
  void everyRowOfATable(String table) {
    Map<String, String> expected = Tables.read(table);
    expected.replaceAll(
        (name, theirs) -> {
          String ours = BEYOND.getOrDefault(name, theirs);
          assertTrue(
              !BEYOND.containsKey(name) || !ours.equals(theirs), "no longer beyond: " + name);
          return ours;
        });
    Map<String, String> actual = new LinkedHashMap<>();
    expected.keySet().forEach(name -> actual.put(name, Tables.demangled(name)));
    assertEquals(lines(expected), lines(actual));
  }

  @Test
  void whatOtherToolsDoNotKnow() {
    Map<String, String> actual = new LinkedHashMap<>();
    BEYOND.keySet().forEach(name -> actual.put(name, Tables.demangled(name)));
    assertEquals(lines(BEYOND), lines(actual));
  }

  /** Swift's own pairs; the few names of them that get no answer are listed with the reason. */
  @Test
  void everyRowOfSwift() {
    Map<String, String> unanswered = Tables.read("swift-unanswered.tsv");
    Map<String, String> expected = Tables.read("swift.tsv");
    assertTrue(expected.keySet().containsAll(unanswered.keySet()), "in both tables");
    expected.replaceAll((name, theirs) -> unanswered.containsKey(name) ? name : theirs);
    Map<String, String> actual = new LinkedHashMap<>();
    expected.keySet().forEach(name -> actual.put(name, Tables.demangled(name)));
    assertEquals(lines(expected), lines(actual));
    assertTrue(unanswered.size() * 20 < expected.size(), unanswered.size() + " unanswered");
  }

  private static String lines(Map<String, String> table) {
    StringBuilder lines = new StringBuilder();
    table.forEach((name, text) -> lines.append(name).append('\t').append(text).append('\n'));
    return lines.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          _ZN2ns5twiceIiEET_S1_             | ITANIUM     | ns::twice<int>
          _Z3fooi.llvm.123                  | ITANIUM     | foo
          _Z1fIiEPFivET_                    | ITANIUM     | f<int>
          _ZNK1AcvPKcEv                     | ITANIUM     | A::operator char const*
          _ZThn8_N1A1fEv                    | ITANIUM     | non-virtual thunk to A::f
          _ZZ4mainENKUliE_clEi              | ITANIUM     | main::'lambda'(int)::operator()
          _ZZ1fiE1x                         | ITANIUM     | f(int)::x
          _ZTV1A                            | ITANIUM     | vtable for A
          ___Z1fi_block_invoke              | ITANIUM     | invocation function for block in f
          _ZN3foo17h05af221e174051e9E.cold  | RUST_LEGACY | foo
          _RNvC1a1b.llvm.9D1C9369           | RUST_V0     | a::b
          __ZN3foo17h05af221e174051e9E      | RUST_LEGACY | foo
          __RNvC1a1b                        | RUST_V0     | a::b
          $s4main7CounterC9incrementSiyF    | SWIFT       | main.Counter.increment
          _$s4main7CounterC5countSivg       | SWIFT       | main.Counter.count.getter
          $s4main7CounterCACycfc            | SWIFT       | main.Counter.init
          $s4main1fyySiFyycfU_              | SWIFT       | closure #1 in main.f
          $s4main1fyySiFyycfU_TA            | SWIFT       | partial apply forwarder for closure #1 in main.f
          $s4main1fyySiFTm                  | SWIFT       | main.f
          $s4main1fyyYaKFTY0_               | SWIFT       | main.f
          $s4Test6testityyxlFSi_Tg5         | SWIFT       | Test.testit
          $s4main1fyySiF.llvm.1             | SWIFT       | main.f
          $s4main7CounterCMa                | SWIFT       | type metadata accessor for main.Counter
          """)
  void namesAlone(String mangled, Scheme scheme, String name) {
    Demangled demangled = Demangler.demangle(mangled).orElseThrow();
    assertEquals(scheme, demangled.scheme());
    assertEquals(name, demangled.nameWithoutParameters());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "_",
        "__",
        "_____",
        "main",
        "_start",
        "Z1fv",
        "ZN3foo17h05af221e174051e9E",
        "$sort",
        "s4main1fyyF"
      })
  void whatIsNotMangled(String name) {
    assertEquals(Optional.empty(), Demangler.demangle(name));
  }

  /** Lengths count bytes of UTF-8, not characters. */
  @Test
  void identifiersBeyondAscii() {
    assertEquals("größe(数)", Tables.demangled("_Z7größe3数"));
    assertNotEquals("größe()", Tables.demangled("_Z5größev"));
  }
}
