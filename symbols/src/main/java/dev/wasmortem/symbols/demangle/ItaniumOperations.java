package dev.wasmortem.symbols.demangle;

/** Reads expressions that are an operator with its operands. */
final class ItaniumOperations {
  private static final Word COMMA = Word.of(", ");
  private static final Word DELETE = Word.of("delete");
  private static final Word NEW = Word.of("new");
  private static final Word ARRAY = Word.of("[]");
  private static final Word QUESTION = Word.of(" ? ");
  private static final Word COLON = Word.of(" : ");
  private static final Word ELLIPSIS = Word.of("...");
  private static final Node OPEN_INDEX = new Phrase.Bracket('[');
  private static final Node CLOSE_INDEX = new Phrase.Bracket(']');

  private final ItaniumParser parser;
  private final Mangled in;

  ItaniumOperations(ItaniumParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  /** Reads the operands of an operator. */
  Node operation(Operator operator, ItaniumScopes.Global global) {
    Word symbol = operator.symbol();
    Precedence precedence = operator.precedence();
    return switch (operator.use()) {
      case BINARY -> binary(operator);
      case PREFIX -> prefix(operator);
      case POSTFIX ->
          in.eat('_')
              ? prefix(operator)
              : Phrase.expression(precedence, operand().insideOrEqual(precedence), symbol);
      case SUBSCRIPT -> {
        Node indexed = operand().inside(precedence);
        yield Phrase.expression(precedence, indexed, OPEN_INDEX, operand(), CLOSE_INDEX);
      }
      case MEMBER -> {
        Node object = operand().insideOrEqual(precedence);
        yield Phrase.expression(precedence, object, symbol, operand().inside(precedence));
      }
      case NEW -> newExpression(operator, global);
      case DELETE -> delete(operator, global);
      case CALL -> {
        Node callee = operand();
        yield call(operator == Operator.CALL ? callee : Phrase.parenthesized(callee));
      }
      case CONVERSION -> conversion();
      case CONDITIONAL -> {
        Node condition = operand().inside(precedence);
        Node then = operand();
        Node otherwise = operand().insideOrEqual(Precedence.ASSIGNMENT);
        yield Phrase.expression(precedence, condition, QUESTION, then, COLON, otherwise);
      }
      case NAMED_CAST -> {
        Node to = new Phrase.Angled(new Phrase.LeftHalf(parser.types.type()));
        yield Phrase.expression(precedence, symbol, to, Phrase.parenthesized(operand()));
      }
      case OF_TYPE ->
          Phrase.expression(precedence, symbol, Phrase.parenthesized(parser.types.type()));
      case OF_EXPRESSION -> Phrase.expression(precedence, symbol, Phrase.parenthesized(operand()));
      case NAME_ONLY -> throw Undemangled.here();
    };
  }

  private Node operand() {
    return parser.expressions.expression();
  }

  private Node prefix(Operator operator) {
    Precedence precedence = operator.precedence();
    return Phrase.expression(precedence, operator.symbol(), operand().inside(precedence));
  }

  private Node binary(Operator operator) {
    Precedence precedence = operator.precedence();
    boolean assigns = precedence == Precedence.ASSIGNMENT;
    Node left = operand();
    Node right = operand();
    Phrase phrase =
        Phrase.expression(
            precedence,
            assigns ? left.inside(Precedence.LOGICAL_OR) : left.insideOrEqual(precedence),
            operator == Operator.COMMA ? COMMA : spaced(operator),
            assigns ? right.insideOrEqual(precedence) : right.inside(precedence));
    boolean closing = operator == Operator.GREATER || operator == Operator.SHIFT_RIGHT;
    return closing ? new ExpressionNodes.GreaterThan(precedence, phrase) : phrase;
  }

  private static Node spaced(Operator operator) {
    return Phrase.of(Phrase.SPACE, operator.symbol(), Phrase.SPACE);
  }

  private static Word prefix(ItaniumScopes.Global global) {
    return global == ItaniumScopes.Global.YES ? Phrase.SCOPE : Word.EMPTY;
  }

  /** Reads expressions up to an {@code E}. */
  private Phrase.Listed expressions(int begin) {
    while (!in.eat('E')) {
      parser.add(operand());
    }
    return parser.list(begin);
  }

  private Node call(Node callee) {
    Node arguments = Phrase.parenthesized(expressions(parser.begin()));
    return Phrase.expression(Precedence.POSTFIX, callee, arguments);
  }

  /** Reads the rest of {@code (nw | na) expression* _ type [pi expression*] E}. */
  private Node newExpression(Operator operator, ItaniumScopes.Global global) {
    int begin = parser.begin();
    while (!in.eat('_')) {
      parser.add(operand());
    }
    Phrase.Listed placement = parser.list(begin);
    Node type = parser.types.type();
    Phrase.Listed values = Phrase.Listed.NONE;
    if (in.eat('p', 'i')) {
      values = expressions(parser.begin());
    } else {
      in.expect('E');
    }
    return Phrase.expression(
        operator.precedence(),
        prefix(global),
        NEW,
        operator == Operator.NEW_ARRAY ? ARRAY : Word.EMPTY,
        placement.isEmpty() ? Word.EMPTY : Phrase.parenthesized(placement),
        Phrase.SPACE,
        type,
        values.isEmpty() ? Word.EMPTY : Phrase.parenthesized(values));
  }

  private Node delete(Operator operator, ItaniumScopes.Global global) {
    return Phrase.expression(
        operator.precedence(),
        prefix(global),
        DELETE,
        operator == Operator.DELETE_ARRAY ? ARRAY : Word.EMPTY,
        Phrase.SPACE,
        operand());
  }

  /** Reads the rest of {@code cv type (expression | _ expression* E)}. */
  private Node conversion() {
    Node type = parser.types.typeWithoutArguments();
    int begin = parser.begin();
    Phrase.Listed values;
    if (in.eat('_')) {
      values = expressions(begin);
    } else {
      parser.add(operand());
      values = parser.list(begin);
    }
    return Phrase.expression(
        Precedence.CAST, Phrase.parenthesized(type), Phrase.parenthesized(values));
  }

  /**
   * Reads a fold-expression.
   *
   * <pre>fold-expr ::= (fl | fr) operator expression | (fL | fR) operator expression expression
   * </pre>
   */
  Node fold() {
    in.expect('f');
    int kind = in.next();
    Operator operator = Operator.read(in);
    if (operator == null || !operator.isFoldable()) {
      throw Undemangled.here();
    }
    Node between = spaced(operator);
    Node first = operand();
    return switch (kind) {
      case 'l' -> Phrase.parenthesized(Phrase.of(ELLIPSIS, between, pack(first)));
      case 'r' -> Phrase.parenthesized(Phrase.of(pack(first), between, ELLIPSIS));
      case 'L' -> foldWith(castOperand(first), between, pack(operand()));
      case 'R' -> foldWith(pack(first), between, castOperand(operand()));
      default -> throw Undemangled.here();
    };
  }

  private static Node foldWith(Node left, Node between, Node right) {
    return Phrase.parenthesized(Phrase.of(left, between, ELLIPSIS, between, right));
  }

  private static Node pack(Node pattern) {
    return Phrase.parenthesized(new TemplateNodes.Expansion(pattern));
  }

  private static Node castOperand(Node value) {
    return value.insideOrEqual(Precedence.CAST);
  }
}
