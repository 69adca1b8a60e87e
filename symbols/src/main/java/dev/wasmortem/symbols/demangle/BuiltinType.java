package dev.wasmortem.symbols.demangle;

import org.jspecify.annotations.Nullable;

/** Types that are a word (Itanium C++ ABI, 5.1.5.2); no substitution ever refers to one. */
final class BuiltinType {
  private static final @Nullable Word[] ONE_LETTER = new @Nullable Word[128];
  private static final @Nullable Word[] AFTER_D = new @Nullable Word[128];
  private static final int FIXED_POINT_LETTERS = 3;

  static {
    one('a', "signed char");
    one('b', "bool");
    one('c', "char");
    one('d', "double");
    one('e', "long double");
    one('f', "float");
    one('g', "__float128");
    one('h', "unsigned char");
    one('i', "int");
    one('j', "unsigned int");
    one('l', "long");
    one('m', "unsigned long");
    one('n', "__int128");
    one('o', "unsigned __int128");
    one('s', "short");
    one('t', "unsigned short");
    one('v', "void");
    one('w', "wchar_t");
    one('x', "long long");
    one('y', "unsigned long long");
    one('z', "...");
    afterD('a', "auto");
    afterD('c', "decltype(auto)");
    afterD('d', "decimal64");
    afterD('e', "decimal128");
    afterD('f', "decimal32");
    afterD('h', "half");
    afterD('i', "char32_t");
    afterD('n', "std::nullptr_t");
    afterD('s', "char16_t");
    afterD('u', "char8_t");
  }

  private BuiltinType() {}

  private static void one(char letter, String name) {
    ONE_LETTER[letter] = Word.of(name);
  }

  private static void afterD(char letter, String name) {
    AFTER_D[letter] = Word.of(name);
  }

  /** Takes the word that comes next, if one does. */
  static @Nullable Word read(Mangled in) {
    int c = in.peek();
    if (c < 0) {
      return null;
    }
    if (c != 'D') {
      Word word = ONE_LETTER[c];
      if (word != null) {
        in.skip(1);
      }
      return word;
    }
    int second = in.peek(1);
    if (second == 'A' || second == 'R') {
      return fixedPoint(in, "");
    }
    if (second == 'S') {
      in.skip(2);
      return fixedPoint(in, "_Sat ");
    }
    Word word = second < 0 ? null : AFTER_D[second];
    if (word != null) {
      in.skip(2);
    }
    return word;
  }

  /** Reads {@code [DS] (DA | DR) size}. */
  private static Word fixedPoint(Mangled in, String saturated) {
    int kind = in.peek(1);
    if (in.peek() != 'D' || (kind != 'A' && kind != 'R')) {
      throw Undemangled.here();
    }
    String size =
        switch (in.peek(2)) {
          case 's' -> "short ";
          case 't' -> "unsigned short ";
          case 'i' -> "";
          case 'j' -> "unsigned ";
          case 'l' -> "long ";
          case 'm' -> "unsigned long ";
          default -> throw Undemangled.here();
        };
    in.skip(FIXED_POINT_LETTERS);
    return Word.of(saturated + size + (kind == 'A' ? "_Accum" : "_Fract"));
  }

  /** Returns how a literal of the type is printed: a suffix, or the type in parentheses. */
  static @Nullable Word literal(int letter) {
    return switch (letter) {
      case 'i' -> Word.EMPTY;
      case 'j' -> UNSIGNED;
      case 'l' -> LONG;
      case 'm' -> UNSIGNED_LONG;
      case 'x' -> LONG_LONG;
      case 'y' -> UNSIGNED_LONG_LONG;
      case 'a', 'c', 'h', 'n', 'o', 's', 't', 'w' -> ONE_LETTER[letter];
      default -> null;
    };
  }

  private static final Word UNSIGNED = Word.of("u");
  private static final Word LONG = Word.of("l");
  private static final Word UNSIGNED_LONG = Word.of("ul");
  private static final Word LONG_LONG = Word.of("ll");
  private static final Word UNSIGNED_LONG_LONG = Word.of("ull");
}
