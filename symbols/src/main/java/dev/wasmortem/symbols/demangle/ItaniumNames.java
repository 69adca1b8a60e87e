package dev.wasmortem.symbols.demangle;

import org.jspecify.annotations.Nullable;

/** Reads names: nested, local, of operators, constructors, lambdas and modules. */
final class ItaniumNames {
  private static final Word STD = Word.of("std");
  private static final Word ANONYMOUS_NAMESPACE = Word.of("(anonymous namespace)");
  private static final Word STRING_LITERAL = Word.of("string literal");
  private static final Word BLOCK_LITERAL = Word.of("'block-literal'");
  private static final Word UNNAMED = Word.of("'unnamed");
  private static final Word QUOTE = Word.of("'");
  private static final Word AT = Word.of("@");
  private static final Word FRIEND = Word.of("::friend ");
  private static final Word OPERATOR = Word.of("operator ");
  private static final Word LITERAL_OPERATOR = Word.of("operator\"\" ");
  private static final Word TILDE = Word.of("~");
  private static final Node OPEN_BINDINGS = new Phrase.Bracket('[');
  private static final Node CLOSE_BINDINGS = new Phrase.Bracket(']');

  private final ItaniumParser parser;
  private final Mangled in;

  ItaniumNames(ItaniumParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  /**
   * Reads a name.
   *
   * <pre>
   * name ::= nested-name
   *      ::= local-name
   *      ::= unscoped-name
   *      ::= unscoped-template-name template-args
   * </pre>
   *
   * @param function the function whose name it is; null for other names
   */
  Node name(ItaniumEncodings.@Nullable Function function) {
    parser.enter();
    Node result =
        switch (in.peek()) {
          case 'N' -> nested(function);
          case 'Z' -> local(function);
          default -> unscoped(function);
        };
    parser.leave();
    return result;
  }

  /**
   * Reads an unscoped-name, with the template arguments that follow.
   *
   * <pre>
   * unscoped-name          ::= [St] unqualified-name
   * unscoped-template-name ::= unscoped-name | substitution
   * </pre>
   */
  private Node unscoped(ItaniumEncodings.@Nullable Function function) {
    Node scope = in.eat('S', 't') ? STD : null;
    Node template;
    if (in.peek() == 'S') {
      Node substitution = parser.templates.substitution();
      if (substitution instanceof NameNodes.Module module) {
        template = unqualified(function, scope, module);
      } else if (scope == null && in.peek() == 'I') {
        return specialization(substitution, function);
      } else {
        throw Undemangled.here();
      }
    } else {
      template = unqualified(function, scope, null);
    }
    return in.peek() == 'I' ? specialization(parser.remember(template), function) : template;
  }

  private Node specialization(Node template, ItaniumEncodings.@Nullable Function function) {
    Node arguments = parser.templates.arguments(function);
    if (function != null) {
      function.endsWithArguments = true;
    }
    return new TemplateNodes.Specialization(template, arguments);
  }

  /** Reads what in a type begins with a module's name, which was a substitution. */
  Node inModule(NameNodes.Module module) {
    return unqualified(null, null, module);
  }

  /**
   * Reads a local-name.
   *
   * <pre>
   * local-name ::= Z encoding E name [discriminator]
   *            ::= Z encoding Es [discriminator]
   *            ::= Z encoding Ed [number] _ name
   * </pre>
   */
  private Node local(ItaniumEncodings.@Nullable Function function) {
    in.expect('Z');
    Node outer = parser.encodings.encoding();
    in.expect('E');
    if (in.eat('s')) {
      discriminator();
      return Phrase.of(outer, Phrase.SCOPE, STRING_LITERAL);
    }
    Node entity;
    if (function == null) {
      // The parameters of what is around this name are not those of the name.
      ItaniumTemplates.Scope scope = parser.templates.enterScope();
      entity = entity(null);
      parser.templates.leaveScope(scope);
    } else {
      entity = entity(function);
    }
    return Phrase.of(outer, Phrase.SCOPE, entity);
  }

  private Node entity(ItaniumEncodings.@Nullable Function function) {
    if (in.eat('d')) {
      in.signedDigits();
      in.expect('_');
      return name(function);
    }
    Node entity = name(function);
    discriminator();
    return entity;
  }

  /** Skips a discriminator if there is one: {@code _ digit}, {@code __ number _}, or a number. */
  private void discriminator() {
    if (in.eat('_')) {
      skipDiscriminator();
    } else if (in.digitAhead()) {
      int start = in.at();
      in.digits();
      if (!in.isAtEnd()) {
        in.moveTo(start); // GCC's extension is only there at the very end
      }
    }
  }

  private void skipDiscriminator() {
    int start = in.at();
    if (in.digitAhead()) {
      in.skip(1);
      return;
    }
    if (in.eat('_')) {
      in.digits();
      if (in.eat('_')) {
        return;
      }
    }
    in.moveTo(start - 1); // no discriminator at all
  }

  /**
   * Reads a nested-name.
   *
   * <pre>
   * nested-name ::= N [CV-qualifiers] [ref-qualifier] prefix unqualified-name E
   *             ::= N [CV-qualifiers] [ref-qualifier] template-prefix template-args E
   *             ::= NH prefix unqualified-name E
   * </pre>
   */
  private Node nested(ItaniumEncodings.@Nullable Function function) {
    in.expect('N');
    boolean explicitObject = in.eat('H');
    Word qualifiers = Word.EMPTY;
    int reference = 0;
    if (!explicitObject) {
      qualifiers = parser.types.qualifiers();
      reference = in.eat('O') ? 'O' : in.eat('R') ? 'R' : 0;
    }
    if (function != null) {
      function.explicitObject |= explicitObject;
      if (!explicitObject) {
        function.qualifiers = qualifiers;
        function.reference = reference;
      }
    }
    Node prefix = null;
    while (!in.eat('E')) {
      if (function != null) {
        function.endsWithArguments = false;
      }
      prefix = prefix(prefix, function);
    }
    if (prefix == null) {
      throw Undemangled.here();
    }
    parser.forgetLast(); // the whole is remembered by those for whom it is a type
    return prefix;
  }

  /** Reads one more component of a nested name. */
  private Node prefix(@Nullable Node before, ItaniumEncodings.@Nullable Function function) {
    Node result;
    int c = in.peek();
    if (c == 'I') {
      if (before == null || before instanceof TemplateNodes.Specialization) {
        throw Undemangled.here();
      }
      result = specialization(before, function);
    } else if (c == 'S') {
      if (in.eat('S', 't')) {
        return alone(before, STD);
      }
      Node substitution = parser.templates.substitution();
      if (!(substitution instanceof NameNodes.Module module)) {
        return alone(before, substitution);
      }
      result = unqualified(function, before, module);
    } else if (c == 'T') {
      result = alone(before, parser.templates.parameter());
    } else if (c == 'D' && (in.peek(1) == 't' || in.peek(1) == 'T')) {
      result = alone(before, parser.types.decltype());
    } else {
      result = unqualified(function, before, null);
    }
    parser.remember(result);
    in.eat('M'); // of a data member's initializer, an older form
    return result;
  }

  /** Returns the beginning of a name, which nothing may precede. */
  private static Node alone(@Nullable Node before, Node first) {
    if (before != null) {
      throw Undemangled.here();
    }
    return first;
  }

  /**
   * Reads an unqualified-name.
   *
   * <pre>
   * unqualified-name ::= [module-name] [F] [L] operator-name [abi-tags]
   *                  ::= ctor-dtor-name [abi-tags]
   *                  ::= [module-name] [F] [L] source-name [abi-tags]
   *                  ::= [module-name] [L] unnamed-type-name [abi-tags]
   *                  ::= [module-name] [L] DC source-name+ E
   * </pre>
   */
  private Node unqualified(
      ItaniumEncodings.@Nullable Function function,
      @Nullable Node scope,
      NameNodes.@Nullable Module known) {
    NameNodes.Module module = module(known);
    boolean friend = scope != null && in.eat('F');
    in.eat('L'); // internal linkage
    Node around = scope;
    Node result;
    int c = in.peek();
    if (c >= '1' && c <= '9') {
      result = source();
    } else if (c == 'U') {
      result = unnamedType(function);
    } else if (in.eat('D', 'C')) {
      result = bindings();
    } else if (c == 'C' || c == 'D') {
      if (scope == null || module != null) {
        throw Undemangled.here();
      }
      around = scope instanceof NameNodes.StandardName standard ? standard.expanded() : scope;
      result = constructor(around, function);
    } else {
      result = operator(function);
    }
    if (module != null) {
      result = Phrase.name(result, result, AT, module);
    }
    result = parser.abiTags(result);
    if (around == null) {
      return result;
    }
    return friend ? Phrase.name(result, around, FRIEND, result) : Phrase.scoped(around, result);
  }

  /**
   * Reads a module-name, if there is one.
   *
   * <pre>module-name ::= [module-name | substitution] W [P] source-name</pre>
   */
  NameNodes.@Nullable Module module(NameNodes.@Nullable Module known) {
    NameNodes.Module module = known;
    while (in.eat('W')) {
      boolean partition = in.eat('P');
      module = parser.remember(new NameNodes.Module(module, source(), partition));
    }
    return module;
  }

  /** Reads a source-name: a number and as many bytes. */
  Word source() {
    Word name = in.counted();
    return name.startsWith("_GLOBAL__N") ? ANONYMOUS_NAMESPACE : name;
  }

  private Node bindings() {
    int begin = parser.begin();
    do {
      parser.add(source());
    } while (!in.eat('E'));
    return Phrase.of(OPEN_BINDINGS, parser.list(begin), CLOSE_BINDINGS);
  }

  /**
   * Reads an unnamed-type-name.
   *
   * <pre>
   * unnamed-type-name ::= Ut [number] _
   *                   ::= Ul lambda-sig E [number] _
   *                   ::= Ub [number] _
   * </pre>
   */
  Node unnamedType(ItaniumEncodings.@Nullable Function function) {
    if (function != null) {
      parser.templates.clear(); // parameters are those of the arguments that follow
    }
    in.expect('U');
    int kind = in.next();
    if (kind == 'l') {
      Node declarator = parser.templates.lambdaSignature();
      in.expect('E');
      return new NameNodes.Closure(count(), declarator);
    }
    if (kind == 't') {
      return Phrase.of(UNNAMED, count(), QUOTE);
    }
    if (kind == 'b') {
      count();
      return BLOCK_LITERAL;
    }
    throw Undemangled.here();
  }

  private Word count() {
    Word count = in.digits();
    in.expect('_');
    return count;
  }

  /**
   * Reads a ctor-dtor-name, also GCC's for what several of them share.
   *
   * <pre>ctor-dtor-name ::= C digit | CI digit type | D digit</pre>
   */
  private Node constructor(Node owner, ItaniumEncodings.@Nullable Function function) {
    boolean destructor = in.next() == 'D';
    boolean inherited = !destructor && in.eat('I');
    int variant = in.next();
    if (variant > '5' || variant < (destructor ? '0' : '1') || (destructor && variant == '3')) {
      throw Undemangled.here();
    }
    if (function != null) {
      function.resultless = true;
    }
    if (inherited) {
      name(function); // whose constructor it is; not printed
    }
    Word name = owner.baseName();
    return destructor ? Phrase.of(TILDE, name) : Phrase.of(name);
  }

  /**
   * Reads an operator-name.
   *
   * <pre>
   * operator-name ::= the code of an operator
   *               ::= cv type
   *               ::= li source-name
   *               ::= v digit source-name
   * </pre>
   */
  Node operator(ItaniumEncodings.@Nullable Function function) {
    Operator operator = Operator.read(in);
    if (operator == Operator.CONVERSION) {
      Node type = parser.templates.conversionType(function);
      if (function != null) {
        function.resultless = true;
      }
      return Phrase.of(OPERATOR, type);
    }
    if (operator != null) {
      if (!operator.isNameable()) {
        throw Undemangled.here();
      }
      return operator.functionName();
    }
    if (in.eat('l', 'i')) {
      return Phrase.of(LITERAL_OPERATOR, source());
    }
    in.expect('v');
    if (!Mangled.isDigit(in.next())) {
      throw Undemangled.here();
    }
    return Phrase.of(OPERATOR, source());
  }
}
