package dev.wasmortem.symbols.demangle;

/** Reads literals, and what else stands for a value by itself. */
final class ItaniumLiterals {
  private static final Word NULLPTR = Word.of("nullptr");
  private static final Word TRUE = Word.of("true");
  private static final Word FALSE = Word.of("false");
  private static final Word OPEN_STRING = Word.of("\"<");
  private static final Word CLOSE_STRING = Word.of(">\"");
  private static final Word LAMBDA = Word.of("[]");
  private static final Word BODY = Word.of("{...}");

  private final ItaniumParser parser;
  private final Mangled in;

  ItaniumLiterals(ItaniumParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  /**
   * Reads an expr-primary: a literal, or the name of something with linkage.
   *
   * <pre>
   * expr-primary ::= L type number E | L type float E | L type E | L lambda-type E
   *              ::= L _Z encoding E
   * </pre>
   */
  Node primary() {
    in.expect('L');
    int letter = in.peek();
    Word type = BuiltinType.literal(letter);
    if (type != null) {
      in.skip(1);
      Word value = in.signedDigits();
      return ended(new ExpressionNodes.IntegerLiteral(type, present(value)));
    }
    return switch (letter) {
      case 'b' -> {
        in.skip(1);
        yield ended(bool());
      }
      case 'f', 'd', 'e' -> {
        in.skip(1);
        yield ended(FloatLiteral.read(in, letter));
      }
      case '_' -> {
        in.skip(1);
        in.expect('Z');
        yield ended(parser.encodings.encoding());
      }
      case 'A' -> ended(Phrase.of(OPEN_STRING, parser.types.type(), CLOSE_STRING));
      case 'D' -> {
        in.skip(1);
        in.expect('n');
        in.eat('0');
        yield ended(NULLPTR);
      }
      case 'T' -> throw Undemangled.here(); // an older compiler's mistake
      case 'U' -> ended(lambda());
      default -> {
        Node named = Phrase.parenthesized(parser.types.type());
        Word value = present(in.signedDigits());
        yield ended(Phrase.of(named, ExpressionNodes.IntegerLiteral.signed(value)));
      }
    };
  }

  private Node ended(Node literal) {
    in.expect('E');
    return literal;
  }

  private static Word present(Word number) {
    if (number.isEmpty()) {
      throw Undemangled.here();
    }
    return number;
  }

  private Word bool() {
    if (in.eat('1')) {
      return TRUE;
    }
    in.expect('0');
    return FALSE;
  }

  private Node lambda() {
    if (in.peek(1) == 'l' && parser.names.unnamedType(null) instanceof NameNodes.Closure closure) {
      return Phrase.of(LAMBDA, closure.declarator(), BODY);
    }
    throw Undemangled.here();
  }
}
