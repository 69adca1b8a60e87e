package dev.wasmortem.symbols.demangle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.testkit.PeerTool;
import dev.wasmortem.testkit.Shared;
import dev.wasmortem.wasm.NameMap;
import dev.wasmortem.wasm.Section;
import dev.wasmortem.wasm.WasmModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every symbol of the corpus, in name sections and in DWARF's strings, as other tools have it. */
class PeerTest {
  private static final Pattern RUST_LEGACY = Pattern.compile("_ZN.*17h[0-9a-f]{16}E(\\..*)?");
  private static final TreeSet<String> SYMBOLS = new TreeSet<>();

  @BeforeAll
  static void collect() throws IOException {
    for (Path path : Shared.modules()) {
      try (ByteSource file = ByteSource.open(path)) {
        WasmModule module = WasmModule.read(file);
        NameMap functions = module.names().functions();
        for (int i = 0; i < module.functionCount(); i++) {
          functions.get(i).ifPresent(PeerTest::add);
        }
        for (Section section : module.customSections(".debug_str")) {
          ByteSource strings = section.payload();
          byte[] bytes = new byte[Math.toIntExact(strings.size())];
          strings.copyTo(0, bytes, 0, bytes.length);
          String all = new String(bytes, StandardCharsets.UTF_8);
          for (String string : all.split("\0", -1)) {
            add(string);
          }
        }
      }
    }
    assertTrue(SYMBOLS.size() > 5_000, SYMBOLS.size() + " symbols");
  }

  private static void add(String symbol) {
    if (symbol.startsWith("_Z") || symbol.startsWith("_R") || symbol.startsWith("__Z")) {
      SYMBOLS.add(symbol);
    }
  }

  @Test
  void llvm() {
    List<String> names = new ArrayList<>(SYMBOLS);
    names.removeIf(name -> RUST_LEGACY.matcher(name).matches());
    compare(names, run(names, "llvm-cxxfilt"));
  }

  /** The hash is printed by binutils, and what is behind a point at its end is not. */
  @Test
  void binutilsForRust() {
    List<String> names = new ArrayList<>(SYMBOLS);
    names.removeIf(name -> !RUST_LEGACY.matcher(name).matches());
    List<String> theirs = run(names, "c++filt", "-s", "rust");
    theirs.replaceAll(text -> text.replaceFirst("::h[0-9a-f]{16}$", ""));
    compare(names, theirs);
  }

  private static void compare(List<String> names, List<String> theirs) {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String ours = Tables.demangled(names.get(i));
      if (!ours.equals(theirs.get(i))) {
        differences.add(names.get(i) + ": " + ours + ", not " + theirs.get(i));
      }
    }
    assertEquals(List.of(), differences);
    assertTrue(names.size() > 1_000, names.size() + " names");
  }

  private static List<String> run(List<String> names, String tool, String... options) {
    return PeerTool.run(String.join("\n", names) + "\n", tool, options);
  }
}
