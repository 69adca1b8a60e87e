package dev.wasmortem.symbols.demangle;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Demangles the names that linkers know functions by. The scheme is told from the first characters.
 *
 * <p>What is in no scheme, breaks the rules of its own, or would unfold beyond a bound gets no
 * answer: the caller shows it as it is. Nothing is thrown, whatever the name is. Time and memory
 * are linear in the name's length. The results are not safe to print: names can hold any character.
 */
public final class Demangler {
  /** A longer name is none that a person would read. */
  private static final int LONGEST = 100_000;

  /** What a name may unfold to, in bytes and in parts: this, and so much for each of its bytes. */
  private static final int LEAST_LIMIT = 1 << 16;

  private static final int LIMIT_PER_BYTE = 64;

  private Demangler() {}

  /**
   * Returns a name as its source has it; empty if it is not mangled, or not well.
   *
   * @param name as the linker knows it; a second underscore before it, of platforms that prefix
   *     one, is taken for that
   */
  public static Optional<Demangled> demangle(String name) {
    if (name.length() < 3 || name.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return demangleMarked(name);
    } catch (Undemangled e) {
      return Optional.empty();
    }
  }

  private static Optional<Demangled> demangleMarked(String name) {
    int marks = underscores(name);
    char letter = marks == name.length() ? '_' : name.charAt(marks);
    boolean once = marks == 1 || marks == 2;
    if (once && letter == 'Z' && RustLegacy.matches(name)) {
      return Optional.of(RustLegacy.name(read(name, marks + 2), limit(name)));
    }
    if (once && letter == 'Z') {
      return Optional.of(Itanium.name(read(name, marks + 1), limit(name)));
    }
    if (letter == 'Z' && (marks == 3 || marks == 4)) {
      return Optional.of(Itanium.block(read(name, marks + 1), limit(name)));
    }
    int prefix = Swift.prefix(name);
    if (prefix > 0) {
      return Optional.of(Swift.name(read(name, prefix), name, limit(name)));
    }
    if (once && letter == 'R') {
      int point = name.indexOf('.');
      String body = point < 0 ? name : name.substring(0, point);
      Word suffix = point < 0 ? Word.EMPTY : Word.of(name.substring(point));
      return Optional.of(RustV0.name(read(body, marks + 1), suffix, limit(name)));
    }
    return Optional.empty();
  }

  private static int underscores(String name) {
    int count = 0;
    while (count < name.length() && name.charAt(count) == '_') {
      count++;
    }
    return count;
  }

  private static Mangled read(String name, int from) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return new Mangled(bytes, from, bytes.length);
  }

  private static int limit(String name) {
    return LEAST_LIMIT + LIMIT_PER_BYTE * name.length();
  }
}
