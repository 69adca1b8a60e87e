package dev.wasmortem.symbols.demangle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The tables of mangled names and what they mean in {@code fixtures/demangle}. */
final class Tables {
  private Tables() {}

  static Map<String, String> read(String name) {
    String path = "/fixtures/demangle/" + name;
    try (InputStream in = Objects.requireNonNull(Tables.class.getResourceAsStream(path), path)) {
      Map<String, String> table = new LinkedHashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(
              line -> {
                int tab = line.indexOf('\t');
                table.put(line.substring(0, tab), line.substring(tab + 1));
              });
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns all tables in one. */
  static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    for (String name :
        new String[] {"itanium.tsv", "rust-v0.tsv", "rust-legacy.tsv", "swift.tsv"}) {
      all.putAll(read(name));
    }
    all.putAll(read("beyond.tsv"));
    return all;
  }

  /** What the tools do: a name that means nothing is given back. */
  static String demangled(String name) {
    return Demangler.demangle(name).map(Demangled::text).orElse(name);
  }
}
