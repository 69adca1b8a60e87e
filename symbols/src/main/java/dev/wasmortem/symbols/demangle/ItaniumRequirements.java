package dev.wasmortem.symbols.demangle;

/** Reads requires-expressions. */
final class ItaniumRequirements {
  private static final Word REQUIRES = Word.of("requires");
  private static final Word REQUIRES_NESTED = Word.of(" requires ");
  private static final Word TYPENAME = Word.of(" typename ");
  private static final Word SEMICOLON = Word.of(";");
  private static final Word NOEXCEPT = Word.of(" noexcept");
  private static final Word ARROW = Word.of(" -> ");
  private static final Node OPEN = new Phrase.Bracket('{');
  private static final Node CLOSE = new Phrase.Bracket('}');

  private final ItaniumParser parser;
  private final Mangled in;

  ItaniumRequirements(ItaniumParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  /**
   * Reads the expression.
   *
   * <pre>requires-expr ::= (rQ type* _ | rq) requirement+ E</pre>
   */
  Node expression() {
    in.expect('r');
    Node parameters = Word.EMPTY;
    if (in.eat('Q')) {
      int begin = parser.begin();
      while (!in.eat('_')) {
        parser.add(parser.types.type());
      }
      Phrase.Listed types = parser.list(begin);
      if (!types.isEmpty()) {
        parameters = Phrase.of(Phrase.SPACE, Phrase.parenthesized(types));
      }
    } else {
      in.expect('q');
    }
    int begin = parser.begin();
    do {
      parser.add(requirement());
    } while (!in.eat('E'));
    Node requirements = Phrase.of(parser.list(begin).items());
    return Phrase.of(REQUIRES, parameters, Phrase.SPACE, OPEN, requirements, Phrase.SPACE, CLOSE);
  }

  /**
   * Reads one requirement.
   *
   * <pre>requirement ::= X expression [N] [R type-constraint] | T type | Q expression</pre>
   */
  private Node requirement() {
    return switch (in.next()) {
      case 'X' -> compound();
      case 'T' -> Phrase.of(TYPENAME, parser.types.type(), SEMICOLON);
      case 'Q' -> Phrase.of(REQUIRES_NESTED, parser.expressions.expression(), SEMICOLON);
      default -> throw Undemangled.here();
    };
  }

  private Node compound() {
    Node expression = parser.expressions.expression();
    Word noexcept = in.eat('N') ? NOEXCEPT : Word.EMPTY;
    Node constraint = in.eat('R') ? Phrase.of(ARROW, parser.names.name(null)) : Word.EMPTY;
    if (noexcept == Word.EMPTY && constraint == Word.EMPTY) {
      return Phrase.of(Phrase.SPACE, expression, SEMICOLON);
    }
    return Phrase.of(Phrase.SPACE, OPEN, expression, CLOSE, noexcept, constraint, SEMICOLON);
  }
}
