package dev.wasmortem.symbols.demangle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads declarations: types, functions, variables and what belongs to them. */
final class SwiftEntities {
  private final SwiftParser parser;
  private final Mangled in;

  SwiftEntities(SwiftParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  SwiftNode nominal(SwiftKind kind) {
    SwiftNode name = parser.name();
    return parser.substitutable(SwiftNode.of(kind, parser.context(), name));
  }

  SwiftNode extension() {
    SwiftNode signature = parser.maybe(SwiftKind.SIGNATURE);
    SwiftNode module = parser.module();
    SwiftNode type = parser.nominal();
    return signature == null
        ? SwiftNode.of(SwiftKind.EXTENSION, module, type)
        : SwiftNode.of(SwiftKind.EXTENSION, module, type, signature);
  }

  SwiftNode anonymousContext() {
    SwiftNode types = parser.list(parser::type);
    SwiftNode name = parser.take(SwiftKind.IDENTIFIER);
    return SwiftNode.of(SwiftKind.ANONYMOUS_CONTEXT, parser.context(), name, types);
  }

  /** Takes {@code context decl-name label-list function-signature generic-signature?}. */
  SwiftNode function() {
    SwiftNode signature = parser.maybe(SwiftKind.SIGNATURE);
    SwiftNode type = SwiftGenerics.generic(signature, parser.functionTypes.function(""));
    SwiftNode labels = parser.functionTypes.labels(type);
    SwiftNode name = parser.name();
    return entity(SwiftKind.FUNCTION, "", parser.context(), name, labels, type);
  }

  private static SwiftNode entity(SwiftKind kind, String text, @Nullable SwiftNode... parts) {
    List<SwiftNode> there = new ArrayList<>();
    for (SwiftNode part : parts) {
      if (part != null) {
        there.add(part);
      }
    }
    return SwiftNode.of(kind, text, there.toArray(SwiftNode[]::new));
  }

  /** Takes a variable and reads which of its accessors is meant. */
  SwiftNode variable() {
    SwiftNode type = parser.type();
    SwiftNode labels = parser.functionTypes.labels(type);
    SwiftNode name = parser.name();
    return accessor(entity(SwiftKind.VARIABLE, "", parser.context(), name, labels, type));
  }

  SwiftNode subscript() {
    SwiftNode file = parser.maybe(SwiftKind.PRIVATE_NAME);
    SwiftNode type = parser.type();
    SwiftNode labels = parser.functionTypes.labels(type);
    return accessor(entity(SwiftKind.SUBSCRIPT, "", parser.context(), labels, type, file));
  }

  private SwiftNode accessor(SwiftNode storage) {
    int c = in.next();
    if (c == 'p') {
      return storage;
    }
    String name =
        switch (c) {
          case 'a' -> addressor("Mutable");
          case 'G', 'g' -> "getter";
          case 'i' -> "init";
          case 'l' -> addressor("");
          case 'M' -> "modify";
          case 'm' -> "materializeForSet";
          case 'r' -> "read";
          case 's' -> "setter";
          case 'W' -> "didset";
          case 'w' -> "willset";
          case 'x' -> "modify2";
          case 'y' -> "read2";
          default -> throw Undemangled.here();
        };
    return SwiftNode.of(SwiftKind.ACCESSOR, name, storage);
  }

  private String addressor(String mutable) {
    return switch (in.next()) {
      case 'O' -> "owning" + mutable + "Addressor";
      case 'o' -> "nativeOwning" + mutable + "Addressor";
      case 'p' -> "nativePinning" + mutable + "Addressor";
      case 'u' -> "unsafe" + mutable + "Addressor";
      default -> throw Undemangled.here();
    };
  }

  /** Reads what is behind the {@code f} of something that is like a function. */
  SwiftNode functionLike() {
    return switch (in.next()) {
      case 'A' -> initializer("default argument " + parser.index());
      case 'C' -> constructor("__allocating_init");
      case 'c' -> constructor("init");
      case 'D' -> destructor("__deallocating_deinit");
      case 'd' -> destructor("deinit");
      case 'E' -> destructor("__ivar_destroyer");
      case 'e' -> destructor("__ivar_initializer");
      case 'i' -> initializer("variable initialization expression");
      case 'M' -> macroExpansion();
      case 'm' -> macro();
      case 'P' -> initializer("property wrapper backing initializer");
      case 'p' -> {
        SwiftNode type = parser.type();
        SwiftNode name = parser.name();
        yield SwiftNode.of(SwiftKind.TYPE_PARAMETER, parser.context(), name, type);
      }
      case 'U' -> closure("closure #");
      case 'u' -> closure("implicit closure #");
      case 'W' -> initializer("property wrapper init from projected value");
      case 'Z' -> destructor("__isolated_deallocating_deinit");
      default -> throw Undemangled.here();
    };
  }

  private SwiftNode initializer(String what) {
    return SwiftNode.of(SwiftKind.INITIALIZER, what, parser.context());
  }

  /** Takes what only classes have under a name of its own. */
  private SwiftNode destructor(String name) {
    SwiftNode context = parser.context();
    boolean isPlain = name.endsWith("deinit") && !context.is(SwiftKind.CLASS);
    return SwiftNode.of(SwiftKind.DESTRUCTOR, isPlain ? "deinit" : name, context);
  }

  private SwiftNode constructor(String name) {
    SwiftNode file = parser.maybe(SwiftKind.PRIVATE_NAME);
    SwiftNode type = parser.type();
    SwiftNode labels = parser.functionTypes.labels(type);
    SwiftNode context = parser.context();
    String shown = context.is(SwiftKind.CLASS) ? name : "init";
    return entity(SwiftKind.CONSTRUCTOR, shown, context, labels, type, file);
  }

  private SwiftNode closure(String what) {
    int number = parser.index() + 1;
    SwiftNode type = parser.type();
    return SwiftNode.of(SwiftKind.CLOSURE, what + number, parser.context(), type);
  }

  private SwiftNode macro() {
    SwiftNode signature = parser.maybe(SwiftKind.SIGNATURE);
    SwiftNode type = SwiftGenerics.generic(signature, parser.type());
    SwiftNode labels = parser.functionTypes.labels(type);
    SwiftNode name = parser.name();
    return entity(SwiftKind.MACRO, "", parser.context(), name, labels, type);
  }

  private SwiftNode macroExpansion() {
    return switch (in.next()) {
      case 'a' -> attachedMacro("accessor");
      case 'b' -> attachedMacro("body");
      case 'c' -> attachedMacro("conformance");
      case 'e' -> attachedMacro("extension");
      case 'f' -> {
        SwiftNode name = parser.name();
        SwiftNode file = parser.maybe(SwiftKind.PRIVATE_NAME);
        yield expansion("freestanding macro expansion #", name, file);
      }
      case 'm' -> attachedMacro("member");
      case 'p' -> attachedMacro("peer");
      case 'q' -> attachedMacro("preamble");
      case 'r' -> attachedMacro("memberAttribute");
      case 'u' -> expansion("unique name #", parser.name(), null);
      case 'X' -> expansionPlace();
      default -> throw Undemangled.here();
    };
  }

  private SwiftNode attachedMacro(String role) {
    SwiftNode macro = parser.take(SwiftKind.IDENTIFIER);
    SwiftNode name = parser.name();
    return expansion(role + " macro @" + macro.text() + " expansion #", name, null);
  }

  private SwiftNode expansion(String what, SwiftNode name, @Nullable SwiftNode file) {
    SwiftNode context = parser.context();
    int number = parser.index() + 1;
    return entity(SwiftKind.MACRO_EXPANSION, what + number, context, name, file);
  }

  /** Reads the line and the column of an expansion that belongs to no declaration. */
  private SwiftNode expansionPlace() {
    int line = parser.index();
    int column = parser.index();
    Word file = parser.take(SwiftKind.IDENTIFIER).text();
    Word module = parser.take(SwiftKind.IDENTIFIER).text();
    String place = "module " + module + " file " + file + " line " + line + " column " + column;
    return SwiftNode.of(SwiftKind.MODULE, place);
  }
}
