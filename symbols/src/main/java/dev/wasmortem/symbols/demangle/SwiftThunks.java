package dev.wasmortem.symbols.demangle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what functions the compiler makes of others, and what it says of them. */
final class SwiftThunks {
  private final SwiftParser parser;
  private final Mangled in;
  private final SwiftSpecializations specializations;

  SwiftThunks(SwiftParser parser) {
    this.parser = parser;
    this.in = parser.in;
    this.specializations = new SwiftSpecializations(parser);
  }

  private static SwiftNode sequence(SwiftNode... parts) {
    return SwiftNode.of(SwiftKind.SEQUENCE, parts);
  }

  /** Reads what is behind a {@code T}. */
  SwiftNode thunk() {
    int c = in.next();
    String attribute = attribute(c);
    if (attribute != null) {
      return SwiftNode.of(SwiftKind.ATTRIBUTE, attribute);
    }
    return switch (c) {
      case 'A' -> SwiftNode.of(SwiftKind.PARTIAL_APPLY, "partial apply forwarder");
      case 'a' -> SwiftNode.of(SwiftKind.PARTIAL_APPLY, "partial apply ObjC forwarder");
      case 'e' -> bridgedMethod();
      case 'm' -> SwiftNode.of(SwiftKind.COPY, "merged ");
      case 'Q' -> resumption(" await");
      case 't' -> specializations.withoutArguments();
      case 'v' -> outlinedVariable();
      case 'w' -> attributeOfTwoLetters();
      case 'Y' -> resumption(" suspend");
      case 'B', 'f', 'G', 'g', 'i', 'P', 'p', 's' -> specializations.specialization(c);
      default -> ofPart(c);
    };
  }

  private static @Nullable String attribute(int c) {
    return switch (c) {
      case 'D' -> "dynamic ";
      case 'd' -> "super ";
      case 'E' -> "distributed thunk ";
      case 'F' -> "distributed accessor for ";
      case 'I' -> "dynamically replaceable thunk for ";
      case 'O' -> "@nonobjc ";
      case 'o' -> "@objc ";
      case 'u' -> "async function pointer to ";
      case 'X' -> "dynamically replaceable variable for ";
      case 'x' -> "dynamically replaceable key for ";
      default -> null;
    };
  }

  private SwiftNode attributeOfTwoLetters() {
    String text =
        switch (in.next()) {
          case 'B' -> "back deployment fallback for ";
          case 'b' -> "back deployment thunk for ";
          case 'c' -> "coro function pointer to ";
          case 'd' -> "default override of ";
          case 'S' -> "#_hasSymbol query for ";
          default -> throw Undemangled.here();
        };
    return SwiftNode.of(SwiftKind.ATTRIBUTE, text);
  }

  /** Reads which part of an asynchronous function is meant. */
  private SwiftNode resumption(String why) {
    return SwiftNode.of(
        SwiftKind.COPY, "(" + parser.index() + ")" + why + " resume partial function for ");
  }

  private SwiftNode outlinedVariable() {
    int index = parser.index();
    String what = in.eat('r') ? "read-only object" : "variable";
    return SwiftNode.of(SwiftKind.ATTRIBUTE, "outlined " + what + " #" + index + " of ");
  }

  /** Reads how the parameters and the result of a method are bridged. */
  private SwiftNode bridgedMethod() {
    int kind = in.peek();
    if (kind != 'm' && kind != 'a' && kind != 'p') {
      throw Undemangled.here();
    }
    StringBuilder letters = new StringBuilder().append((char) in.next());
    while (in.peek() == 'b' || in.peek() == 'g' || in.peek() == 'n') {
      letters.append((char) in.next());
    }
    in.expect('_');
    return SwiftNode.of(
        SwiftKind.ATTRIBUTE, letters.insert(0, "outlined bridged method (") + ") of ");
  }

  private SwiftNode ofPart(int c) {
    return switch (c) {
      case 'b' -> {
        SwiftNode base = parser.protocol();
        yield sequence(
            SwiftNode.literal("base conformance descriptor for "),
            parser.type(),
            SwiftNode.literal(": "),
            base);
      }
      case 'C' -> SwiftNode.labelled("coroutine continuation prototype for ", parser.type());
      case 'c' -> SwiftNode.labelled("curry thunk of ", parser.entity());
      case 'H' -> keyPathOperator("equality");
      case 'h' -> keyPathOperator("hash");
      case 'j' -> SwiftNode.labelled("dispatch thunk of ", parser.entity());
      case 'K' -> keyPathAccessor("getter");
      case 'k' -> keyPathAccessor("setter");
      case 'L' ->
          SwiftNode.labelled("protocol requirements base descriptor for ", parser.protocol());
      case 'l' ->
          SwiftNode.labelled("associated type descriptor for ", parser.types.associatedName());
      case 'M' ->
          SwiftNode.labelled(
              "default associated type metadata accessor for ", parser.types.associatedName());
      case 'N' -> associatedConformance("default associated conformance accessor for ");
      case 'n' -> associatedConformance("associated conformance descriptor for ");
      case 'q' -> SwiftNode.labelled("method descriptor for ", parser.entity());
      case 'R' -> reabstraction("reabstraction thunk helper ");
      case 'r' -> reabstraction("reabstraction thunk ");
      case 'S' -> SwiftNode.labelled("protocol self-conformance witness for ", parser.entity());
      case 'V' -> {
        SwiftNode base = parser.entity();
        SwiftNode derived = parser.entity();
        yield sequence(
            SwiftNode.literal("vtable thunk for "),
            base,
            SwiftNode.literal(" dispatching to "),
            derived);
      }
      case 'W' -> {
        SwiftNode function = parser.entity();
        yield sequence(
            SwiftNode.literal("protocol witness for "),
            function,
            SwiftNode.literal(" in conformance "),
            parser.conformances.conformance());
      }
      default -> throw Undemangled.here();
    };
  }

  /** Takes {@code type type generic-signature?}. */
  private SwiftNode reabstraction(String what) {
    SwiftNode signature = parser.maybe(SwiftKind.SIGNATURE);
    SwiftNode to = parser.type();
    SwiftNode from = parser.type();
    SwiftNode whole = sequence(SwiftNode.literal("from "), from, SwiftNode.literal(" to "), to);
    return signature == null
        ? SwiftNode.labelled(what, whole)
        : sequence(SwiftNode.literal(what), signature, SwiftNode.literal(" "), whole);
  }

  private SwiftNode associatedConformance(String what) {
    SwiftNode required = parser.protocol();
    SwiftNode subject = parser.maybe(SwiftKind.Role.TYPE);
    if (subject == null || subject.is(SwiftKind.PROTOCOL)) {
      if (subject != null) {
        parser.push(subject);
      }
      subject = parser.types.associatedPath();
    }
    return sequence(
        SwiftNode.literal(what),
        parser.type(),
        SwiftNode.literal("."),
        subject,
        SwiftNode.literal(": "),
        required);
  }

  /** Takes {@code entity generic-signature? type type*}. */
  private SwiftNode keyPathAccessor(String what) {
    String serialized = in.eat('q') ? ", serialized" : "";
    List<SwiftNode> types = new ArrayList<>();
    SwiftNode type = parser.type();
    while (type != null) {
      types.add(type);
      type = parser.maybe(SwiftKind.Role.TYPE);
    }
    SwiftNode signature = parser.maybe(SwiftKind.SIGNATURE);
    List<SwiftNode> parts = new ArrayList<>();
    parts.add(SwiftNode.literal("key path " + what + " for "));
    parts.add(parser.entity());
    parts.add(SwiftNode.literal(" : "));
    if (signature != null) {
      parts.add(signature);
    }
    parts.addAll(List.of(SwiftParser.inOrder(types)));
    parts.add(SwiftNode.literal(serialized));
    return sequence(parts.toArray(SwiftNode[]::new));
  }

  private SwiftNode keyPathOperator(String what) {
    if (in.eat('q')) {
      throw Undemangled.here();
    }
    SwiftNode signature = parser.maybe(SwiftKind.SIGNATURE);
    List<SwiftNode> types = new ArrayList<>();
    SwiftNode type = parser.type();
    while (type != null) {
      types.add(type);
      type = parser.maybe(SwiftKind.Role.TYPE);
    }
    SwiftNode list = SwiftNode.of(SwiftKind.LIST, "(", SwiftParser.inOrder(types));
    SwiftNode label = SwiftNode.literal("key path index " + what + " operator for ");
    return signature == null ? sequence(label, list) : sequence(label, signature, list);
  }
}
