package dev.wasmortem.symbols.demangle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads types of functions, as a source has them and as the compiler implements them. */
final class SwiftFunctionTypes {
  private static final SwiftNode EMPTY_TUPLE = SwiftNode.of(SwiftKind.TUPLE);

  /** What may stand behind the types, from the last of them to the first. */
  private static final SwiftKind[] ANNOTATIONS = {
    SwiftKind.SENDING_RESULT,
    SwiftKind.ISOLATION,
    SwiftKind.DIFFERENTIABLE,
    SwiftKind.THROWS,
    SwiftKind.SENDABLE,
    SwiftKind.ASYNC
  };

  private final SwiftParser parser;
  private final Mangled in;

  SwiftFunctionTypes(SwiftParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  /**
   * Takes a function type: its annotations, and as the last two parts its parameters and its
   * result.
   *
   * @param convention what is printed before it
   */
  SwiftNode function(String convention) {
    List<SwiftNode> parts = new ArrayList<>();
    for (SwiftKind annotation : ANNOTATIONS) {
      SwiftNode part = parser.maybe(annotation);
      if (part != null) {
        parts.add(part);
      }
    }
    parts.add(typeOrNone());
    parts.add(typeOrNone());
    SwiftKind kind = convention.isEmpty() ? SwiftKind.FUNCTION_TYPE : SwiftKind.CONVENTION_TYPE;
    return SwiftNode.of(kind, convention, parts.toArray(SwiftNode[]::new));
  }

  private SwiftNode typeOrNone() {
    return parser.eat(SwiftKind.EMPTY_LIST) ? EMPTY_TUPLE : parser.type();
  }

  /** Takes the function type that {@code X} and {@code c} say. */
  SwiftNode special(int c) {
    return switch (c) {
      case 'A', 'K' -> function("@autoclosure ");
      case 'B' -> function("@convention(block) ");
      case 'C' -> function("@convention(c) ");
      case 'E', 'U' -> function("");
      case 'f' -> function("@convention(thin) ");
      case 'L' -> function("@escaping @convention(block) ");
      default -> throw Undemangled.here();
    };
  }

  /** Reads what is behind the {@code Y} of an annotation of a type. */
  SwiftNode annotation() {
    return switch (in.next()) {
      case 'A' -> SwiftNode.of(SwiftKind.ISOLATION, "@isolated(any) ");
      case 'a' -> SwiftNode.of(SwiftKind.ASYNC);
      case 'b' -> SwiftNode.of(SwiftKind.SENDABLE);
      case 'C' -> SwiftNode.of(SwiftKind.ISOLATION, "nonisolated(nonsending) ");
      case 'c' -> SwiftNode.of(SwiftKind.ISOLATION, parser.type());
      case 'i' -> SwiftNode.of(SwiftKind.MODIFIED_TYPE, "isolated ", parser.type());
      case 'j' -> SwiftNode.of(SwiftKind.DIFFERENTIABLE, differentiable(in.next()) + " ");
      case 'K' -> SwiftNode.of(SwiftKind.THROWS, parser.type());
      case 'k' -> SwiftNode.of(SwiftKind.MODIFIED_TYPE, "@noDerivative ", parser.type());
      case 'T' -> SwiftNode.of(SwiftKind.SENDING_RESULT);
      case 't' -> SwiftNode.of(SwiftKind.MODIFIED_TYPE, "_const ", parser.type());
      case 'u' -> SwiftNode.of(SwiftKind.MODIFIED_TYPE, "sending ", parser.type());
      default -> throw Undemangled.here();
    };
  }

  private static String differentiable(int c) {
    return switch (c) {
      case 'd' -> "@differentiable";
      case 'f' -> "@differentiable(_forward)";
      case 'l' -> "@differentiable(_linear)";
      case 'r' -> "@differentiable(reverse)";
      default -> throw Undemangled.here();
    };
  }

  /**
   * Takes the labels of a function's parameters, one for each; null if it can have none.
   *
   * @param type the function's, generic or not
   */
  @Nullable SwiftNode labels(SwiftNode type) {
    if (parser.labels == SwiftParser.Labels.IN_THE_TYPE) {
      return null;
    }
    if (parser.eat(SwiftKind.EMPTY_LIST)) {
      return SwiftNode.of(SwiftKind.LABELS);
    }
    SwiftNode function = type.is(SwiftKind.GENERIC_TYPE) ? type.child(1) : type;
    if (!function.is(SwiftKind.FUNCTION_TYPE)) {
      return null;
    }
    SwiftNode parameters = function.child(function.count() - 2);
    int count = parameters.is(SwiftKind.TUPLE) ? parameters.count() : 1;
    if (count == 0) {
      return null;
    }
    List<SwiftNode> labels = new ArrayList<>();
    boolean isAnyNamed = false;
    for (int i = 0; i < count; i++) {
      if (parser.eat(SwiftKind.FIRST_ELEMENT)) {
        labels.add(SwiftNode.literal("_"));
      } else {
        labels.add(parser.take(SwiftKind.IDENTIFIER));
        isAnyNamed = true;
      }
    }
    return isAnyNamed
        ? SwiftNode.of(SwiftKind.LABELS, SwiftParser.inOrder(labels))
        : SwiftNode.of(SwiftKind.LABELS);
  }

  /**
   * Reads what is behind the {@code I} of a function type as it is implemented, and takes the types
   * of its parameters and results.
   */
  SwiftNode implementation() {
    List<SwiftNode> parts = new ArrayList<>();
    List<SwiftNode> substitutions = new ArrayList<>();
    if (in.eat('s')) {
      SwiftNode arguments = parser.generics.oneArgumentList();
      SwiftNode pattern = parser.take(SwiftKind.SIGNATURE);
      substitutions.add(SwiftNode.of(SwiftKind.PATTERN_SUBSTITUTIONS, pattern, arguments));
    }
    if (in.eat('I')) {
      SwiftNode arguments = parser.generics.oneArgumentList();
      substitutions.add(SwiftNode.of(SwiftKind.INVOCATION_SUBSTITUTIONS, arguments));
    }
    SwiftNode signature = parser.maybe(SwiftKind.SIGNATURE);
    if (signature != null) {
      in.eat('P');
    }
    SwiftNode sending = attributes(parts);
    if (signature != null) {
      parts.add(signature);
    }
    if (sending != null) {
      parts.add(sending);
    }
    addValues(parts);
    parts.addAll(substitutions);
    return SwiftNode.of(SwiftKind.IMPLEMENTATION_TYPE, parts.toArray(SwiftNode[]::new));
  }

  /** Reads the attributes of the function, and returns that of its results. */
  private @Nullable SwiftNode attributes(List<SwiftNode> parts) {
    addIf('e', "@escaping", parts);
    addIf('A', "@isolated(any)", parts);
    int c = in.peek();
    if (c == 'd' || c == 'f' || c == 'l' || c == 'r') {
      parts.add(SwiftNode.literal(differentiable(in.next())));
    }
    parts.add(
        SwiftNode.literal(
            switch (in.next()) {
              case 'g' -> "@callee_guaranteed";
              case 't' -> "@convention(thin)";
              case 'x' -> "@callee_owned";
              case 'y' -> "@callee_unowned";
              default -> throw Undemangled.here();
            }));
    addIf('B', "@convention(block)", parts);
    addIf('C', "@convention(c)", parts);
    addIf('M', "@convention(method)", parts);
    addIf('J', "@convention(objc_method)", parts);
    addIf('K', "@convention(closure)", parts);
    addIf('W', "@convention(witness_method)", parts);
    addIf('A', "@yield_once", parts);
    addIf('I', "@yield_once_2", parts);
    addIf('G', "@yield_many", parts);
    addIf('h', "@Sendable", parts);
    addIf('H', "@async", parts);
    return in.eat('T') ? SwiftNode.of(SwiftKind.SENDING_RESULT) : null;
  }

  private void addIf(char letter, String attribute, List<SwiftNode> parts) {
    if (in.eat(letter)) {
      parts.add(SwiftNode.literal(attribute));
    }
  }

  /** A parameter or a result before its type is known. */
  private record Value(String place, StringBuilder convention) {}

  private void addValues(List<SwiftNode> parts) {
    List<Value> values = new ArrayList<>();
    for (String name = parameter(); name != null; name = parameter()) {
      Value value = new Value("(", new StringBuilder(name));
      values.add(value);
      addIf('w', " @noDerivative", value);
      addIf('T', " sending", value);
      addIf('I', " isolated", value);
      addIf('L', " sil_implicit_leading_param", value);
    }
    for (String name = result(); name != null; name = result()) {
      Value value = new Value(")", new StringBuilder(name));
      values.add(value);
      addIf('w', " @noDerivative", value);
    }
    while (in.eat('Y')) {
      String name = parameter();
      if (name == null) {
        throw Undemangled.here();
      }
      values.add(new Value(")", new StringBuilder("@yields ").append(name)));
    }
    if (in.eat('z')) {
      String name = result();
      if (name == null) {
        throw Undemangled.here();
      }
      values.add(new Value(")", new StringBuilder("@error ").append(name)));
    }
    in.expect('_');
    List<SwiftNode> taken = new ArrayList<>();
    for (int i = values.size() - 1; i >= 0; i--) {
      Value value = values.get(i);
      taken.add(
          SwiftNode.of(
              SwiftKind.IMPLEMENTATION_PART,
              Word.of(value.place()),
              SwiftNode.literal(value.convention().append(' ').toString()),
              parser.type()));
    }
    parts.addAll(List.of(SwiftParser.inOrder(taken)));
  }

  private void addIf(char letter, String attribute, Value value) {
    if (in.eat(letter)) {
      value.convention().append(attribute);
    }
  }

  private @Nullable String parameter() {
    String convention =
        switch (in.peek()) {
          case 'b' -> "@inout_aliasable";
          case 'c' -> "@in_constant";
          case 'e' -> "@deallocating";
          case 'g' -> "@guaranteed";
          case 'i' -> "@in";
          case 'l' -> "@inout";
          case 'm' -> "@pack_inout";
          case 'n' -> "@in_guaranteed";
          case 'p' -> "@pack_guaranteed";
          case 'v' -> "@pack_owned";
          case 'X' -> "@in_cxx";
          case 'x' -> "@owned";
          case 'y' -> "@unowned";
          default -> null;
        };
    return taken(convention);
  }

  private @Nullable String result() {
    String convention =
        switch (in.peek()) {
          case 'a' -> "@autoreleased";
          case 'd' -> "@unowned";
          case 'k' -> "@pack_out";
          case 'o' -> "@owned";
          case 'r' -> "@out";
          case 'u' -> "@unowned_inner_pointer";
          default -> null;
        };
    return taken(convention);
  }

  private @Nullable String taken(@Nullable String convention) {
    if (convention != null) {
      in.next();
    }
    return convention;
  }
}
