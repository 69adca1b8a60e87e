package dev.wasmortem.symbols.demangle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Swift name: each operator takes what it is made of from a stack and puts itself there, so
 * nothing here is recursive.
 *
 * <p>The rules are those of Swift's <a
 * href="https://github.com/swiftlang/swift/blob/main/docs/ABI/Mangling.rst">Mangling.rst</a>.
 */
final class SwiftParser {
  /** How labels of parameters are written. */
  enum Labels {
    /** Before the type, all at once. */
    BEFORE_THE_TYPE,
    /** In the type, as Swift 4.0 did. */
    IN_THE_TYPE
  }

  private static final int FIRST_NUMBERED_SUBSTITUTION = 26;

  final Mangled in;
  final Labels labels;
  final SwiftIdentifiers identifiers;
  final SwiftTypes types;
  final SwiftFunctionTypes functionTypes;
  final SwiftGenerics generics;
  final SwiftConformances conformances;
  final SwiftEntities entities;
  private final SwiftGlobals globals;
  private final SwiftThunks thunks;
  private final List<SwiftNode> stack = new ArrayList<>();
  private final List<SwiftNode> substitutions = new ArrayList<>();
  private int steps;

  /**
   * @param limit of parts
   */
  SwiftParser(Mangled in, Labels labels, int limit) {
    this.in = in;
    this.labels = labels;
    this.steps = limit;
    this.identifiers = new SwiftIdentifiers(this, limit);
    this.types = new SwiftTypes(this);
    this.functionTypes = new SwiftFunctionTypes(this);
    this.generics = new SwiftGenerics(this);
    this.conformances = new SwiftConformances(this);
    this.entities = new SwiftEntities(this);
    this.globals = new SwiftGlobals(this);
    this.thunks = new SwiftThunks(this);
  }

  /** Reads everything and returns what is on the stack then. */
  List<SwiftNode> read() {
    while (!in.isAtEnd()) {
      push(operator());
    }
    return stack;
  }

  private SwiftNode operator() {
    int c = in.peek();
    if (Mangled.isDigit(c)) {
      return identifiers.identifier();
    }
    in.next();
    return switch (c) {
      case 'A' -> substitution();
      case 'B' -> types.builtin();
      case 'C' -> entities.nominal(SwiftKind.CLASS);
      case 'D' -> globals.type();
      case 'E' -> entities.extension();
      case 'F' -> entities.function();
      case 'G' -> generics.bound();
      case 'H' -> conformances.runtime();
      case 'I' -> functionTypes.implementation();
      case 'K' -> SwiftNode.of(SwiftKind.THROWS);
      case 'L' -> identifiers.discriminated();
      case 'M' -> globals.metadata();
      case 'N' -> SwiftNode.labelled("type metadata for ", type());
      case 'O' -> entities.nominal(SwiftKind.ENUM);
      case 'P' -> entities.nominal(SwiftKind.PROTOCOL);
      case 'Q' -> types.archetype();
      case 'R' -> generics.requirement();
      case 'S' -> standardSubstitution();
      case 'T' -> thunks.thunk();
      case 'V' -> entities.nominal(SwiftKind.STRUCTURE);
      case 'W' -> globals.witness();
      case 'X' -> types.special();
      case 'Y' -> functionTypes.annotation();
      case 'Z' -> SwiftNode.of(SwiftKind.STATIC, entity());
      default -> lowerCaseOperator(c);
    };
  }

  private SwiftNode lowerCaseOperator(int c) {
    return switch (c) {
      case 'a' -> entities.nominal(SwiftKind.TYPE_ALIAS);
      case 'c' -> functionTypes.function("");
      case 'd' -> SwiftNode.of(SwiftKind.VARIADIC);
      case 'f' -> entities.functionLike();
      case 'g' -> conformances.retroactive();
      case 'h' -> SwiftNode.of(SwiftKind.MODIFIED_TYPE, "__shared ", type());
      case 'i' -> entities.subscript();
      case 'l' -> generics.signature();
      case 'm' -> SwiftNode.of(SwiftKind.METATYPE, type());
      case 'n' -> SwiftNode.of(SwiftKind.MODIFIED_TYPE, "__owned ", type());
      case 'o' -> identifiers.operatorName();
      case 'p' -> types.protocols();
      case 'q' -> generics.parameter();
      case 'r' -> generics.signatureWithCounts();
      case 's' -> SwiftNode.of(SwiftKind.MODULE, "Swift");
      case 't' -> types.tuple();
      case 'u' -> generics.genericType();
      case 'v' -> entities.variable();
      case 'w' -> globals.valueWitness();
      case 'x' -> SwiftGenerics.firstParameter();
      case 'y' -> SwiftNode.of(SwiftKind.EMPTY_LIST);
      case 'z' -> SwiftNode.of(SwiftKind.INOUT, "inout ", type());
      case '_' -> SwiftNode.of(SwiftKind.FIRST_ELEMENT);
      case '.' -> suffix();
      case '$' -> types.integer();
      default -> throw Undemangled.here();
    };
  }

  private SwiftNode suffix() {
    Word text = new Word(in.bytes(), in.at() - 1, in.left() + 1);
    in.skip(in.left());
    return SwiftNode.of(SwiftKind.SUFFIX, text);
  }

  /**
   * Reads substitutions, of which all but the last are put on the stack here.
   *
   * <pre>
   * substitution ::= A index | A ([natural] [a-z])* [natural] [A-Z]
   * </pre>
   */
  private SwiftNode substitution() {
    while (true) {
      int repeat = 1;
      if (in.digitAhead()) {
        repeat = in.number();
        if (in.eat('_')) {
          return substituted(FIRST_NUMBERED_SUBSTITUTION + 1 + repeat);
        }
      } else if (in.eat('_')) {
        return substituted(FIRST_NUMBERED_SUBSTITUTION);
      }
      int c = in.next();
      boolean isLast = c >= 'A' && c <= 'Z';
      if (!isLast && (c < 'a' || c > 'z')) {
        throw Undemangled.here();
      }
      SwiftNode node = substituted(c - (isLast ? 'A' : 'a'));
      pushTimes(node, repeat - 1);
      if (isLast) {
        return node;
      }
      push(node);
    }
  }

  private SwiftNode substituted(int index) {
    if (index >= substitutions.size()) {
      throw Undemangled.here();
    }
    return substitutions.get(index);
  }

  private SwiftNode standardSubstitution() {
    if (in.eat('o')) {
      return SwiftNode.of(SwiftKind.MODULE, "__C");
    }
    if (in.eat('C')) {
      return SwiftNode.of(SwiftKind.MODULE, "__C_Synthesized");
    }
    if (in.eat('g')) {
      return substitutable(SwiftStandardType.optional(type()));
    }
    int repeat = in.digitAhead() ? in.number() : 1;
    SwiftNode type = SwiftStandardType.read(in);
    pushTimes(type, repeat - 1);
    return type;
  }

  private void pushTimes(SwiftNode node, int times) {
    for (int i = 0; i < times; i++) {
      push(node);
    }
  }

  void push(SwiftNode node) {
    if (--steps < 0) {
      throw Undemangled.here();
    }
    stack.add(node);
  }

  /** Notes a part that substitutions may refer to. */
  SwiftNode substitutable(SwiftNode node) {
    substitutions.add(node);
    return node;
  }

  /** Returns an index: nothing for 0, else a number one less. */
  int index() {
    if (in.eat('_')) {
      return 0;
    }
    int number = in.number();
    in.expect('_');
    return number + 1;
  }

  private @Nullable SwiftNode top() {
    return stack.isEmpty() ? null : stack.get(stack.size() - 1);
  }

  /** Takes whatever there is. */
  SwiftNode any() {
    if (stack.isEmpty()) {
      throw Undemangled.here();
    }
    return stack.remove(stack.size() - 1);
  }

  /** Takes a part if it is of a kind. */
  @Nullable SwiftNode maybe(SwiftKind kind) {
    SwiftNode top = top();
    return top != null && top.is(kind) ? any() : null;
  }

  /** Takes a part if it can have a role. */
  @Nullable SwiftNode maybe(SwiftKind.Role role) {
    SwiftNode top = top();
    return top != null && top.is(role) ? any() : null;
  }

  boolean eat(SwiftKind kind) {
    return maybe(kind) != null;
  }

  SwiftNode take(SwiftKind kind) {
    return found(maybe(kind));
  }

  SwiftNode take(SwiftKind.Role role) {
    return found(maybe(role));
  }

  private static SwiftNode found(@Nullable SwiftNode node) {
    if (node == null) {
      throw Undemangled.here();
    }
    return node;
  }

  SwiftNode type() {
    return take(SwiftKind.Role.TYPE);
  }

  SwiftNode name() {
    return take(SwiftKind.Role.NAME);
  }

  SwiftNode nominal() {
    return take(SwiftKind.Role.NOMINAL);
  }

  /** Takes a declaration. */
  SwiftNode entity() {
    return take(SwiftKind.Role.CONTEXT);
  }

  /** Takes what a declaration stands in; an identifier there is a module. */
  SwiftNode context() {
    SwiftNode module = maybe(SwiftKind.IDENTIFIER);
    return module != null ? SwiftNode.of(SwiftKind.MODULE, module.text()) : entity();
  }

  SwiftNode module() {
    SwiftNode module = context();
    if (!module.is(SwiftKind.MODULE)) {
      throw Undemangled.here();
    }
    return module;
  }

  /** Takes a protocol, which need not be marked as one. */
  SwiftNode protocol() {
    SwiftNode type = maybe(SwiftKind.Role.TYPE);
    if (type == null) {
      SwiftNode name = name();
      return SwiftNode.of(SwiftKind.PROTOCOL, context(), name);
    }
    if (!type.is(SwiftKind.PROTOCOL)) {
      throw Undemangled.here();
    }
    return type;
  }

  /** What takes one element of a list. */
  interface Element {
    SwiftNode take();
  }

  /**
   * Takes a list, of which the first element is marked.
   *
   * <pre>
   * list ::= element _ element* | y
   * </pre>
   */
  SwiftNode list(Element element) {
    return SwiftNode.of(
        SwiftKind.LIST, eat(SwiftKind.EMPTY_LIST) ? new SwiftNode[0] : elements(element));
  }

  /** Takes a list of one element at least. */
  SwiftNode[] elements(Element element) {
    List<SwiftNode> elements = new ArrayList<>();
    boolean first;
    do {
      first = eat(SwiftKind.FIRST_ELEMENT);
      elements.add(element.take());
    } while (!first);
    return inOrder(elements);
  }

  /** Returns in the order of the name what was taken from the stack. */
  static SwiftNode[] inOrder(List<SwiftNode> taken) {
    Collections.reverse(taken);
    return taken.toArray(SwiftNode[]::new);
  }
}
