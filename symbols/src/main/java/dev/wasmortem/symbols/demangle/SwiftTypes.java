package dev.wasmortem.symbols.demangle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads types that are not functions. */
final class SwiftTypes {
  private static final int MOST_BITS = 4096;

  private final SwiftParser parser;
  private final Mangled in;

  SwiftTypes(SwiftParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  /** Reads what is behind the {@code B} of a type that the compiler knows. */
  SwiftNode builtin() {
    return switch (in.next()) {
      case 'A' -> builtin("ImplicitActor");
      case 'B' -> builtin("UnsafeValueBuffer");
      case 'b' -> builtin("BridgeObject");
      case 'c' -> builtin("RawUnsafeContinuation");
      case 'D' -> builtin("DefaultActorStorage");
      case 'd' -> builtin("NonDefaultDistributedActorStorage");
      case 'e' -> builtin("Executor");
      case 'f' -> builtin("FPIEEE" + size());
      case 'I' -> builtin("IntLiteral");
      case 'i' -> builtin("Int" + size());
      case 'j' -> builtin("Job");
      case 'O' -> builtin("UnknownObject");
      case 'o' -> builtin("NativeObject");
      case 'P' -> builtin("PackIndex");
      case 'p' -> builtin("RawPointer");
      case 'T' -> builtin("TheTupleType");
      case 't' -> builtin("SILToken");
      case 'V' -> fixedArray();
      case 'v' -> vector();
      case 'w' -> builtin("Word");
      default -> throw Undemangled.here();
    };
  }

  private static SwiftNode builtin(String name) {
    return SwiftNode.of(SwiftKind.BUILTIN, "Builtin." + name);
  }

  private int size() {
    int size = parser.index() - 1;
    if (size <= 0 || size > MOST_BITS) {
      throw Undemangled.here();
    }
    return size;
  }

  private SwiftNode vector() {
    int size = size();
    SwiftNode element = parser.take(SwiftKind.BUILTIN);
    return builtin("Vec" + size + "x" + element.text().without("Builtin.".length()));
  }

  private SwiftNode fixedArray() {
    SwiftNode element = parser.type();
    return SwiftNode.of(SwiftKind.FIXED_ARRAY, parser.type(), element);
  }

  /** Reads what is behind the {@code $} of an integer among type arguments. */
  SwiftNode integer() {
    String sign = in.eat('n') ? "-" : "";
    return SwiftNode.of(SwiftKind.INTEGER, sign + parser.index());
  }

  SwiftNode tuple() {
    if (parser.eat(SwiftKind.EMPTY_LIST)) {
      return SwiftNode.of(SwiftKind.TUPLE);
    }
    return SwiftNode.of(SwiftKind.TUPLE, parser.elements(this::tupleElement));
  }

  private SwiftNode tupleElement() {
    SwiftNode variadic = parser.maybe(SwiftKind.VARIADIC);
    SwiftNode label = parser.maybe(SwiftKind.IDENTIFIER);
    SwiftNode type = parser.type();
    return new SwiftNode(
        SwiftKind.TUPLE_ELEMENT,
        label == null ? Word.EMPTY : label.text(),
        variadic == null ? 0 : 1,
        type);
  }

  /** Takes a list of protocols: {@code P & Q}, or {@code Any}. */
  SwiftNode protocols() {
    return SwiftNode.of(SwiftKind.PROTOCOLS, protocolList().children());
  }

  private SwiftNode protocolList() {
    return parser.list(parser::protocol);
  }

  /** Reads what is behind the {@code X} of a type, of which there are few. */
  SwiftNode special() {
    int c = in.next();
    return switch (c) {
      case 'b' -> SwiftNode.of(SwiftKind.MODIFIED_TYPE, "@box ", parser.type());
      case 'c' -> {
        SwiftNode base = parser.type();
        yield SwiftNode.of(SwiftKind.PROTOCOLS_AND_CLASS, base, protocolList());
      }
      case 'D' -> SwiftNode.of(SwiftKind.DYNAMIC_SELF, parser.type());
      case 'e' -> SwiftNode.of(SwiftKind.ERROR_TYPE);
      case 'l' -> SwiftNode.of(SwiftKind.PROTOCOLS_AND_OBJECT, protocolList().children());
      case 'M' -> SwiftNode.of(SwiftKind.METATYPE, representation(), parser.type());
      case 'm' -> SwiftNode.of(SwiftKind.EXISTENTIAL_METATYPE, representation(), parser.type());
      case 'o' -> SwiftNode.of(SwiftKind.MODIFIED_TYPE, "unowned ", parser.type());
      case 'P' -> constrainedExistential();
      case 'p' -> SwiftNode.of(SwiftKind.EXISTENTIAL_METATYPE, parser.type());
      case 'S' -> sugared();
      case 'u' -> SwiftNode.of(SwiftKind.MODIFIED_TYPE, "unowned(unsafe) ", parser.type());
      case 'w' -> SwiftNode.of(SwiftKind.MODIFIED_TYPE, "weak ", parser.type());
      case 'X' -> {
        SwiftNode signature = parser.take(SwiftKind.SIGNATURE);
        SwiftNode arguments = parser.list(parser::type);
        yield SwiftNode.of(SwiftKind.BOX, parser.list(parser::type), signature, arguments);
      }
      case 'x' -> SwiftNode.of(SwiftKind.BOX, parser.list(parser::type));
      case 'Y' -> parser.entities.nominal(SwiftKind.OTHER_NOMINAL);
      case 'Z' -> parser.entities.anonymousContext();
      default -> parser.functionTypes.special(c);
    };
  }

  private SwiftNode representation() {
    return SwiftNode.literal(
        switch (in.next()) {
          case 't' -> "@thin";
          case 'T' -> "@thick";
          case 'o' -> "@objc_metatype";
          default -> throw Undemangled.here();
        });
  }

  private SwiftNode constrainedExistential() {
    SwiftNode[] requirements = parser.elements(() -> parser.take(SwiftKind.Role.REQUIREMENT));
    SwiftNode list = SwiftNode.of(SwiftKind.LIST, requirements);
    return SwiftNode.of(SwiftKind.CONSTRAINED_EXISTENTIAL, parser.type(), list);
  }

  private SwiftNode sugared() {
    return switch (in.next()) {
      case 'a' -> SwiftNode.of(SwiftKind.SUGARED_ARRAY, parser.type());
      case 'D' -> {
        SwiftNode value = parser.type();
        yield SwiftNode.of(SwiftKind.SUGARED_DICTIONARY, parser.type(), value);
      }
      case 'q' -> SwiftNode.of(SwiftKind.SUGARED_OPTIONAL, parser.type());
      default -> throw Undemangled.here();
    };
  }

  /** Reads what is behind the {@code Q} of an associated or opaque type, or of a pack. */
  SwiftNode archetype() {
    int c = in.next();
    return switch (c) {
      case 'O' -> SwiftNode.of(SwiftKind.OPAQUE_RESULT_OF, parser.context());
      case 'P' -> SwiftNode.of(SwiftKind.PACK, pack());
      case 'p' -> {
        SwiftNode shape = parser.type();
        yield SwiftNode.of(SwiftKind.PACK_EXPANSION, parser.type(), shape);
      }
      case 'R' -> {
        parser.index();
        yield SwiftNode.of(SwiftKind.OPAQUE_RESULT);
      }
      case 'r' -> SwiftNode.of(SwiftKind.OPAQUE_RESULT);
      case 'S' -> SwiftNode.of(SwiftKind.PACK, directness(), pack());
      default -> parser.substitutable(memberOrOpaque(c));
    };
  }

  private SwiftNode memberOrOpaque(int c) {
    return switch (c) {
      case 'a' -> {
        SwiftNode name = parser.take(SwiftKind.IDENTIFIER);
        yield SwiftNode.of(SwiftKind.ASSOCIATED_TYPE, parser.type(), name);
      }
      case 'o' -> opaque();
      case 'X' -> deepMember(null);
      case 'x' -> member(null);
      case 'Y' -> deepMember(parser.generics.parameter());
      case 'y' -> member(parser.generics.parameter());
      case 'Z' -> deepMember(SwiftGenerics.firstParameter());
      case 'z' -> member(SwiftGenerics.firstParameter());
      default -> throw Undemangled.here();
    };
  }

  private SwiftNode[] pack() {
    return parser.list(parser::type).children();
  }

  private String directness() {
    return switch (in.next()) {
      case 'd' -> "@direct ";
      case 'i' -> "@indirect ";
      default -> throw Undemangled.here();
    };
  }

  private SwiftNode opaque() {
    int index = parser.index();
    parser.generics.argumentLists();
    return SwiftNode.numbered(
        SwiftKind.OPAQUE_TYPE, index, parser.take(SwiftKind.OPAQUE_RESULT_OF));
  }

  /**
   * Takes a member of a type.
   *
   * @param base the type, if it is not on the stack before the member's name
   */
  SwiftNode member(@Nullable SwiftNode base) {
    SwiftNode name = associatedName();
    return SwiftNode.of(SwiftKind.MEMBER_TYPE, base == null ? parser.type() : base, name);
  }

  /** Takes a member of a member of a type. */
  SwiftNode deepMember(@Nullable SwiftNode base) {
    SwiftNode[] names = parser.elements(this::associatedName);
    SwiftNode type = base == null ? parser.type() : base;
    for (SwiftNode name : names) {
      type = SwiftNode.of(SwiftKind.MEMBER_TYPE, type, name);
    }
    return type;
  }

  /** Takes the name of an associated type with or without its protocol. */
  SwiftNode associatedName() {
    SwiftNode protocol = parser.maybe(SwiftKind.Role.TYPE);
    if (protocol != null && !protocol.is(SwiftKind.PROTOCOL)) {
      throw Undemangled.here();
    }
    List<SwiftNode> parts = new ArrayList<>();
    parts.add(parser.take(SwiftKind.IDENTIFIER));
    if (protocol != null) {
      parts.add(protocol);
    }
    return SwiftNode.of(SwiftKind.ASSOCIATED_NAME, parts.toArray(SwiftNode[]::new));
  }

  /** Takes names of associated types, as one after the other. */
  SwiftNode associatedPath() {
    SwiftNode[] names = parser.elements(this::associatedName);
    List<SwiftNode> path = new ArrayList<>();
    for (SwiftNode name : names) {
      if (!path.isEmpty()) {
        path.add(SwiftNode.literal("."));
      }
      path.add(name);
    }
    return SwiftNode.of(SwiftKind.SEQUENCE, path.toArray(SwiftNode[]::new));
  }
}
