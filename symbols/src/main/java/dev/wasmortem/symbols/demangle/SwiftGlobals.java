package dev.wasmortem.symbols.demangle;

import java.util.ArrayList;
import java.util.List;

/** Reads what the compiler makes beside functions: metadata, witness tables, outlined values. */
final class SwiftGlobals {
  private final SwiftParser parser;
  private final Mangled in;

  SwiftGlobals(SwiftParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  private static SwiftNode sequence(SwiftNode... parts) {
    return SwiftNode.of(SwiftKind.SEQUENCE, parts);
  }

  /** Takes a type that is a whole name, as debug information has it. */
  SwiftNode type() {
    SwiftNode type = parser.type();
    SwiftNode labels = parser.functionTypes.labels(type);
    return labels == null ? sequence(type) : sequence(labels, type);
  }

  /** Reads what is behind the {@code M} of metadata. */
  SwiftNode metadata() {
    int c = in.next();
    return switch (c) {
      case 'A' ->
          SwiftNode.labelled(
              "reflection metadata associated type descriptor ", parser.conformances.conformance());
      case 'c' ->
          SwiftNode.labelled(
              "protocol conformance descriptor for ", parser.conformances.conformance());
      case 'g' -> SwiftNode.labelled("opaque type descriptor accessor for ", opaque());
      case 'h' -> SwiftNode.labelled("opaque type descriptor accessor impl for ", opaque());
      case 'j' -> SwiftNode.labelled("opaque type descriptor accessor key for ", opaque());
      case 'k' -> SwiftNode.labelled("opaque type descriptor accessor var for ", opaque());
      case 'p' -> SwiftNode.labelled("protocol descriptor for ", parser.protocol());
      case 'Q' -> SwiftNode.labelled("opaque type descriptor for ", opaque());
      case 'S' ->
          SwiftNode.labelled("protocol self-conformance descriptor for ", parser.protocol());
      case 'X' -> contextDescriptor();
      default -> ofType(c);
    };
  }

  private SwiftNode opaque() {
    return parser.take(SwiftKind.OPAQUE_RESULT_OF);
  }

  private SwiftNode contextDescriptor() {
    return switch (in.next()) {
      case 'E' -> SwiftNode.labelled("extension descriptor ", parser.context());
      case 'M' -> SwiftNode.labelled("module descriptor ", parser.module());
      case 'X' -> SwiftNode.labelled("anonymous descriptor ", parser.context());
      default -> throw Undemangled.here();
    };
  }

  private SwiftNode ofType(int c) {
    String what =
        switch (c) {
          case 'a' -> "type metadata accessor for ";
          case 'B' -> "reflection metadata builtin descriptor ";
          case 'C' -> "reflection metadata superclass descriptor ";
          case 'D' -> "demangling cache variable for type metadata for ";
          case 'F' -> "reflection metadata field descriptor ";
          case 'f' -> "full type metadata for ";
          case 'I' -> "type metadata instantiation cache for ";
          case 'i' -> "type metadata instantiation function for ";
          case 'L' -> "lazy cache variable for type metadata for ";
          case 'l' -> "type metadata singleton initialization cache for ";
          case 'm' -> "metaclass for ";
          case 'n' -> "nominal type descriptor for ";
          case 'o' -> "class metadata base offset for ";
          case 'P' -> "generic type metadata pattern for ";
          case 'r' -> "type metadata completion function for ";
          case 's' -> "ObjC resilient class stub for ";
          case 't' -> "full ObjC resilient class stub for ";
          case 'U' -> "ObjC metadata update function for ";
          case 'u' -> "method lookup function for ";
          default -> throw Undemangled.here();
        };
    return SwiftNode.labelled(what, parser.type());
  }

  /** Reads what is behind the {@code W} of a witness table, or of an outlined value. */
  SwiftNode witness() {
    int c = in.next();
    return switch (c) {
      case 'C' -> SwiftNode.labelled("enum case for ", parser.entity());
      case 'L' -> lazyTable("lazy protocol witness table cache variable for type ");
      case 'l' -> lazyTable("lazy protocol witness table accessor for type ");
      case 'b' -> {
        SwiftNode base = parser.protocol();
        yield in("base witness table accessor for ", base);
      }
      case 'O' -> outlined();
      case 'S' ->
          SwiftNode.labelled("protocol self-conformance witness table for ", parser.protocol());
      case 'T' -> {
        SwiftNode protocol = parser.protocol();
        SwiftNode path = parser.types.associatedPath();
        SwiftNode member = sequence(path, SwiftNode.literal(" : "), protocol);
        yield in("associated type witness table accessor for ", member);
      }
      case 't' -> {
        SwiftNode name = parser.name();
        yield in("associated type metadata accessor for ", name);
      }
      case 'V' -> SwiftNode.labelled("value witness table for ", parser.type());
      case 'v' -> {
        String directness =
            switch (in.next()) {
              case 'd' -> "direct";
              case 'i' -> "indirect";
              default -> throw Undemangled.here();
            };
        yield SwiftNode.labelled(directness + " field offset for ", parser.entity());
      }
      case 'Z' -> once("one-time initialization function for ");
      case 'z' -> once("one-time initialization token for ");
      default -> ofConformance(c);
    };
  }

  private SwiftNode ofConformance(int c) {
    String what =
        switch (c) {
          case 'a' -> "protocol witness table accessor for ";
          case 'G' -> "generic protocol witness table for ";
          case 'I' -> "instantiation function for generic protocol witness table for ";
          case 'P' -> "protocol witness table for ";
          case 'p' -> "protocol witness table pattern for ";
          case 'r' -> "resilient protocol witness table for ";
          default -> throw Undemangled.here();
        };
    return SwiftNode.labelled(what, parser.conformances.conformance());
  }

  private SwiftNode in(String what, SwiftNode part) {
    return sequence(
        SwiftNode.literal(what),
        part,
        SwiftNode.literal(" in "),
        parser.conformances.conformance());
  }

  private SwiftNode lazyTable(String what) {
    SwiftNode conformance = parser.conformances.conformance();
    return sequence(
        SwiftNode.literal(what),
        parser.type(),
        SwiftNode.literal(" and conformance "),
        conformance);
  }

  /** Takes the variables that one initialization sets, {@code context (decl-name _)+}. */
  private SwiftNode once(String what) {
    List<SwiftNode> names = new ArrayList<>();
    while (parser.eat(SwiftKind.FIRST_ELEMENT)) {
      names.add(parser.name());
    }
    if (names.isEmpty()) {
      throw Undemangled.here();
    }
    parser.context(); // not printed
    SwiftNode[] inOrder = SwiftParser.inOrder(names);
    return SwiftNode.labelled(
        what, inOrder.length == 1 ? inOrder[0] : SwiftNode.of(SwiftKind.LIST, "(", inOrder));
  }

  /** Reads what is behind the {@code WO} of a part of a function that many share. */
  private SwiftNode outlined() {
    int c = in.next();
    String what =
        switch (c) {
          case 'B', 'b' -> "init with take";
          case 'C', 'c' -> "init with copy";
          case 'D', 'd' -> "assign with take";
          case 'e' -> "consume";
          case 'F', 'f' -> "assign with copy";
          case 'g' -> "enum get tag";
          case 'H', 'h' -> "destroy";
          case 'i' -> "enum tag store";
          case 'j' -> "enum project data for load";
          case 'r' -> "retain";
          case 's' -> "release";
          case 'y' -> "copy";
          default -> throw Undemangled.here();
        };
    SwiftNode signature = parser.maybe(SwiftKind.SIGNATURE);
    SwiftNode type = parser.type();
    SwiftNode label = SwiftNode.literal("outlined " + what + " of ");
    return signature == null || (c != 'y' && c != 'e')
        ? sequence(label, type)
        : sequence(label, type, signature);
  }

  /** Reads the two letters of an operation on values that a type's value witness table has. */
  SwiftNode valueWitness() {
    int first = in.next();
    String operation =
        switch ("" + (char) first + (char) in.next()) {
          case "al" -> "allocateBuffer";
          case "CP" -> "initializeBufferWithCopyOfBuffer";
          case "Cc" -> "initializeArrayWithCopy";
          case "Cp" -> "initializeBufferWithCopy";
          case "ca" -> "assignWithCopy";
          case "cp" -> "initializeWithCopy";
          case "de" -> "deallocateBuffer";
          case "et" -> "getEnumTagSinglePayload";
          case "pr" -> "projectBuffer";
          case "st" -> "storeEnumTagSinglePayload";
          case "TK" -> "initializeBufferWithTakeOfBuffer";
          case "Tk" -> "initializeBufferWithTake";
          case "Tt" -> "initializeArrayWithTakeFrontToBack";
          case "tT" -> "initializeArrayWithTakeBackToFront";
          case "ta" -> "assignWithTake";
          case "tk" -> "initializeWithTake";
          case "ug" -> "getEnumTag";
          case "ui" -> "destructiveInjectEnumTag";
          case "up" -> "destructiveProjectEnumData";
          case "XX" -> "destroyBuffer";
          case "Xx" -> "destroyArray";
          case "xg" -> "getExtraInhabitantIndex";
          case "xs" -> "storeExtraInhabitant";
          case "xx" -> "destroy";
          default -> throw Undemangled.here();
        };
    return SwiftNode.labelled(operation + " value witness for ", parser.type());
  }
}
