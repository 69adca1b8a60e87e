package dev.wasmortem.symbols.demangle;

/**
 * Demangles Rust's first scheme: a C++ nested name whose last part is a hash, with escapes for what
 * C++ has no letters for. As {@code rustfilt} does by default, the hash is left out, and so is a
 * suffix {@code .llvm.…}; another suffix stays.
 *
 * <pre>name ::= _ZN (length bytes)* 17h (16 hexadecimal digits) E [. suffix]</pre>
 */
final class RustLegacy {
  private static final String HASH = "17h";
  private static final int HASH_DIGITS = 16;
  private static final String LLVM = ".llvm.";

  private RustLegacy() {}

  /** Returns whether a name that begins as a C++ one does is Rust's. */
  static boolean matches(String name) {
    if (!name.startsWith("_ZN") && !name.startsWith("__ZN")) {
      return false;
    }
    int hash = name.indexOf(HASH);
    while (hash >= 0 && !isHash(name, hash + HASH.length())) {
      hash = name.indexOf(HASH, hash + 1);
    }
    return hash >= 0;
  }

  private static boolean isHash(String name, int at) {
    int end = at + HASH_DIGITS;
    if (end >= name.length() || name.charAt(end) != 'E') {
      return false;
    }
    for (int i = at; i < end; i++) {
      char c = name.charAt(i);
      if (!Mangled.isDigit(c) && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return end + 1 == name.length() || name.charAt(end + 1) == '.';
  }

  /** Demangles what follows the {@code _ZN}. */
  static Demangled name(Mangled in, int limit) {
    Text out = new Text(limit);
    boolean first = true;
    while (true) {
      Word part = in.counted();
      if (in.eat('E')) {
        break; // the hash
      }
      if (!first) {
        out.append("::");
      }
      first = false;
      part(part.read(), out);
    }
    String name = out.toString();
    return new Demangled(Scheme.RUST_LEGACY, name + suffix(in), name);
  }

  private static String suffix(Mangled in) {
    if (in.isAtEnd()) {
      return "";
    }
    String suffix = new Word(in.bytes(), in.at(), in.left()).toString();
    if (!suffix.startsWith(".")) {
      throw Undemangled.here();
    }
    int llvm = suffix.indexOf(LLVM);
    boolean generated =
        llvm >= 0
            && suffix
                .substring(llvm + LLVM.length())
                .chars()
                .allMatch(c -> Mangled.isDigit(c) || (c >= 'A' && c <= 'F') || c == '@');
    return generated ? suffix.substring(0, llvm) : suffix;
  }

  private static void part(Mangled in, Text out) {
    if (in.peek() == '_' && in.peek(1) == '$') {
      in.skip(1);
    }
    while (!in.isAtEnd()) {
      if (in.eat('.', '.')) {
        out.append("::");
      } else if (in.peek() != '$') {
        out.append((char) in.next());
      } else if (!escape(in, out)) {
        out.append(in.bytes(), in.at(), in.left());
        return;
      }
    }
  }

  /** Reads {@code $…$}; returns false and reads nothing if that is no escape. */
  private static boolean escape(Mangled in, Text out) {
    int length = 1;
    while (in.peek(length) != '$') {
      if (length++ >= in.left()) {
        return false;
      }
    }
    String name = new Word(in.bytes(), in.at() + 1, length - 1).toString();
    int character =
        switch (name) {
          case "SP" -> '@';
          case "BP" -> '*';
          case "RF" -> '&';
          case "LT" -> '<';
          case "GT" -> '>';
          case "LP" -> '(';
          case "RP" -> ')';
          case "C" -> ',';
          default -> codePoint(name);
        };
    if (character < 0) {
      return false;
    }
    in.skip(length + 1);
    out.appendCodePoint(character);
    return true;
  }

  /** Returns what {@code u} and hexadecimal digits stand for, -1 for anything else. */
  private static int codePoint(String escape) {
    if (!escape.startsWith("u") || escape.length() < 2 || escape.length() > 7) {
      return -1;
    }
    int value = 0;
    for (int i = 1; i < escape.length(); i++) {
      char c = escape.charAt(i);
      if (!Mangled.isDigit(c) && (c < 'a' || c > 'f')) {
        return -1;
      }
      value = value * 16 + Character.digit(c, 16);
    }
    boolean character =
        Character.isValidCodePoint(value)
            && Character.getType(value) != Character.SURROGATE
            && !Character.isISOControl(value);
    return character ? value : -1;
  }
}
