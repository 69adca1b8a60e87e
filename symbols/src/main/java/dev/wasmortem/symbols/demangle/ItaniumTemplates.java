package dev.wasmortem.symbols.demangle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads template parameters and arguments, and knows which parameter stands for what. */
final class ItaniumTemplates {
  private static final Word AUTO = Word.of("auto");
  private static final Word TYPENAME = Word.of("typename ");
  private static final Word TEMPLATE = Word.of("template");
  private static final Word TEMPLATE_TYPENAME = Word.of(" typename ");
  private static final Word REQUIRES = Word.of(" requires ");
  private static final int NO_LEVEL = -1;

  private final ItaniumParser parser;
  private final Mangled in;
  private final List<TemplateNodes.ForwardReference> forward = new ArrayList<>();

  /** How many parameters without a name there were: types, values, templates. */
  private final int[] invented = new int[3];

  /**
   * The parameters that can be referred to: level 0 those of the function, deeper ones those of
   * lambdas in each other. A lambda that has but {@code auto} parameters has no list.
   */
  private Scope levels = new Scope();

  /** Parameters of one function. */
  static final class Scope {
    private final List<@Nullable List<Node>> levels = new ArrayList<>(2);
  }

  /** The level of the lambda whose parameters are being read. */
  private int lambdaLevel = NO_LEVEL;

  /** Whether a parameter may be of arguments that come later. */
  private boolean forwardAllowed;

  /** Within constraints the levels are not known well enough; parameters are printed as read. */
  private boolean untracked;

  ItaniumTemplates(ItaniumParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  /** Forgets parameters until {@link #leaveScope} brings them back. */
  Scope enterScope() {
    Scope outer = levels;
    levels = new Scope();
    return outer;
  }

  void leaveScope(Scope outer) {
    levels = outer;
  }

  /** Forgets all parameters. */
  void clear() {
    levels.levels.clear();
  }

  int forwardReferences() {
    return forward.size();
  }

  /** Resolves the forward references from {@code first} on, now that the arguments are known. */
  void resolve(int first) {
    for (int i = first; i < forward.size(); i++) {
      TemplateNodes.ForwardReference reference = forward.get(i);
      reference.resolve(parameter(0, reference.index()));
    }
    forward.subList(first, forward.size()).clear();
  }

  private Node parameter(int level, int index) {
    Node found = find(level, index);
    if (found == null) {
      throw Undemangled.here();
    }
    return found;
  }

  private @Nullable Node find(int level, int index) {
    List<Node> list = level < levels.levels.size() ? levels.levels.get(level) : null;
    return list != null && index < list.size() ? list.get(index) : null;
  }

  /** Reads a type in which parameters may be of arguments that come later. */
  Node conversionType(ItaniumEncodings.@Nullable Function function) {
    boolean outer = forwardAllowed;
    forwardAllowed |= function != null;
    Node type = parser.types.typeWithoutArguments();
    forwardAllowed = outer;
    return type;
  }

  /** Reads the expression of a constraint. */
  Node constraint() {
    boolean outer = untracked;
    untracked = true;
    Node result = parser.expressions.expression();
    untracked = outer;
    return result;
  }

  /**
   * Reads a template-param.
   *
   * <pre>
   * template-param ::= T [number] _
   *                ::= TL number _ [number] _
   * </pre>
   */
  Node parameter() {
    int start = in.at();
    in.expect('T');
    int level = 0;
    if (in.eat('L')) {
      level = in.number() + 1;
      in.expect('_');
    }
    int index = 0;
    if (!in.eat('_')) {
      index = in.number() + 1;
      in.expect('_');
    }
    if (untracked) {
      return new Word(in.bytes(), start, in.at() - 1 - start);
    }
    if (forwardAllowed && level == 0) {
      TemplateNodes.ForwardReference reference = new TemplateNodes.ForwardReference(index);
      forward.add(reference);
      return reference;
    }
    Node known = find(level, index);
    if (known != null) {
      return known;
    }
    // 5.1.8: auto in the parameters of a generic lambda is a parameter of its own.
    if (level != lambdaLevel || level > levels.levels.size()) {
      throw Undemangled.here();
    }
    if (level == levels.levels.size()) {
      levels.levels.add(null);
    }
    return AUTO;
  }

  /**
   * Reads what stands between {@code Ul} and {@code E}: a lambda-sig.
   *
   * <pre>lambda-sig ::= template-param-decl* [Q expression] (v | type+) [Q expression]</pre>
   */
  Node lambdaSignature() {
    int outerLambda = lambdaLevel;
    int outerLevels = levels.levels.size();
    lambdaLevel = outerLevels;
    List<Node> parameters = new ArrayList<>();
    levels.levels.add(parameters);
    int begin = parser.begin();
    while (isDeclaration()) {
      parser.add(declaration(parameters));
    }
    Phrase.Listed declarations = parser.list(begin);
    if (declarations.isEmpty()) {
      levels.levels.remove(levels.levels.size() - 1);
    }
    Node first = in.eat('Q') ? Phrase.of(REQUIRES, constraint(), Phrase.SPACE) : Word.EMPTY;
    if (!in.eat('v')) {
      do {
        parser.add(parser.types.type());
      } while (in.peek() != 'E' && in.peek() != 'Q');
    }
    Node types = Phrase.parenthesized(parser.list(begin));
    Node second = in.eat('Q') ? Phrase.of(REQUIRES, constraint()) : Word.EMPTY;
    while (levels.levels.size() > outerLevels) {
      levels.levels.remove(levels.levels.size() - 1);
    }
    lambdaLevel = outerLambda;
    if (declarations.isEmpty() && first == Word.EMPTY && second == Word.EMPTY) {
      return types;
    }
    Node angled = declarations.isEmpty() ? Word.EMPTY : new Phrase.Angled(declarations);
    return Phrase.of(angled, first, types, second);
  }

  private boolean isDeclaration() {
    if (in.peek() != 'T') {
      return false;
    }
    return switch (in.peek(1)) {
      case 'y', 'p', 't', 'n', 'k' -> true;
      default -> false;
    };
  }

  /** Makes up a name for a parameter: {@code $T}, {@code $T0}, {@code $T1}… */
  private Node invent(int kind, String prefix, @Nullable List<Node> into) {
    int count = invented[kind]++;
    Node name = Word.of(count == 0 ? prefix : prefix + (count - 1));
    if (into != null) {
      into.add(name);
    }
    return name;
  }

  /**
   * Reads a template-param-decl.
   *
   * <pre>
   * template-param-decl ::= Ty
   *                     ::= Tk name
   *                     ::= Tn type
   *                     ::= Tt template-param-decl* [Q expression] E
   *                     ::= Tp template-param-decl
   * </pre>
   *
   * @param into the list to which the parameter belongs
   */
  private Node declaration(@Nullable List<Node> into) {
    parser.enter();
    in.expect('T');
    Node result =
        switch (in.next()) {
          case 'y' -> new TemplateNodes.Declaration(TYPENAME, invent(0, "$T", into));
          case 'k' -> constrainedDeclaration(into);
          case 'n' -> {
            Node name = invent(1, "$N", into);
            yield new TemplateNodes.ValueDeclaration(name, parser.types.type());
          }
          case 't' -> templateDeclaration(invent(2, "$TT", into));
          case 'p' -> new TemplateNodes.PackDeclaration(declaration(into));
          default -> throw Undemangled.here();
        };
    parser.leave();
    return result;
  }

  private Node constrainedDeclaration(@Nullable List<Node> into) {
    boolean outer = untracked;
    untracked = true;
    Node concept = parser.names.name(null);
    untracked = outer;
    return new TemplateNodes.Declaration(Phrase.of(concept, Phrase.SPACE), invent(0, "$T", into));
  }

  private Node templateDeclaration(Node name) {
    int begin = parser.begin();
    int outerLevels = levels.levels.size();
    List<Node> parameters = new ArrayList<>();
    levels.levels.add(parameters);
    Node requires = Word.EMPTY;
    while (!in.eat('E')) {
      parser.add(declaration(parameters));
      if (in.eat('Q')) {
        requires = Phrase.of(REQUIRES, constraint());
        in.expect('E');
        break;
      }
    }
    while (levels.levels.size() > outerLevels) {
      levels.levels.remove(levels.levels.size() - 1);
    }
    Node angled = new Phrase.Angled(parser.list(begin));
    return new TemplateNodes.Declaration(
        Phrase.of(TEMPLATE, angled, TEMPLATE_TYPENAME), Phrase.of(name, requires));
  }

  /**
   * Reads a template-args.
   *
   * <pre>template-args ::= I template-arg* [Q expression] E</pre>
   *
   * @param function whose name the arguments belong to: then its parameters are of them
   */
  Node arguments(ItaniumEncodings.@Nullable Function function) {
    in.expect('I');
    List<Node> table = null;
    if (function != null) {
      table = new ArrayList<>();
      levels.levels.clear();
      levels.levels.add(table);
    }
    int begin = parser.begin();
    while (!in.eat('E')) {
      Node argument = argument();
      parser.add(argument);
      if (table != null) {
        table.add(parameterOf(argument));
      }
      if (in.eat('Q')) {
        constraint(); // not printed
        in.expect('E');
        break;
      }
    }
    return new Phrase.Angled(parser.list(begin));
  }

  private static Node parameterOf(Node argument) {
    if (argument instanceof TemplateNodes.DeclaredArgument declared) {
      return declared.argument();
    }
    return argument instanceof TemplateNodes.PackArgument pack
        ? new TemplateNodes.Pack(pack.elements().items())
        : argument;
  }

  /**
   * Reads a template-arg.
   *
   * <pre>
   * template-arg ::= type
   *              ::= X expression E
   *              ::= expr-primary
   *              ::= LZ encoding E
   *              ::= J template-arg* E
   *              ::= template-param-decl template-arg
   * </pre>
   */
  Node argument() {
    parser.enter();
    Node result;
    if (in.eat('X')) {
      result = parser.expressions.expression();
      in.expect('E');
    } else if (in.eat('J')) {
      int begin = parser.begin();
      while (!in.eat('E')) {
        parser.add(argument());
      }
      result = new TemplateNodes.PackArgument(parser.list(begin));
    } else if (in.eat('L', 'Z')) {
      result = parser.encodings.encoding();
      in.expect('E');
    } else if (in.peek() == 'L') {
      result = parser.literals.primary();
    } else if (isDeclaration()) {
      declaration(null);
      result = new TemplateNodes.DeclaredArgument(argument());
    } else {
      result = parser.types.type();
    }
    parser.leave();
    return result;
  }

  /**
   * Reads a substitution, but not {@code St}.
   *
   * <pre>substitution ::= S [seq-id] _ | Sa | Sb | Ss | Si | So | Sd</pre>
   */
  Node substitution() {
    in.expect('S');
    int letter = in.peek();
    if (letter >= 'a' && letter <= 'z') {
      Node standard = NameNodes.StandardName.of(letter);
      if (standard == null) {
        throw Undemangled.here();
      }
      in.skip(1);
      Node tagged = parser.abiTags(standard);
      return tagged == standard ? standard : parser.remember(tagged);
    }
    if (in.eat('_')) {
      return parser.remembered(0);
    }
    int index = sequenceId() + 1;
    in.expect('_');
    return parser.remembered(index);
  }

  /** Reads a seq-id: digits and capital letters, to base 36. */
  private int sequenceId() {
    int start = in.at();
    long value = 0;
    while (true) {
      int c = in.peek();
      if (Mangled.isDigit(c)) {
        value = value * 36 + (c - '0');
      } else if (c >= 'A' && c <= 'Z') {
        value = value * 36 + (c - 'A' + 10);
      } else {
        break;
      }
      if (value > Integer.MAX_VALUE - 1) {
        throw Undemangled.here();
      }
      in.skip(1);
    }
    if (in.at() == start) {
      throw Undemangled.here();
    }
    return (int) value;
  }

  /** Skips a seq-id and returns whether there was one. */
  boolean skipSequenceId() {
    int c = in.peek();
    if (!Mangled.isDigit(c) && !(c >= 'A' && c <= 'Z')) {
      return false;
    }
    sequenceId();
    return true;
  }
}
