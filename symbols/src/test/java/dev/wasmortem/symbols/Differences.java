package dev.wasmortem.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.testkit.Shared;
import dev.wasmortem.wasm.code.CodeOffset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where we and a peer differ in a module, against those differences in the file {@code NAME.txt}
 * beside the tests, each of which stands below the proof that ours is right.
 */
final class Differences {
  /** Of a hundred addresses, so many may differ. */
  private static final int PERCENT = 1;

  private static final Pattern LISTED = Pattern.compile("(\\S+) (0x[0-9a-f]+): .+, not .+");

  private final String peer;
  private final String module;
  private final List<String> found = new ArrayList<>();

  /** Begins with none. */
  Differences(String peer, Path module) {
    this.peer = peer;
    this.module = Shared.corpus("").relativize(module).toString();
  }

  /** Compares what is said of one address. */
  void compare(long address, Object ours, Object theirs) {
    if (!ours.equals(theirs)) {
      found.add(module + " " + new CodeOffset(address) + ": " + ours + ", not " + theirs);
    }
  }

  /** Fails unless exactly the listed ones were found, and these are few. */
  void check(int addresses) throws IOException {
    List<String> listed =
        listed(peer).stream().filter(line -> line.startsWith(module + " ")).toList();
    assertEquals(String.join("\n", listed), String.join("\n", found));
    assertTrue(found.size() * 100L <= (long) addresses * PERCENT, found.size() + " differences");
  }

  /** Returns the modules that the peer's list speaks of; each of its lines must have a proof. */
  static List<String> modules(String peer) throws IOException {
    List<String> modules = new ArrayList<>();
    for (String line : listed(peer)) {
      Matcher matcher = LISTED.matcher(line);
      assertTrue(matcher.matches(), line);
      modules.add(matcher.group(1));
    }
    return modules;
  }

  private static List<String> listed(String peer) throws IOException {
    try (InputStream in = Differences.class.getResourceAsStream(peer + ".txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(text.startsWith("# "), "a proof comes before what it is of");
      return text.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
    }
  }
}
