package dev.wasmortem.symbols.demangle;

/**
 * Reads identifiers.
 *
 * <pre>
 * identifier ::= natural character+ | 0 (natural character+ | [a-z])* ([A-Z] | 0)
 *            ::= 00 natural [_] punycode
 * </pre>
 */
final class SwiftIdentifiers {
  private static final int MOST_WORDS = 26;

  /** What the letters of an operator stand for, from {@code a} on. */
  private static final String OPERATOR_CHARACTERS = "& @/= >    <*!|+?%-~   ^ .";

  private final SwiftParser parser;
  private final Mangled in;

  /** The characters of all identifiers so far: words put into words would grow without bound. */
  private final Text characters;

  private final Word[] words = new Word[MOST_WORDS];
  private int wordCount;

  SwiftIdentifiers(SwiftParser parser, int limit) {
    this.parser = parser;
    this.in = parser.in;
    this.characters = new Text(limit);
  }

  SwiftNode identifier() {
    int from = characters.length();
    if (in.eat('0', '0')) {
      Word encoded = counted();
      Punycode.decode(encoded, Punycode.Alphabet.SWIFT, characters);
      return parser.substitutable(SwiftNode.of(SwiftKind.IDENTIFIER, characters.word(from)));
    }
    if (in.eat('0')) {
      pieces();
    } else {
      piece();
    }
    if (characters.length() == from) {
      throw Undemangled.here();
    }
    return parser.substitutable(SwiftNode.of(SwiftKind.IDENTIFIER, characters.word(from)));
  }

  private Word counted() {
    int count = in.number();
    in.eat('_');
    if (count == 0 || count > in.left()) {
      throw Undemangled.here();
    }
    Word word = new Word(in.bytes(), in.at(), count);
    in.skip(count);
    return word;
  }

  private void pieces() {
    while (true) {
      while (isLetter(in.peek())) {
        int c = in.next();
        boolean isLast = c < 'a';
        int index = c - (isLast ? 'A' : 'a');
        if (index >= wordCount) {
          throw Undemangled.here();
        }
        words[index].appendTo(characters);
        if (isLast) {
          if (!in.eat('0')) {
            piece();
          }
          return;
        }
      }
      if (in.eat('0')) {
        return;
      }
      piece();
    }
  }

  private void piece() {
    Word piece = in.counted();
    piece.appendTo(characters);
    int start = -1;
    for (int i = 0; i <= piece.length(); i++) {
      int c = i < piece.length() ? piece.at(i) : 0;
      boolean begins = i > 0 && isUpperCase(c) && !isUpperCase(piece.at(i - 1));
      boolean ends = begins || c == '_' || c == 0;
      if (start >= 0 && ends) {
        if (i - start >= 2 && wordCount < MOST_WORDS) {
          words[wordCount++] = piece.part(start, i - start);
        }
        start = -1;
      }
      if (start < 0 && c != '_' && c != 0 && !Mangled.isDigit(c)) {
        start = i;
      }
    }
  }

  /** Makes an operator of an identifier, whose letters stand for the operator's characters. */
  SwiftNode operatorName() {
    Word letters = parser.take(SwiftKind.IDENTIFIER).text();
    String fixity =
        switch (in.next()) {
          case 'i' -> " infix";
          case 'p' -> " prefix";
          case 'P' -> " postfix";
          default -> throw Undemangled.here();
        };
    int from = characters.length();
    for (int i = 0; i < letters.length(); i++) {
      int c = letters.at(i);
      characters.append((char) (c < 0 ? c : operatorCharacter(c)));
    }
    characters.append(fixity);
    return SwiftNode.of(SwiftKind.OPERATOR, characters.word(from));
  }

  private static char operatorCharacter(int letter) {
    char c = letter >= 'a' && letter <= 'z' ? OPERATOR_CHARACTERS.charAt(letter - 'a') : ' ';
    if (c == ' ') {
      throw Undemangled.here();
    }
    return c;
  }

  /**
   * Makes of a name one that is told from others of its spelling.
   *
   * <pre>
   * decl-name ::= identifier L index | identifier identifier LL | identifier L [a-jA-J]
   * file-discriminator ::= identifier Ll
   * </pre>
   */
  SwiftNode discriminated() {
    if (in.eat('L')) {
      SwiftNode file = parser.take(SwiftKind.IDENTIFIER);
      return SwiftNode.of(SwiftKind.PRIVATE_NAME, file, parser.name());
    }
    if (in.eat('l')) {
      return SwiftNode.of(SwiftKind.PRIVATE_NAME, parser.take(SwiftKind.IDENTIFIER));
    }
    if (isLetter(in.peek())) {
      int letter = in.next();
      if ((letter | 0x20) > 'j') {
        throw Undemangled.here();
      }
      return SwiftNode.of(SwiftKind.RELATED_NAME, Character.toString(letter), parser.name());
    }
    int index = parser.index();
    return SwiftNode.numbered(SwiftKind.LOCAL_NAME, index, parser.name());
  }

  static boolean isUpperCase(int c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || isUpperCase(c);
  }
}
