package dev.wasmortem.symbols;

import dev.wasmortem.symbols.demangle.Demangled;
import dev.wasmortem.symbols.demangle.Demangler;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What people call functions that linkers know by mangled names. Each is demangled when it is first
 * asked for, and kept. Safe for use by several threads.
 */
final class PlainNames {
  /** How many names are kept; a program of more is asked about a few of them most of the time. */
  private static final int KEPT = 1 << 18;

  /** A longer one costs more room than its demangling costs time. */
  private static final int LONGEST_KEPT = 4_096;

  /** An empty string is kept for a name that is not mangled. */
  private final ConcurrentMap<String, String> known = new ConcurrentHashMap<>();

  /**
   * Returns the name of a function without parameters, as {@code ns::twice<int>}; empty if the
   * linkage name is not mangled.
   */
  Optional<String> of(String linkageName) {
    String plain = known.get(linkageName);
    if (plain == null) {
      plain = Demangler.demangle(linkageName).map(Demangled::nameWithoutParameters).orElse("");
      if (plain.length() <= LONGEST_KEPT) {
        if (known.size() >= KEPT) {
          known.clear();
        }
        known.put(linkageName, plain);
      }
    }
    return plain.isEmpty() ? Optional.empty() : Optional.of(plain);
  }
}
