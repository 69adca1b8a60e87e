package dev.wasmortem.symbols.demangle;

import org.jspecify.annotations.Nullable;

/** Reads types. */
final class ItaniumTypes {
  private static final Word[] QUALIFIERS = new Word[8];
  private static final Word NOEXCEPT = Word.of("noexcept");
  private static final Word THROW = Word.of("throw");
  private static final Word DECLTYPE = Word.of("decltype");
  private static final Word COMPLEX = Word.of(" complex");
  private static final Word IMAGINARY = Word.of(" imaginary");
  private static final Word CONSTRAINED_AUTO = Word.of(" auto");
  private static final Word CONSTRAINED_DECLTYPE = Word.of(" decltype(auto)");
  private static final Word PIXEL_VECTOR = Word.of("pixel vector[");
  private static final Word VECTOR = Word.of(" vector[");
  private static final Word CLOSE_BRACKET = Word.of("]");
  private static final Word FLOAT = Word.of("_Float");
  private static final Word EXTENDED = Word.of("x");
  private static final Word BFLOAT16 = Word.of("std::bfloat16_t");
  private static final Word BIT_INT = Word.of("_BitInt");
  private static final Word UNSIGNED_BIT_INT = Word.of("unsigned _BitInt");
  private static final String PROTOCOL = "objcproto";

  static {
    for (int i = 0; i < QUALIFIERS.length; i++) {
      QUALIFIERS[i] =
          Word.of(
              ((i & 1) != 0 ? " const" : "")
                  + ((i & 2) != 0 ? " volatile" : "")
                  + ((i & 4) != 0 ? " restrict" : ""));
    }
    QUALIFIERS[0] = Word.EMPTY;
  }

  private final ItaniumParser parser;
  private final Mangled in;

  /** Whether arguments behind a parameter or a substitution belong to it. */
  private boolean argumentsAllowed = true;

  ItaniumTypes(ItaniumParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  /** Reads the type of a conversion: template arguments behind it are those of the operator. */
  Node typeWithoutArguments() {
    boolean outer = argumentsAllowed;
    argumentsAllowed = false;
    Node type = type();
    argumentsAllowed = outer;
    return type;
  }

  /** Reads CV-qualifiers, {@code [r] [V] [K]}, and returns how they are printed. */
  Word qualifiers() {
    int restrict = in.eat('r') ? 4 : 0;
    int volatiles = in.eat('V') ? 2 : 0;
    int constant = in.eat('K') ? 1 : 0;
    return QUALIFIERS[restrict | volatiles | constant];
  }

  /**
   * Reads a type.
   *
   * <pre>
   * type ::= builtin-type | qualified-type | function-type | class-enum-type | array-type
   *      ::= pointer-to-member-type | template-param | template-template-param template-args
   *      ::= decltype | P type | R type | O type | C type | G type | substitution
   * </pre>
   */
  Node type() {
    Word builtin = BuiltinType.read(in);
    if (builtin != null) {
      return builtin;
    }
    parser.enter();
    Node result = compound();
    parser.leave();
    return result;
  }

  private Node compound() {
    int first = in.peek();
    return switch (first) {
      case 'r', 'V', 'K' -> parser.remember(isQualifiedFunction() ? function() : qualified());
      case 'U' -> parser.remember(qualified());
      case 'D' -> extended();
      case 'F' -> parser.remember(function());
      case 'A' -> parser.remember(array());
      case 'T' -> templateOrElaborated();
      case 'S' -> in.peek(1) == 't' ? parser.remember(parser.names.name(null)) : substitution();
      case 'u', 'M', 'P', 'R', 'O', 'C', 'G' -> {
        in.skip(1);
        yield parser.remember(derived(first));
      }
      default -> parser.remember(parser.names.name(null));
    };
  }

  /** Reads what follows the letter of a type that is made of another. */
  private Node derived(int letter) {
    if (letter == 'u') {
      return vendor();
    }
    Node type = type();
    return switch (letter) {
      case 'M' -> new TypeNodes.MemberPointer(type, type());
      case 'P' -> new TypeNodes.Pointer(type);
      case 'R' -> new TypeNodes.Reference(type, false);
      case 'O' -> new TypeNodes.Reference(type, true);
      case 'C' -> behind(type, COMPLEX);
      default -> behind(type, IMAGINARY);
    };
  }

  private static Node behind(Node type, Word word) {
    return Phrase.of(new Phrase.LeftHalf(type), word);
  }

  /** Returns whether a function's type follows the qualifiers that come next. */
  private boolean isQualifiedFunction() {
    int ahead = in.peek() == 'r' ? 1 : 0;
    ahead += in.peek(ahead) == 'V' ? 1 : 0;
    ahead += in.peek(ahead) == 'K' ? 1 : 0;
    return in.peek(ahead) == 'F' || (in.peek(ahead) == 'D' && isFunctionPrefix(in.peek(ahead + 1)));
  }

  private static boolean isFunctionPrefix(int afterD) {
    return afterD == 'o' || afterD == 'O' || afterD == 'w' || afterD == 'x';
  }

  /**
   * Reads a qualified-type.
   *
   * <pre>
   * qualified-type     ::= extended-qualifier* CV-qualifiers type
   * extended-qualifier ::= U source-name [template-args]
   * </pre>
   */
  private Node qualified() {
    if (!in.eat('U')) {
      Word qualifiers = qualifiers();
      Node type = type();
      return qualifiers == Word.EMPTY ? type : new TypeNodes.Qualified(type, qualifiers);
    }
    parser.enter();
    Word qualifier = in.counted();
    Node result;
    if (qualifier.startsWith(PROTOCOL)) {
      Word protocol = qualifier.without(PROTOCOL.length()).read().counted();
      result = new TypeNodes.ObjectiveC(qualified(), protocol);
    } else {
      Node arguments = in.peek() == 'I' ? parser.templates.arguments(null) : Word.EMPTY;
      result = Phrase.of(qualified(), Phrase.SPACE, qualifier, arguments);
    }
    parser.leave();
    return result;
  }

  /** Reads a vendor's builtin type: {@code u source-name [I type E]}. */
  private Node vendor() {
    Word name = in.counted();
    if (!in.eat('I')) {
      return name;
    }
    Node of = type();
    in.expect('E');
    return Phrase.of(name, Word.of("("), of, Word.of(")"));
  }

  /** Reads what begins with {@code D} and is no word. */
  private Node extended() {
    int kind = in.peek(1);
    if (isFunctionPrefix(kind)) {
      return parser.remember(function());
    }
    if (kind == 't' || kind == 'T') {
      return parser.remember(decltype());
    }
    in.skip(2);
    return switch (kind) {
      case 'p' -> parser.remember(new TemplateNodes.Expansion(type()));
      case 'v' -> parser.remember(vector());
      case 'F' -> binaryFloat();
      case 'B' -> parser.remember(Phrase.of(BIT_INT, bits()));
      case 'U' -> parser.remember(Phrase.of(UNSIGNED_BIT_INT, bits()));
      case 'k' -> behind(parser.names.name(null), CONSTRAINED_AUTO);
      case 'K' -> behind(parser.names.name(null), CONSTRAINED_DECLTYPE);
      default -> throw Undemangled.here();
    };
  }

  /** Reads the rest of {@code DF number (_ | x)} or {@code DF16b}. */
  private Node binaryFloat() {
    if (in.eat("16b")) {
      return BFLOAT16;
    }
    Word bits = in.digits();
    if (in.eat('x')) {
      return Phrase.of(FLOAT, bits, EXTENDED);
    }
    in.expect('_');
    return Phrase.of(FLOAT, bits);
  }

  private Node bits() {
    Node size = in.digitAhead() ? in.digits() : parser.expressions.expression();
    in.expect('_');
    return Phrase.parenthesized(size);
  }

  /** Reads a decltype: {@code (Dt | DT) expression E}. */
  Node decltype() {
    in.expect('D');
    if (!in.eat('t')) {
      in.expect('T');
    }
    Node expression = parser.expressions.expression();
    in.expect('E');
    return Phrase.of(DECLTYPE, Phrase.parenthesized(expression));
  }

  /**
   * Reads a function-type.
   *
   * <pre>
   * function-type  ::= [CV-qualifiers] [exception-spec] [Dx] F [Y] type type* [ref-qualifier] E
   * exception-spec ::= Do | DO expression E | Dw type+ E
   * </pre>
   */
  private Node function() {
    Word qualifiers = qualifiers();
    Node exceptions = exceptions();
    in.eat('D', 'x');
    in.expect('F');
    in.eat('Y');
    Node result = type();
    int begin = parser.begin();
    int reference = 0;
    while (!in.eat('E')) {
      if (in.eat('v')) {
        continue;
      }
      if ((in.peek() == 'R' || in.peek() == 'O') && in.peek(1) == 'E') {
        reference = in.next();
      } else {
        parser.add(type());
      }
    }
    Node parameters = parser.list(begin);
    Node trailer = qualifiers;
    if (reference != 0 || exceptions != Word.EMPTY) {
      trailer = Phrase.of(qualifiers, ItaniumEncodings.reference(reference), exceptions);
    }
    return new TypeNodes.Function(result, parameters, trailer);
  }

  private Node exceptions() {
    if (in.eat('D', 'o')) {
      return Phrase.of(Phrase.SPACE, NOEXCEPT);
    }
    if (in.eat('D', 'O')) {
      Node condition = parser.expressions.expression();
      in.expect('E');
      return Phrase.of(Phrase.SPACE, NOEXCEPT, Phrase.parenthesized(condition));
    }
    if (in.eat('D', 'w')) {
      int begin = parser.begin();
      while (!in.eat('E')) {
        parser.add(type());
      }
      return Phrase.of(Phrase.SPACE, THROW, Phrase.parenthesized(parser.list(begin)));
    }
    return Word.EMPTY;
  }

  /** Reads the rest of a vector-type: {@code Dv [number | expression] _ (type | p)}. */
  private Node vector() {
    int c = in.peek();
    boolean number = c >= '1' && c <= '9';
    Node size = size(number);
    if (number && in.eat('p')) {
      return Phrase.of(PIXEL_VECTOR, size, CLOSE_BRACKET);
    }
    return Phrase.of(type(), VECTOR, size, CLOSE_BRACKET);
  }

  /** Reads an array-type: {@code A [number | expression] _ type}. */
  private Node array() {
    in.expect('A');
    Node size = size(in.digitAhead());
    return new TypeNodes.Array(type(), size);
  }

  private Node size(boolean number) {
    Node size = number ? in.digits() : in.peek() == '_' ? Word.EMPTY : expression();
    in.expect('_');
    return size;
  }

  private Node expression() {
    return parser.expressions.expression();
  }

  /** Reads a template-param, with arguments where it is a template's, or {@code T[sue] name}. */
  private Node templateOrElaborated() {
    String keyword = keyword(in.peek(1));
    if (keyword != null) {
      in.skip(2);
      return parser.remember(Phrase.of(Word.of(keyword), parser.names.name(null)));
    }
    Node parameter = parser.templates.parameter();
    if (argumentsAllowed && in.peek() == 'I') {
      parser.remember(parameter);
      parameter = new TemplateNodes.Specialization(parameter, parser.templates.arguments(null));
    }
    return parser.remember(parameter);
  }

  private static @Nullable String keyword(int letter) {
    return switch (letter) {
      case 's' -> "struct ";
      case 'u' -> "union ";
      case 'e' -> "enum ";
      default -> null;
    };
  }

  /** Reads a substitution, with arguments where it is a template. */
  private Node substitution() {
    Node template = parser.templates.substitution();
    if (template instanceof NameNodes.Module module) {
      Node name = parser.names.inModule(module);
      if (in.peek() != 'I') {
        return parser.remember(name);
      }
      template = parser.remember(name);
    } else if (in.peek() != 'I' || !argumentsAllowed) {
      return template;
    }
    return parser.remember(
        new TemplateNodes.Specialization(template, parser.templates.arguments(null)));
  }
}
