package dev.wasmortem.symbols.demangle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged and hostile names: nothing is thrown, and the work is bounded. */
class HostileNamesTest {
  private static final List<String> SAMPLES = List.copyOf(Tables.all().keySet());
  private static final String LETTERS =
      "0123456789EIJSTNZLXKPROQ_abcdefghijklmnopqrstuvwxyzABCDFGHMUVWY.$\u00fc";

  @Test
  void cutAtEveryCharacter() {
    for (String sample : SAMPLES) {
      for (int i = 0; i < sample.length(); i++) {
        Demangler.demangle(sample.substring(0, i));
      }
    }
  }

  @Property(tries = 4_000)
  void damaged(@ForAll("damagedNames") String name) {
    Demangler.demangle(name);
  }

  @Provide
  Arbitrary<String> damagedNames() {
    Arbitrary<String> letters = Arbitraries.strings().withChars(LETTERS).ofMaxLength(6);
    return Arbitraries.of(SAMPLES)
        .flatMap(
            sample ->
                Arbitraries.integers()
                    .between(0, sample.length())
                    .flatMap(at -> letters.map(more -> damage(sample, at, more))));
  }

  private static String damage(String sample, int at, String more) {
    int skip = more.length() % 3;
    return sample.substring(0, at) + more + sample.substring(Math.min(sample.length(), at + skip));
  }

  @Property(tries = 4_000)
  void anything(@ForAll("prefixes") String prefix, @ForAll("letters") String rest) {
    Demangler.demangle(prefix + rest);
  }

  @Provide
  Arbitrary<String> prefixes() {
    return Arbitraries.of(
        "_Z",
        "_ZN",
        "_Z1fI",
        "_Z1f",
        "_Z1fIXE",
        "_R",
        "_RINvC1a1b",
        "_ZN1a17h",
        "$s",
        "$s1a1b",
        "_T0",
        "$s4main1fyySi");
  }

  @Provide
  Arbitrary<String> letters() {
    return Arbitraries.strings().withChars(LETTERS).ofMaxLength(40);
  }

  static Stream<String> bombs() {
    return Stream.of(
        "_Z1f" + "P".repeat(90_000) + "i",
        "_Z1f" + "1aI".repeat(30_000) + "E".repeat(30_000),
        "_Z1fIX" + "ng".repeat(40_000) + "Li1EEEvv",
        "_Z" + "Z1fvE".repeat(15_000) + "1x",
        "_Z" + "GV".repeat(40_000) + "1x",
        "_Z1f" + "U1a".repeat(30_000) + "i",
        "_Z1fI" + "J".repeat(50_000) + "E".repeat(50_000) + "Evv",
        "_Z1f" + "Dp".repeat(40_000) + "i",
        "_ZN1xUl" + "Tp".repeat(40_000) + "TyvE_E",
        "_Z1fIXtl1A" + "di1x".repeat(20_000) + "Li1EEEEvv",
        "_Z1f" + references(2_000),
        "_Z1f" + doubling(30),
        "_Z1f" + emptyDoubling(40),
        "_ZN1AcvR" + "T_IS0_EEv",
        "_ZN1AcvRT_IRS1_EEv",
        "_ZN1AcvPT_IPS1_EEv",
        "_Z1fIJiiiiiiiiEEv1tIJ" + "DpP".repeat(500) + "T_EE",
        "_RINvC1a1b" + "R".repeat(50_000) + "hE",
        "_RINvC1a1b" + "T".repeat(50_000) + "E".repeat(50_000) + "E",
        "_R" + "Nv".repeat(40_000) + "C1a" + "1b".repeat(40_000),
        "_RINvC1a1b" + rustDoubling() + "E",
        "_RINvC1a1bFG" + "zzzzzz_EuE",
        "_RNvC1au99999" + "a".repeat(99_990),
        "_ZN" + "1a".repeat(45_000) + "17h0123456789abcdefE",
        "$sSi" + "Sg".repeat(45_000),
        "$s1a" + "1bV".repeat(30_000),
        "$s1a1bVy" + "Si" + "_".repeat(20_000) + "G",
        "$s1a1bC_" + "A2000C".repeat(15_000) + "t",
        "$s1a1bC_" + swiftDoubling(40) + "t",
        "$s50000" + "a".repeat(50_000) + "0" + "a".repeat(40_000) + "A0",
        "$sxr" + "999999999_".repeat(9_000) + "lu",
        "$s1a1byyF" + "yycfU_".repeat(15_000),
        "$s1a1byyF" + "TA".repeat(45_000),
        "$s1a1byyF" + swiftFunctions(10) + "Tf4pf_n",
        "$s1a1byyF" + "1c".repeat(20_000) + "Tf4" + "pf".repeat(20_000) + "_n");
  }

  /** Each parameter is a pointer to the one before. */
  private static String references(int count) {
    StringBuilder name = new StringBuilder("Pi");
    for (int i = 0; i < count; i++) {
      name.append("PS")
          .append(i == 0 ? "" : Integer.toString(i - 1, 36).toUpperCase(Locale.ROOT))
          .append('_');
    }
    return name.toString();
  }

  /** Each type has the one before it twice. */
  private static String doubling(int count) {
    StringBuilder name = new StringBuilder("1aIiiE");
    for (int i = 0; i < count; i++) {
      String last = "S" + Integer.toString(i, 36).toUpperCase(Locale.ROOT) + "_";
      name.append("S_I").append(last).append(last).append('E');
    }
    return name.toString();
  }

  /** Packs of two packs each, all of them empty. */
  private static String emptyDoubling(int count) {
    StringBuilder name = new StringBuilder("1aIJEE");
    for (int i = 0; i < count; i++) {
      String last = "S" + Integer.toString(i, 36).toUpperCase(Locale.ROOT) + "_";
      name.append("S_IJ").append(last).append(last).append("EE");
    }
    return name.toString();
  }

  private static String rustDoubling() {
    StringBuilder name = new StringBuilder("ThhE");
    int last = "INvC1a1b".length();
    for (int i = 0; i < 40; i++) {
      String back = "B" + base62(last);
      last = "INvC1a1b".length() + name.length();
      name.append('T').append(back).append(back).append('E');
    }
    return name.toString();
  }

  /** Each type has the one before it twice for its arguments. */
  private static String swiftDoubling(int count) {
    StringBuilder name = new StringBuilder();
    String last = "AC"; // a.b
    for (int i = 0; i < count; i++) {
      name.append("ACy").append(last).append(last).append('G');
      last = i < 23 ? "A" + (char) ('D' + i) : "A" + (i == 23 ? "" : i - 24) + "_";
    }
    return name.toString();
  }

  /** Names of functions in each other. */
  private static String swiftFunctions(int count) {
    String name = "$s1a1byyF";
    for (int i = 0; i < count; i++) {
      String whole = "$s1a1byyF" + name.length() + name + "Tf4pf_n";
      name = whole;
    }
    return name.length() + name;
  }

  private static String base62(int value) {
    String digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    int number = value - 1;
    String text = "" + digits.charAt(number % 62);
    return (number < 62 ? text : digits.charAt(number / 62) + text) + "_";
  }

  /** In a thread with half of the usual stack. */
  @ParameterizedTest
  @MethodSource("bombs")
  void bomb(String name) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Optional<Demangled>> result = new AtomicReference<>(Optional.empty());
    Thread thread = new Thread(null, () -> result.set(Demangler.demangle(name)), "bomb", 512 << 10);
    thread.setUncaughtExceptionHandler((where, what) -> thrown.set(what));
    thread.setDaemon(true);
    thread.start();
    thread.join(Duration.ofSeconds(20).toMillis());
    assertFalse(thread.isAlive());
    assertNull(thrown.get());
    int length = result.get().map(demangled -> demangled.text().length()).orElse(0);
    assertTrue(length <= (1 << 16) + 64 * name.length(), length + " characters");
  }

  @Test
  void tooLong() {
    assertEquals(Optional.empty(), Demangler.demangle("_Z100000" + "a".repeat(100_000) + "v"));
  }
}
