package dev.wasmortem.symbols.demangle;

import org.jspecify.annotations.Nullable;

/**
 * Operators of C++ (Itanium C++ ABI, 5.1.3.1 Operator Encodings). Precedences decide where
 * parentheses are printed; that of division is too weak, as LLVM has it.
 */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes the bytes of a word
enum Operator {
  AND_ASSIGN("aN", Use.BINARY, Precedence.ASSIGNMENT, "&="),
  ASSIGN("aS", Use.BINARY, Precedence.ASSIGNMENT, "="),
  LOGICAL_AND("aa", Use.BINARY, Precedence.LOGICAL_AND, "&&"),
  ADDRESS_OF("ad", Use.PREFIX, Precedence.UNARY, "&"),
  AND("an", Use.BINARY, Precedence.AND, "&"),
  ALIGNOF_TYPE("at", Use.OF_TYPE, Precedence.UNARY, "alignof "),
  CO_AWAIT("aw", Use.NAME_ONLY, Precedence.PRIMARY, " co_await"),
  ALIGNOF("az", Use.OF_EXPRESSION, Precedence.UNARY, "alignof "),
  CONST_CAST("cc", Use.NAMED_CAST, Precedence.POSTFIX, "const_cast"),
  CALL("cl", Use.CALL, Precedence.POSTFIX, "()"),
  COMMA("cm", Use.BINARY, Precedence.COMMA, ","),
  COMPLEMENT("co", Use.PREFIX, Precedence.UNARY, "~"),
  CALL_IN_PARENTHESES("cp", Use.CALL, Precedence.POSTFIX, "()"),
  CONVERSION("cv", Use.CONVERSION, Precedence.CAST, ""),
  DIVIDE_ASSIGN("dV", Use.BINARY, Precedence.ASSIGNMENT, "/="),
  DELETE_ARRAY("da", Use.DELETE, Precedence.UNARY, " delete[]"),
  DYNAMIC_CAST("dc", Use.NAMED_CAST, Precedence.POSTFIX, "dynamic_cast"),
  DEREFERENCE("de", Use.PREFIX, Precedence.UNARY, "*"),
  DELETE("dl", Use.DELETE, Precedence.UNARY, " delete"),
  MEMBER_POINTER("ds", Use.MEMBER, Precedence.POINTER_TO_MEMBER, ".*"),
  MEMBER("dt", Use.MEMBER, Precedence.POSTFIX, "."),
  DIVIDE("dv", Use.BINARY, Precedence.ASSIGNMENT, "/"),
  XOR_ASSIGN("eO", Use.BINARY, Precedence.ASSIGNMENT, "^="),
  XOR("eo", Use.BINARY, Precedence.XOR, "^"),
  EQUAL("eq", Use.BINARY, Precedence.EQUALITY, "=="),
  GREATER_OR_EQUAL("ge", Use.BINARY, Precedence.RELATIONAL, ">="),
  GREATER("gt", Use.BINARY, Precedence.RELATIONAL, ">"),
  SUBSCRIPT("ix", Use.SUBSCRIPT, Precedence.POSTFIX, "[]"),
  SHIFT_LEFT_ASSIGN("lS", Use.BINARY, Precedence.ASSIGNMENT, "<<="),
  LESS_OR_EQUAL("le", Use.BINARY, Precedence.RELATIONAL, "<="),
  SHIFT_LEFT("ls", Use.BINARY, Precedence.SHIFT, "<<"),
  LESS("lt", Use.BINARY, Precedence.RELATIONAL, "<"),
  SUBTRACT_ASSIGN("mI", Use.BINARY, Precedence.ASSIGNMENT, "-="),
  MULTIPLY_ASSIGN("mL", Use.BINARY, Precedence.ASSIGNMENT, "*="),
  SUBTRACT("mi", Use.BINARY, Precedence.ADDITIVE, "-"),
  MULTIPLY("ml", Use.BINARY, Precedence.MULTIPLICATIVE, "*"),
  DECREMENT("mm", Use.POSTFIX, Precedence.POSTFIX, "--"),
  NEW_ARRAY("na", Use.NEW, Precedence.UNARY, " new[]"),
  NOT_EQUAL("ne", Use.BINARY, Precedence.EQUALITY, "!="),
  NEGATE("ng", Use.PREFIX, Precedence.UNARY, "-"),
  NOT("nt", Use.PREFIX, Precedence.UNARY, "!"),
  NEW("nw", Use.NEW, Precedence.UNARY, " new"),
  OR_ASSIGN("oR", Use.BINARY, Precedence.ASSIGNMENT, "|="),
  LOGICAL_OR("oo", Use.BINARY, Precedence.LOGICAL_OR, "||"),
  OR("or", Use.BINARY, Precedence.OR, "|"),
  ADD_ASSIGN("pL", Use.BINARY, Precedence.ASSIGNMENT, "+="),
  ADD("pl", Use.BINARY, Precedence.ADDITIVE, "+"),
  ARROW_POINTER("pm", Use.MEMBER, Precedence.POINTER_TO_MEMBER, "->*"),
  INCREMENT("pp", Use.POSTFIX, Precedence.POSTFIX, "++"),
  PLUS("ps", Use.PREFIX, Precedence.UNARY, "+"),
  ARROW("pt", Use.MEMBER, Precedence.POSTFIX, "->"),
  CONDITIONAL("qu", Use.CONDITIONAL, Precedence.CONDITIONAL, "?"),
  REMAINDER_ASSIGN("rM", Use.BINARY, Precedence.ASSIGNMENT, "%="),
  SHIFT_RIGHT_ASSIGN("rS", Use.BINARY, Precedence.ASSIGNMENT, ">>="),
  REINTERPRET_CAST("rc", Use.NAMED_CAST, Precedence.POSTFIX, "reinterpret_cast"),
  REMAINDER("rm", Use.BINARY, Precedence.MULTIPLICATIVE, "%"),
  SHIFT_RIGHT("rs", Use.BINARY, Precedence.SHIFT, ">>"),
  STATIC_CAST("sc", Use.NAMED_CAST, Precedence.POSTFIX, "static_cast"),
  SPACESHIP("ss", Use.BINARY, Precedence.SPACESHIP, "<=>"),
  SIZEOF_TYPE("st", Use.OF_TYPE, Precedence.UNARY, "sizeof "),
  SIZEOF("sz", Use.OF_EXPRESSION, Precedence.UNARY, "sizeof "),
  TYPEID("te", Use.OF_EXPRESSION, Precedence.POSTFIX, "typeid "),
  TYPEID_TYPE("ti", Use.OF_TYPE, Precedence.POSTFIX, "typeid ");

  /** What an operator does in an expression. */
  enum Use {
    PREFIX,
    POSTFIX,
    BINARY,
    SUBSCRIPT,
    MEMBER,
    NEW,
    DELETE,
    CALL,
    CONVERSION,
    CONDITIONAL,
    NAMED_CAST,
    OF_TYPE,
    OF_EXPRESSION,
    /** Nothing: it is only the name of a function. */
    NAME_ONLY
  }

  private static final int SECONDS = 'z' - 'A' + 1;
  private static final @Nullable Operator[] BY_CODE = new @Nullable Operator[26 * SECONDS];

  static {
    for (Operator operator : values()) {
      BY_CODE[index(operator.code.charAt(0), operator.code.charAt(1))] = operator;
    }
  }

  private final String code;
  private final Use use;
  private final Precedence precedence;
  private final Word symbol;
  private final Word name;

  Operator(String code, Use use, Precedence precedence, String symbol) {
    this.code = code;
    this.use = use;
    this.precedence = precedence;
    this.symbol = Word.of(symbol.startsWith(" ") ? symbol.substring(1) : symbol);
    this.name = Word.of("operator" + symbol);
  }

  private static int index(int first, int second) {
    return (first - 'a') * SECONDS + second - 'A';
  }

  /** Takes the operator that comes next, if one does. */
  static @Nullable Operator read(Mangled in) {
    int first = in.peek();
    int second = in.peek(1);
    if (first < 'a' || first > 'z' || second < 'A' || second > 'z') {
      return null;
    }
    Operator operator = BY_CODE[index(first, second)];
    if (operator != null) {
      in.skip(2);
    }
    return operator;
  }

  Use use() {
    return use;
  }

  Precedence precedence() {
    return precedence;
  }

  /** Returns what is written in an expression. */
  Word symbol() {
    return symbol;
  }

  /** Returns the name of a function that overloads the operator. */
  Word functionName() {
    return name;
  }

  /** Returns whether a function can overload the operator. */
  boolean isNameable() {
    return switch (use) {
      case NAMED_CAST, OF_TYPE, OF_EXPRESSION -> false;
      case MEMBER -> this == ARROW || this == ARROW_POINTER;
      default -> true;
    };
  }

  /** Returns whether packs can be folded with the operator. */
  boolean isFoldable() {
    return use == Use.BINARY || this == MEMBER_POINTER || this == ARROW_POINTER;
  }
}
