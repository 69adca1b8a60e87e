package dev.wasmortem.symbols.demangle;

/** Reads whole encodings: functions with their parameters, data, and special names. */
final class ItaniumEncodings {
  private static final Word THUNK = Word.of("non-virtual thunk to ");
  private static final Word VIRTUAL_THUNK = Word.of("virtual thunk to ");
  private static final Word COVARIANT_THUNK = Word.of("covariant return thunk to ");
  private static final Word THIS = Word.of("this ");
  private static final Word REQUIRES = Word.of(" requires ");
  private static final Word ENABLE_IF = Word.of(" [enable_if:");
  private static final Word CLOSE_BRACKET = Word.of("]");
  private static final Word LVALUE = Word.of(" &");
  private static final Word RVALUE = Word.of(" &&");

  private final ItaniumParser parser;
  private final Mangled in;

  ItaniumEncodings(ItaniumParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  /** What a name says about the function that it is of. */
  static final class Function {
    /** A constructor, destructor or conversion, which has no result in its name. */
    boolean resultless;

    boolean endsWithArguments;
    boolean explicitObject;
    Word qualifiers = Word.EMPTY;
    int reference;
  }

  /**
   * Reads an encoding.
   *
   * <pre>
   * encoding ::= name [bare-function-type [Q requires-clause-expression]]
   *          ::= special-name
   * </pre>
   */
  Node encoding() {
    parser.enter();
    ItaniumTemplates.Scope outer = parser.templates.enterScope();
    Node result = in.peek() == 'G' || in.peek() == 'T' ? special() : function();
    parser.templates.leaveScope(outer);
    parser.leave();
    return result;
  }

  /** What can follow an encoding; no type begins like this. */
  private boolean isAtEnd() {
    return switch (in.peek()) {
      case 0, 'E', '.', '_' -> true;
      default -> false;
    };
  }

  private Node function() {
    Function function = new Function();
    int references = parser.templates.forwardReferences();
    Node name = parser.names.name(function);
    parser.templates.resolve(references);
    if (isAtEnd()) {
      return name;
    }
    Node attributes = in.eat("Ua9enable_ifI") ? enableIf() : Word.EMPTY;
    Node result = null;
    if (!function.resultless && function.endsWithArguments) {
      result = parser.types.type();
    }
    Node parameters = parameters(function);
    Node requires = in.eat('Q') ? Phrase.of(REQUIRES, parser.templates.constraint()) : Word.EMPTY;
    return new TypeNodes.NamedFunction(
        result, name, parameters, trailer(function, attributes, requires));
  }

  private Node enableIf() {
    int begin = parser.begin();
    while (!in.eat('E')) {
      parser.add(parser.templates.argument());
    }
    return Phrase.of(ENABLE_IF, parser.list(begin), CLOSE_BRACKET);
  }

  private Node parameters(Function function) {
    if (in.eat('v')) {
      return Phrase.Listed.NONE;
    }
    int begin = parser.begin();
    boolean object = function.explicitObject;
    do {
      Node type = parser.types.type();
      parser.add(object ? Phrase.of(THIS, type) : type);
      object = false;
    } while (!isAtEnd() && in.peek() != 'Q');
    return parser.list(begin);
  }

  private static Node trailer(Function function, Node attributes, Node requires) {
    Word reference = reference(function.reference);
    if (attributes == Word.EMPTY && requires == Word.EMPTY && reference == Word.EMPTY) {
      return function.qualifiers;
    }
    return Phrase.of(function.qualifiers, reference, attributes, requires);
  }

  /** Returns what is printed for a ref-qualifier, {@code R} or {@code O} or nothing. */
  static Word reference(int letter) {
    return switch (letter) {
      case 'R' -> LVALUE;
      case 'O' -> RVALUE;
      default -> Word.EMPTY;
    };
  }

  private static Node special(String what, Node of) {
    return Phrase.of(Word.of(what), of);
  }

  /**
   * Reads a special-name.
   *
   * <pre>
   * special-name ::= TV type | TT type | TI type | TS type | TA template-arg
   *              ::= TC type number _ type
   *              ::= Tc call-offset call-offset encoding | T call-offset encoding
   *              ::= TW name | TH name | GV name | GR name [[seq-id] _] | GI module-name
   * </pre>
   */
  private Node special() {
    boolean type = in.next() == 'T';
    int letter = in.peek();
    if (type && (letter == 'h' || letter == 'v')) {
      callOffset();
      return new NameNodes.Entry(letter == 'v' ? VIRTUAL_THUNK : THUNK, encoding());
    }
    in.skip(1);
    return type ? typeSpecial(letter) : guardSpecial(letter);
  }

  private Node typeSpecial(int letter) {
    return switch (letter) {
      case 'A' -> special("template parameter object for ", parser.templates.argument());
      case 'V' -> special("vtable for ", parser.types.type());
      case 'T' -> special("VTT for ", parser.types.type());
      case 'I' -> special("typeinfo for ", parser.types.type());
      case 'S' -> special("typeinfo name for ", parser.types.type());
      case 'W' -> special("thread-local wrapper routine for ", parser.names.name(null));
      case 'H' -> special("thread-local initialization routine for ", parser.names.name(null));
      case 'c' -> {
        callOffset();
        callOffset();
        yield new NameNodes.Entry(COVARIANT_THUNK, encoding());
      }
      case 'C' -> {
        Node whole = parser.types.type();
        signedNumber();
        in.expect('_');
        Node base = parser.types.type();
        yield Phrase.of(Word.of("construction vtable for "), base, Word.of("-in-"), whole);
      }
      default -> throw Undemangled.here();
    };
  }

  private Node guardSpecial(int letter) {
    return switch (letter) {
      case 'V' -> special("guard variable for ", parser.names.name(null));
      case 'R' -> {
        Node name = parser.names.name(null);
        if (parser.templates.skipSequenceId()) {
          in.expect('_');
        } else {
          in.eat('_');
        }
        yield special("reference temporary for ", name);
      }
      case 'I' -> {
        NameNodes.Module module = parser.names.module(null);
        if (module == null) {
          throw Undemangled.here();
        }
        yield special("initializer for module ", module);
      }
      default -> throw Undemangled.here();
    };
  }

  /** Skips a call-offset: {@code h number _} or {@code v number _ number _}. */
  private void callOffset() {
    boolean virtual = in.eat('v');
    if (!virtual) {
      in.expect('h');
    }
    signedNumber();
    in.expect('_');
    if (virtual) {
      signedNumber();
      in.expect('_');
    }
  }

  private void signedNumber() {
    if (in.signedDigits().isEmpty()) {
      throw Undemangled.here();
    }
  }
}
