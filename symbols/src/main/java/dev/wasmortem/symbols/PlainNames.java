package dev.wasmortem.symbols;

import dev.wasmortem.symbols.demangle.Demangled;
import dev.wasmortem.symbols.demangle.Demangler;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What people call functions that linkers know by mangled names. Each is demangled when it is first
 * asked for, and kept. Safe for use by several threads.
 */
final class PlainNames {
  /**
   * How many characters of names are kept, mangled and not; a program of more is asked about a few
   * of its names most of the time.
   */
  private static final long KEPT = 1L << 26;

  /** What a name costs beside its characters. */
  private static final int COST = 64;

  /** An empty string is kept for a name that is not mangled. */
  private final ConcurrentMap<String, String> known = new ConcurrentHashMap<>();

  private final AtomicLong kept = new AtomicLong();

  /**
   * Returns the name of a function without parameters, as {@code ns::twice<int>}; empty if the
   * linkage name is not mangled.
   */
  Optional<String> of(String linkageName) {
    String plain = known.get(linkageName);
    if (plain == null) {
      plain = Demangler.demangle(linkageName).map(Demangled::nameWithoutParameters).orElse("");
      long cost = (long) COST + linkageName.length() + plain.length();
      if (kept.addAndGet(cost) > KEPT) {
        known.clear();
        kept.set(cost);
      }
      known.put(linkageName, plain);
    }
    return plain.isEmpty() ? Optional.empty() : Optional.of(plain);
  }
}
