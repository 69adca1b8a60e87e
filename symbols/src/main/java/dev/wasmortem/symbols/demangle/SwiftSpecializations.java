package dev.wasmortem.symbols.demangle;

import java.util.ArrayList;
import java.util.List;

/** Reads how a copy of a function differs from it. */
final class SwiftSpecializations {
  /** The parts of an argument's specialization that are still to be taken from the stack. */
  private enum Payload {
    NONE,
    NAME,
    STRING,
    KEY_PATH,
    CLOSURE
  }

  /** How one argument is specialized, in words. */
  private record Argument(int index, String words, Payload payload) {}

  private final SwiftParser parser;
  private final Mangled in;

  SwiftSpecializations(SwiftParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  /** Reads which arguments are no longer there, which is not printed, and the rest. */
  SwiftNode withoutArguments() {
    do {
      in.digits();
    } while (in.eat('t'));
    int c = in.next();
    if (c != 'g' && c != 'G' && c != 'B') {
      throw Undemangled.here();
    }
    return specialization(c);
  }

  /** Reads what is behind the {@code T} and one more letter. */
  SwiftNode specialization(int c) {
    String what =
        switch (c) {
          case 'B', 'g' -> "generic specialization";
          case 'f' -> "function signature specialization";
          case 'G' -> "generic not re-abstracted specialization";
          case 'i' -> "inlined generic function";
          case 'P' -> "generic not-reabstracted partial specialization";
          case 'p' -> "generic partial specialization";
          default -> "generic pre-specialization";
        };
    List<SwiftNode> parts = new ArrayList<>();
    if (in.eat('q')) {
      parts.add(SwiftNode.literal("serialized"));
    }
    if (!in.digitAhead()) {
      throw Undemangled.here();
    }
    in.next(); // which pass of the compiler made it: not printed
    if (c == 'f') {
      parts.addAll(arguments());
    } else if (c == 'p' || c == 'P') {
      parts.add(SwiftNode.labelled("Signature = ", parser.type()));
    } else {
      parts.addAll(List.of(parser.list(parser::type).children()));
    }
    return SwiftNode.of(SwiftKind.SPECIALIZATION, what + " <", parts.toArray(SwiftNode[]::new));
  }

  /**
   * Reads how arguments are specialized, and takes what they became.
   *
   * <pre>
   * specialization ::= spec-arg* Tf SPEC-INFO ARG-SPEC-KIND* _ ARG-SPEC-KIND
   * </pre>
   */
  private List<SwiftNode> arguments() {
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; !in.eat('_'); i++) {
      if (!in.eat('n')) {
        arguments.add(argument(i));
      }
    }
    List<SwiftNode> parts = new ArrayList<>();
    if (!in.eat('n')) {
      Argument result = argument(0);
      if (result.payload() != Payload.NONE) {
        throw Undemangled.here();
      }
      parts.add(SwiftNode.literal("Return = " + result.words()));
    }
    for (int i = arguments.size() - 1; i >= 0; i--) {
      Argument argument = arguments.get(i);
      parts.add(
          SwiftNode.of(
              SwiftKind.SEQUENCE,
              SwiftNode.literal("Arg[" + argument.index() + "] = "),
              specialized(argument)));
    }
    return List.of(SwiftParser.inOrder(parts));
  }

  private Argument argument(int index) {
    return switch (in.next()) {
      case 'c' -> new Argument(index, "Closure Propagated", Payload.CLOSURE);
      case 'd' -> flags(index, "Dead");
      case 'e' -> flags(index, "Existential To Protocol Constrained Generic");
      case 'g' -> new Argument(index, "Owned To Guaranteed" + exploded(), Payload.NONE);
      case 'i' -> new Argument(index, "Value Promoted from Box", Payload.NONE);
      case 'o' -> new Argument(index, "Guaranteed To Owned" + exploded(), Payload.NONE);
      case 'p' -> constant(index);
      case 's' -> new Argument(index, "Stack Promoted from Box", Payload.NONE);
      case 'x' -> new Argument(index, "Exploded", Payload.NONE);
      default -> throw Undemangled.here();
    };
  }

  private Argument flags(int index, String first) {
    StringBuilder words = new StringBuilder(first);
    if (in.eat('D')) {
      words.append(" and Dead");
    }
    if (in.eat('G')) {
      words.append(" and Owned To Guaranteed");
    }
    if (in.eat('O')) {
      words.append(" and Guaranteed To Owned");
    }
    return new Argument(index, words + exploded(), Payload.NONE);
  }

  private String exploded() {
    return in.eat('X') ? " and Exploded" : "";
  }

  private Argument constant(int index) {
    String what = "[Constant Propagated ";
    return switch (in.next()) {
      case 'd' -> new Argument(index, what + "Float : " + digits() + "]", Payload.NONE);
      case 'f' -> new Argument(index, what + "Function : ", Payload.NAME);
      case 'g' -> new Argument(index, what + "Global : ", Payload.NAME);
      case 'i' -> new Argument(index, what + "Integer : " + digits() + "]", Payload.NONE);
      case 'k' -> new Argument(index, what + "KeyPath : ", Payload.KEY_PATH);
      case 's' -> new Argument(index, what + "String : " + encoding() + "'", Payload.STRING);
      default -> throw Undemangled.here();
    };
  }

  private Word digits() {
    Word digits = in.digits();
    if (digits.isEmpty()) {
      throw Undemangled.here();
    }
    return digits;
  }

  private String encoding() {
    return switch (in.next()) {
      case 'b' -> "u8";
      case 'c' -> "objc";
      case 'w' -> "u16";
      default -> throw Undemangled.here();
    };
  }

  private SwiftNode specialized(Argument argument) {
    SwiftNode words = SwiftNode.literal(argument.words());
    return switch (argument.payload()) {
      case NONE -> words;
      case NAME -> SwiftNode.of(SwiftKind.ARGUMENT_SPECIALIZATION, words, name(), close("]"));
      case STRING -> SwiftNode.of(SwiftKind.SEQUENCE, words, string(), close("']"));
      case KEY_PATH -> keyPath(words);
      case CLOSURE -> closure();
    };
  }

  private static SwiftNode close(String bracket) {
    return SwiftNode.literal(bracket);
  }

  /** Takes the name of a function or a global, which may be a Swift name itself. */
  private SwiftNode name() {
    return parser.take(SwiftKind.IDENTIFIER);
  }

  private SwiftNode string() {
    Word text = name().text();
    return SwiftNode.literal(text.startsWith("_") ? text.without(1) : text);
  }

  private SwiftNode keyPath(SwiftNode words) {
    SwiftNode value = parser.type();
    SwiftNode root = parser.type();
    return SwiftNode.of(
        SwiftKind.SEQUENCE,
        words,
        name(),
        SwiftNode.literal("<"),
        root,
        SwiftNode.literal(","),
        value,
        close(">]"));
  }

  private SwiftNode closure() {
    List<SwiftNode> types = new ArrayList<>();
    SwiftNode type = parser.maybe(SwiftKind.Role.TYPE);
    while (type != null) {
      types.add(type);
      type = parser.maybe(SwiftKind.Role.TYPE);
    }
    return SwiftNode.of(
        SwiftKind.ARGUMENT_SPECIALIZATION,
        SwiftNode.literal("[Closure Propagated : "),
        name(),
        SwiftNode.literal(", Argument Types : ["),
        SwiftNode.of(SwiftKind.LIST, SwiftParser.inOrder(types)),
        close("]"));
  }
}
