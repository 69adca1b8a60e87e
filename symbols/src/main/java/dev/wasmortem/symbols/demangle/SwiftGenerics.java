package dev.wasmortem.symbols.demangle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads type parameters, what is required of them, and arguments for them. */
final class SwiftGenerics {
  /** Declarations in each other that have arguments. */
  private static final int DEPTH = 100;

  private final SwiftParser parser;
  private final Mangled in;

  SwiftGenerics(SwiftParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  static SwiftNode firstParameter() {
    return parameter(0, 0);
  }

  private static SwiftNode parameter(int depth, int index) {
    return SwiftNode.numbered(SwiftKind.PARAMETER, (long) depth << 32 | index);
  }

  /** Reads {@code z | index | d index index | s}. */
  SwiftNode parameter() {
    if (in.eat('d')) {
      int depth = parser.index() + 1;
      return parameter(depth, parser.index());
    }
    if (in.eat('z')) {
      return firstParameter();
    }
    if (in.eat('s')) {
      return SwiftNode.of(SwiftKind.EXISTENTIAL_SELF);
    }
    return parameter(0, parser.index() + 1);
  }

  /** Takes the requirements of a signature of one parameter. */
  SwiftNode signature() {
    return signature(List.of(SwiftNode.numbered(SwiftKind.PARAMETER_COUNT, 1)));
  }

  /** Reads how many parameters there are at each depth, up to an {@code l}. */
  SwiftNode signatureWithCounts() {
    List<SwiftNode> counts = new ArrayList<>();
    while (!in.eat('l')) {
      int count = in.eat('z') ? 0 : parser.index() + 1;
      counts.add(SwiftNode.numbered(SwiftKind.PARAMETER_COUNT, count));
    }
    return signature(counts);
  }

  private SwiftNode signature(List<SwiftNode> counts) {
    List<SwiftNode> requirements = new ArrayList<>();
    SwiftNode requirement = parser.maybe(SwiftKind.Role.REQUIREMENT);
    while (requirement != null) {
      requirements.add(requirement);
      requirement = parser.maybe(SwiftKind.Role.REQUIREMENT);
    }
    Collections.reverse(requirements);
    List<SwiftNode> parts = new ArrayList<>(counts);
    parts.addAll(requirements);
    return SwiftNode.of(SwiftKind.SIGNATURE, parts.toArray(SwiftNode[]::new));
  }

  /** Takes a type and a signature before it. */
  SwiftNode genericType() {
    SwiftNode signature = parser.take(SwiftKind.SIGNATURE);
    return SwiftNode.of(SwiftKind.GENERIC_TYPE, signature, parser.type());
  }

  /** Takes a signature, if there is one, and returns the type that it makes of another. */
  static SwiftNode generic(@Nullable SwiftNode signature, SwiftNode type) {
    return signature == null ? type : SwiftNode.of(SwiftKind.GENERIC_TYPE, signature, type);
  }

  /** What is required. */
  private enum Constraint {
    PROTOCOL,
    BASE_CLASS,
    SAME_TYPE,
    LAYOUT,
    INVERSE
  }

  /** Of what it is required. */
  private enum Subject {
    PARAMETER,
    MEMBER,
    DEEP_MEMBER,
    SUBSTITUTION
  }

  /** Reads what is behind the {@code R} of a requirement. */
  SwiftNode requirement() {
    int c = in.peek();
    if (!SwiftIdentifiers.isLetter(c) || c == 'd' || c == 'z') {
      return requirement(Constraint.PROTOCOL, Subject.PARAMETER);
    }
    in.next();
    return switch (c) {
      case 'B' -> requirement(Constraint.BASE_CLASS, Subject.SUBSTITUTION);
      case 'b' -> requirement(Constraint.BASE_CLASS, Subject.PARAMETER);
      case 'C' -> requirement(Constraint.BASE_CLASS, Subject.DEEP_MEMBER);
      case 'c' -> requirement(Constraint.BASE_CLASS, Subject.MEMBER);
      case 'I' -> requirement(Constraint.INVERSE, Subject.SUBSTITUTION);
      case 'i' -> requirement(Constraint.INVERSE, Subject.PARAMETER);
      case 'J' -> requirement(Constraint.INVERSE, Subject.DEEP_MEMBER);
      case 'j' -> requirement(Constraint.INVERSE, Subject.MEMBER);
      case 'L' -> requirement(Constraint.LAYOUT, Subject.SUBSTITUTION);
      case 'l' -> requirement(Constraint.LAYOUT, Subject.PARAMETER);
      case 'M' -> requirement(Constraint.LAYOUT, Subject.DEEP_MEMBER);
      case 'm' -> requirement(Constraint.LAYOUT, Subject.MEMBER);
      case 'P' -> requirement(Constraint.PROTOCOL, Subject.DEEP_MEMBER);
      case 'p' -> requirement(Constraint.PROTOCOL, Subject.MEMBER);
      case 'Q' -> requirement(Constraint.PROTOCOL, Subject.SUBSTITUTION);
      case 'S' -> requirement(Constraint.SAME_TYPE, Subject.SUBSTITUTION);
      case 's' -> requirement(Constraint.SAME_TYPE, Subject.PARAMETER);
      case 'T' -> requirement(Constraint.SAME_TYPE, Subject.DEEP_MEMBER);
      case 't' -> requirement(Constraint.SAME_TYPE, Subject.MEMBER);
      case 'V' -> {
        SwiftNode parameter = parameter();
        yield SwiftNode.of(SwiftKind.VALUE_MARKER, parameter, parser.type());
      }
      case 'v' -> SwiftNode.of(SwiftKind.PACK_MARKER, parameter());
      default -> throw Undemangled.here();
    };
  }

  private SwiftNode requirement(Constraint constraint, Subject kind) {
    int inverse = constraint == Constraint.INVERSE ? parser.index() : 0;
    SwiftNode subject =
        switch (kind) {
          case PARAMETER -> parameter();
          case MEMBER -> parser.substitutable(parser.types.member(parameter()));
          case DEEP_MEMBER -> parser.substitutable(parser.types.deepMember(parameter()));
          case SUBSTITUTION -> parser.type();
        };
    return switch (constraint) {
      case PROTOCOL -> requirement(subject, ": ", parser.protocol());
      case BASE_CLASS -> requirement(subject, ": ", parser.type());
      case SAME_TYPE -> requirement(subject, " == ", parser.type());
      case LAYOUT -> requirement(subject, ": ", SwiftNode.literal(layout()));
      case INVERSE -> requirement(subject, ": ", SwiftNode.literal(inverse(inverse)));
    };
  }

  private static SwiftNode requirement(SwiftNode subject, String verb, SwiftNode object) {
    return SwiftNode.of(SwiftKind.REQUIREMENT, subject, SwiftNode.literal(verb), object);
  }

  private static String inverse(int bit) {
    return switch (bit) {
      case 0 -> "~Swift.Copyable";
      case 1 -> "~Swift.Escapable";
      default -> "~Swift.<bit " + bit + ">";
    };
  }

  private String layout() {
    return switch (in.next()) {
      case 'C' -> "AnyObject";
      case 'D' -> "_NativeClass";
      case 'E' -> "_Trivial(" + parser.index() + ", " + parser.index() + ")";
      case 'e' -> "_Trivial(" + parser.index() + ")";
      case 'M' -> "_TrivialAtMost(" + parser.index() + ", " + parser.index() + ")";
      case 'm' -> "_TrivialAtMost(" + parser.index() + ")";
      case 'N' -> "_NativeRefCountedObject";
      case 'R' -> "_RefCountedObject";
      case 'T' -> "_Trivial";
      case 'U' -> "_UnknownLayout";
      default -> throw Undemangled.here();
    };
  }

  /**
   * Takes arguments: one list for each declaration that can have them, the innermost first.
   *
   * <pre>
   * bound-generic-args ::= y (type* _)* type* retroactive-conformance*
   * </pre>
   */
  List<SwiftNode> argumentLists() {
    while (parser.eat(SwiftKind.RETROACTIVE_CONFORMANCE)) {
      // not printed
    }
    List<SwiftNode> lists = new ArrayList<>();
    while (true) {
      List<SwiftNode> arguments = new ArrayList<>();
      SwiftNode type = parser.maybe(SwiftKind.Role.TYPE);
      while (type != null) {
        arguments.add(type);
        type = parser.maybe(SwiftKind.Role.TYPE);
      }
      lists.add(SwiftNode.of(SwiftKind.LIST, SwiftParser.inOrder(arguments)));
      if (parser.eat(SwiftKind.EMPTY_LIST)) {
        return lists;
      }
      parser.take(SwiftKind.FIRST_ELEMENT);
    }
  }

  /** Takes arguments where there can be but one list. */
  SwiftNode oneArgumentList() {
    List<SwiftNode> lists = argumentLists();
    if (lists.size() != 1) {
      throw Undemangled.here();
    }
    return lists.get(0);
  }

  /** Takes a type and arguments for it and the declarations that it stands in. */
  SwiftNode bound() {
    List<SwiftNode> lists = argumentLists();
    if (lists.size() > DEPTH) {
      throw Undemangled.here();
    }
    return parser.substitutable(bound(parser.nominal(), lists, 0, 0));
  }

  private static SwiftNode bound(
      SwiftNode declaration, List<SwiftNode> lists, int index, int depth) {
    if (depth > 2 * DEPTH || declaration.count() == 0) {
      throw Undemangled.here();
    }
    boolean takes = takesArguments(declaration);
    int next = takes ? index + 1 : index;
    SwiftNode result = declaration;
    if (next < lists.size()) {
      SwiftNode[] parts = declaration.children().clone();
      SwiftNode context = parts[0];
      if (context.is(SwiftKind.EXTENSION)) {
        SwiftNode[] extension = context.children().clone();
        extension[1] = bound(extension[1], lists, next, depth + 1);
        parts[0] = SwiftNode.of(SwiftKind.EXTENSION, extension);
      } else {
        parts[0] = bound(context, lists, next, depth + 1);
      }
      result = new SwiftNode(declaration.kind(), declaration.text(), declaration.number(), parts);
    }
    SwiftNode arguments = lists.get(index);
    if (!takes || arguments.count() == 0) {
      return result;
    }
    return switch (declaration.kind()) {
      case CLASS, STRUCTURE, ENUM, PROTOCOL, OTHER_NOMINAL, TYPE_ALIAS ->
          SwiftNode.of(SwiftKind.BOUND_GENERIC, result, arguments);
      case FUNCTION, CONSTRUCTOR -> SwiftNode.of(SwiftKind.BOUND_FUNCTION, result, arguments);
      default -> throw Undemangled.here();
    };
  }

  private static boolean takesArguments(SwiftNode declaration) {
    return switch (declaration.kind()) {
      case VARIABLE, SUBSCRIPT, CLOSURE, INITIALIZER, STATIC -> false;
      default -> true;
    };
  }
}
