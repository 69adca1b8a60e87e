package dev.wasmortem.symbols.demangle;

import org.jspecify.annotations.Nullable;

/** Reads expressions. */
final class ItaniumExpressions {
  private static final Word THIS = Word.of("this");
  private static final Word PARAMETER = Word.of("fp");
  private static final Word THROW = Word.of("throw");
  private static final Word THROW_VALUE = Word.of("throw ");
  private static final Word NOEXCEPT = Word.of("noexcept ");
  private static final Word SIZEOF_PACK = Word.of("sizeof... ");
  private static final Word SIZEOF_PARAMETERS = Word.of("sizeof...");
  private static final Word OPEN_INDEX = Word.of("[");
  private static final Word CLOSE_INDEX = Word.of("]");
  private static final Word RANGE = Word.of(" ... ");
  private static final Word FIELD = Word.of(".");
  private static final Word OPEN_SUBOBJECT = Word.of(".<");
  private static final Word AT_OFFSET = Word.of(" at offset ");
  private static final Word CLOSE_SUBOBJECT = Word.of(">");
  private static final Word ZERO = Word.of("0");

  private final ItaniumParser parser;
  private final Mangled in;

  ItaniumExpressions(ItaniumParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  /**
   * Reads an expression: an operator's code with its operands, one of the other forms, or a name.
   */
  Node expression() {
    parser.enter();
    ItaniumScopes.Global global =
        in.eat('g', 's') ? ItaniumScopes.Global.YES : ItaniumScopes.Global.NO;
    Operator operator = Operator.read(in);
    Node result = operator != null ? parser.operations.operation(operator, global) : other(global);
    parser.leave();
    return result;
  }

  private Node other(ItaniumScopes.Global global) {
    int second = in.peek(1);
    if (in.left() < 2) {
      throw Undemangled.here();
    }
    Node result =
        switch (in.peek()) {
          case 'L' -> parser.literals.primary();
          case 'T' -> parser.templates.parameter();
          case 'f' ->
              second == 'p' || (second == 'L' && Mangled.isDigit(in.peek(2)))
                  ? functionParameter()
                  : parser.operations.fold();
          case 'i' -> in.eat("il") ? initializers(Word.EMPTY) : null;
          case 'm' -> in.eat("mc") ? memberConversion() : null;
          case 'n' -> in.eat("nx") ? noexcept() : null;
          case 'r' ->
              second == 'q' || second == 'Q' ? new ItaniumRequirements(parser).expression() : null;
          case 's' -> ofPack(second);
          case 't' -> typed(second);
          case 'u' -> vendor();
          default -> null;
        };
    return result != null ? result : parser.scopes.unresolved(global);
  }

  private Node noexcept() {
    return Phrase.expression(Precedence.UNARY, NOEXCEPT, Phrase.parenthesized(expression()));
  }

  private @Nullable Node typed(int second) {
    return switch (second) {
      case 'l' -> {
        in.skip(2);
        yield initializers(parser.types.type());
      }
      case 'r' -> {
        in.skip(2);
        yield THROW;
      }
      case 'w' -> {
        in.skip(2);
        yield Phrase.of(THROW_VALUE, expression());
      }
      default -> null;
    };
  }

  private @Nullable Node ofPack(int second) {
    return switch (second) {
      case 'o' -> {
        in.skip(2);
        yield subobject();
      }
      case 'p' -> {
        in.skip(2);
        yield new TemplateNodes.Expansion(expression());
      }
      case 'Z' -> {
        in.skip(2);
        if (in.peek() != 'T') {
          yield Phrase.of(SIZEOF_PACK, Phrase.parenthesized(functionParameter()));
        }
        Node pack = new TemplateNodes.Expansion(parser.templates.parameter());
        yield Phrase.of(SIZEOF_PARAMETERS, Phrase.parenthesized(pack));
      }
      case 'P' -> {
        in.skip(2);
        yield Phrase.of(SIZEOF_PACK, Phrase.parenthesized(templateArguments()));
      }
      default -> null;
    };
  }

  private Node templateArguments() {
    int begin = parser.begin();
    while (!in.eat('E')) {
      parser.add(parser.templates.argument());
    }
    return parser.list(begin);
  }

  /** Reads the rest of {@code mc type expression [number] E}, as a cast. */
  private Node memberConversion() {
    Node type = Phrase.parenthesized(parser.types.type());
    Node value = Phrase.parenthesized(expression());
    in.signedDigits();
    in.expect('E');
    return Phrase.expression(Precedence.UNARY, type, value);
  }

  /** Reads the rest of {@code so type expression [number] (_ [number])* [p] E}. */
  private Node subobject() {
    Node type = parser.types.type();
    Node of = expression();
    Word offset = in.signedDigits();
    while (in.eat('_')) {
      in.digits();
    }
    in.eat('p');
    in.expect('E');
    Node number = offset.isEmpty() ? ZERO : ExpressionNodes.IntegerLiteral.signed(offset);
    return Phrase.of(of, OPEN_SUBOBJECT, type, AT_OFFSET, number, CLOSE_SUBOBJECT);
  }

  /** Reads {@code braced-expression* E}. */
  private Node initializers(Node type) {
    int begin = parser.begin();
    while (!in.eat('E')) {
      parser.add(braced());
    }
    return new ExpressionNodes.InitializerList(type, parser.list(begin));
  }

  /**
   * Reads a braced-expression.
   *
   * <pre>
   * braced-expression ::= expression
   *                   ::= di source-name braced-expression
   *                   ::= dx expression braced-expression
   *                   ::= dX expression expression braced-expression
   * </pre>
   */
  private Node braced() {
    Node designator;
    if (in.eat('d', 'i')) {
      designator = Phrase.of(FIELD, parser.names.source());
    } else if (in.eat('d', 'x')) {
      designator = Phrase.of(OPEN_INDEX, expression(), CLOSE_INDEX);
    } else if (in.eat('d', 'X')) {
      Node from = expression();
      designator = Phrase.of(OPEN_INDEX, from, RANGE, expression(), CLOSE_INDEX);
    } else {
      return expression();
    }
    parser.enter();
    Node result = new ExpressionNodes.Designated(designator, braced());
    parser.leave();
    return result;
  }

  /**
   * Reads a function-param.
   *
   * <pre>
   * function-param ::= fpT
   *                ::= fp CV-qualifiers [number] _
   *                ::= fL number p CV-qualifiers [number] _
   * </pre>
   */
  private Node functionParameter() {
    if (in.eat("fpT")) {
      return THIS;
    }
    if (in.eat('f', 'L')) {
      in.number();
      in.expect('p');
    } else if (!in.eat('f', 'p')) {
      throw Undemangled.here();
    }
    parser.types.qualifiers();
    Word number = in.digits();
    in.expect('_');
    return Phrase.of(PARAMETER, number);
  }

  /**
   * Reads a vendor's expression, {@code u source-name template-arg* E}; the older form of {@code
   * __uuidof} has a type or an expression and no end.
   */
  private Node vendor() {
    in.expect('u');
    Word name = parser.names.source();
    Node arguments;
    if (name.is("__uuidof") && in.eat('t')) {
      arguments = parser.types.type();
    } else if (name.is("__uuidof") && in.eat('z')) {
      arguments = expression();
    } else {
      arguments = templateArguments();
    }
    return Phrase.expression(
        Precedence.POSTFIX, name, Phrase.parenthesized(new Phrase.Listed(arguments)));
  }
}
