package dev.wasmortem.symbols.demangle;

/** Reads names within expressions that depend on template parameters: what they mean is open. */
final class ItaniumScopes {
  private static final Word TILDE = Word.of("~");

  private final ItaniumParser parser;
  private final Mangled in;

  ItaniumScopes(ItaniumParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  /**
   * Reads an unresolved-name, behind its {@code gs}.
   *
   * <pre>
   * unresolved-name ::= base-unresolved-name
   *                 ::= sr unresolved-type [template-args] base-unresolved-name
   *                 ::= srN unresolved-type [template-args] simple-id* E base-unresolved-name
   *                 ::= sr simple-id+ E base-unresolved-name
   * </pre>
   */
  Node unresolved(Global global) {
    if (!in.eat('s', 'r')) {
      return global.of(base());
    }
    Node scope;
    if (in.eat('N')) {
      scope = qualifiers(type());
    } else if (in.digitAhead()) {
      scope = qualifiers(global.of(simple()));
    } else {
      scope = type();
    }
    return Phrase.scoped(scope, base());
  }

  /** Whether a name began with {@code ::}. */
  enum Global {
    NO,
    YES;

    Node of(Node name) {
      return this == YES ? Phrase.name(name, Phrase.SCOPE, name) : name;
    }
  }

  private Node qualifiers(Node first) {
    Node scope = first;
    while (!in.eat('E')) {
      scope = Phrase.scoped(scope, simple());
    }
    return scope;
  }

  private Node type() {
    return withArguments(unresolvedType());
  }

  private Node withArguments(Node name) {
    return in.peek() == 'I'
        ? new TemplateNodes.Specialization(name, parser.templates.arguments(null))
        : name;
  }

  /** Reads a simple-id: {@code source-name [template-args]}. */
  private Node simple() {
    return withArguments(parser.names.source());
  }

  /** Reads an unresolved-type: {@code template-param | decltype | substitution}. */
  private Node unresolvedType() {
    return switch (in.peek()) {
      case 'T' -> parser.remember(parser.templates.parameter());
      case 'D' -> parser.remember(parser.types.decltype());
      default -> parser.templates.substitution();
    };
  }

  /**
   * Reads a base-unresolved-name.
   *
   * <pre>
   * base-unresolved-name ::= simple-id
   *                      ::= [on] operator-name [template-args]
   *                      ::= dn (simple-id | unresolved-type)
   * </pre>
   */
  private Node base() {
    if (in.digitAhead()) {
      return simple();
    }
    if (in.eat('d', 'n')) {
      Node of = in.digitAhead() ? simple() : unresolvedType();
      return Phrase.of(TILDE, new Phrase.LeftHalf(of));
    }
    in.eat('o', 'n');
    return withArguments(parser.names.operator(null));
  }
}
