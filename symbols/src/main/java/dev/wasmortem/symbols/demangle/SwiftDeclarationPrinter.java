package dev.wasmortem.symbols.demangle;

import org.jspecify.annotations.Nullable;

/**
 * Prints declarations with what they stand in: {@code main.Counter.increment() -> ()}. One whose
 * name is of several words, or that has a type itself, cannot be printed before a name, and is
 * printed behind it: {@code closure #1 () -> () in main.f() -> ()}.
 */
final class SwiftDeclarationPrinter {
  /** Where a declaration is printed. */
  enum Place {
    ANYWHERE,
    /** Before the name of one in it, with a point between them. */
    BEFORE_A_NAME
  }

  /** How the type of a declaration is printed. */
  private enum Typing {
    NONE,
    /** Behind a colon. */
    VALUE,
    /** Behind the name at once. */
    FUNCTION
  }

  /** Whether a type is printed with its parameters. */
  private enum Parameters {
    SHOWN,
    /** Arguments are in their place. */
    BOUND
  }

  /**
   * How a declaration is printed.
   *
   * @param node the declaration
   * @param name its name, if it has one
   * @param extra what is printed behind the name, or instead of it
   */
  private record Shape(
      SwiftNode node, Typing typing, @Nullable SwiftNode name, Word extra, Parameters parameters) {
    Shape(SwiftNode node, Typing typing, @Nullable SwiftNode name, Word extra) {
      this(node, typing, name, extra, Parameters.SHOWN);
    }

    boolean hasSeveralWords() {
      return extra.contains(' ') || (name != null && isLocal(name));
    }

    private static boolean isLocal(SwiftNode name) {
      return name.is(SwiftKind.LOCAL_NAME)
          || (name.is(SwiftKind.SEQUENCE) && name.child(0).is(SwiftKind.LOCAL_NAME));
    }
  }

  private static final SwiftNode SUBSCRIPT = SwiftNode.literal("subscript");

  private final SwiftPrinter printer;
  private final Printer out;

  SwiftDeclarationPrinter(SwiftPrinter printer) {
    this.printer = printer;
    this.out = printer.out;
  }

  /**
   * Prints a declaration.
   *
   * @return what could not be printed before a name
   */
  @Nullable SwiftNode print(SwiftNode node, Place place) {
    switch (node.kind()) {
      case MODULE -> node.text().appendTo(out);
      case STATIC -> {
        out.append("static ");
        printer.print(node.child(0));
      }
      case EXTENSION -> extension(node);
      case ANONYMOUS_CONTEXT -> anonymousContext(node);
      default -> {
        return print(shape(node), place);
      }
    }
    return null;
  }

  private void extension(SwiftNode node) {
    out.append("(extension in ");
    printer.print(node.child(0));
    out.append("):");
    printer.print(node.child(1));
    if (node.count() > 2) {
      printer.print(node.child(2));
    }
  }

  private void anonymousContext(SwiftNode node) {
    printer.print(node.child(0));
    out.append(".(unknown context at ");
    printer.print(node.child(1));
    out.append(')');
    SwiftNode types = node.child(2);
    if (types.count() > 0) {
      out.append('<');
      printer.print(types.children(), "");
      out.append('>');
    }
  }

  private static Shape shape(SwiftNode node) {
    return switch (node.kind()) {
      case ACCESSOR -> {
        SwiftNode storage = node.child(0);
        SwiftNode name = storage.is(SwiftKind.SUBSCRIPT) ? SUBSCRIPT : storage.child(1);
        yield new Shape(storage, Typing.VALUE, name, node.text());
      }
      case BOUND_FUNCTION -> boundFunction(node);
      case CLOSURE -> new Shape(node, Typing.FUNCTION, null, node.text());
      case CONSTRUCTOR -> {
        SwiftNode file = node.find(SwiftKind.PRIVATE_NAME);
        yield new Shape(node, Typing.FUNCTION, file, node.text());
      }
      case DESTRUCTOR, INITIALIZER -> new Shape(node, Typing.NONE, null, node.text());
      case FUNCTION -> new Shape(node, Typing.FUNCTION, node.child(1), Word.EMPTY);
      case MACRO -> {
        boolean isFunction = node.find(SwiftKind.LABELS) != null;
        Typing typing = isFunction ? Typing.FUNCTION : Typing.VALUE;
        yield new Shape(node, typing, node.child(1), Word.EMPTY);
      }
      case MACRO_EXPANSION -> {
        SwiftNode name = node.child(1);
        SwiftNode whole =
            node.count() > 2 ? SwiftNode.of(SwiftKind.SEQUENCE, name, node.child(2)) : name;
        yield new Shape(node, Typing.NONE, whole, node.text());
      }
      case SUBSCRIPT -> new Shape(node, Typing.FUNCTION, SUBSCRIPT, Word.EMPTY);
      case VARIABLE -> new Shape(node, Typing.VALUE, node.child(1), Word.EMPTY);
      default -> new Shape(node, Typing.NONE, node.child(1), Word.EMPTY);
    };
  }

  /** Arguments take the place of parameters; of an initializer, that of the name as well. */
  private static Shape boundFunction(SwiftNode node) {
    SwiftNode function = node.child(0);
    SwiftNode arguments = SwiftNode.of(SwiftKind.LIST, "<", node.child(1).children());
    SwiftNode name =
        function.is(SwiftKind.FUNCTION)
            ? SwiftNode.of(SwiftKind.SEQUENCE, function.child(1), arguments)
            : arguments;
    return new Shape(function, Typing.FUNCTION, name, Word.EMPTY, Parameters.BOUND);
  }

  private @Nullable SwiftNode print(Shape shape, Place place) {
    boolean isTyped = shape.typing() != Typing.NONE && printer.detail == SwiftPrinter.Detail.ALL;
    boolean severalWords = shape.hasSeveralWords();
    if (place == Place.BEFORE_A_NAME && (isTyped || severalWords)) {
      return shape.node();
    }
    SwiftNode context = shape.node().child(0);
    SwiftNode behind = context;
    if (!severalWords) {
      int before = out.length();
      behind = printer.print(context, Place.BEFORE_A_NAME);
      if (out.length() > before) {
        out.append('.');
      }
    }
    name(shape);
    if (isTyped) {
      type(shape);
    }
    if (place == Place.BEFORE_A_NAME || behind == null) {
      return behind;
    }
    out.append(shape.node().is(SwiftKind.INITIALIZER) ? " of " : " in ");
    printer.print(behind);
    return null;
  }

  private void name(Shape shape) {
    SwiftNode name = shape.name();
    if (name == null) {
      shape.extra().appendTo(out);
    } else if (shape.extra().isEmpty()) {
      printer.print(name);
    } else if (shape.hasSeveralWords()) {
      shape.extra().appendTo(out);
      out.append(" of ");
      printer.print(name);
    } else {
      printer.print(name);
      out.append('.');
      shape.extra().appendTo(out);
    }
  }

  private void type(Shape shape) {
    SwiftNode type = shape.node().last();
    if (type.is(SwiftKind.PRIVATE_NAME)) {
      type = shape.node().child(shape.node().count() - 2);
    }
    boolean isFunction = shape.typing() == Typing.FUNCTION && isFunction(type);
    if (!isFunction) {
      out.append(" : ");
    } else if (shape.hasSeveralWords() || SwiftTypePrinter.needsSpace(type)) {
      out.append(' ');
    }
    SwiftNode labels = shape.node().find(SwiftKind.LABELS);
    if (type.is(SwiftKind.GENERIC_TYPE) && labels != null) {
      if (shape.parameters() == Parameters.SHOWN) {
        printer.print(type.child(0));
      }
      type = type.child(1);
      out.append(SwiftTypePrinter.needsSpace(type) ? " " : "");
    }
    if (labels == null) {
      printer.print(type);
    } else {
      printer.functionType(labels, type);
    }
  }

  private static boolean isFunction(SwiftNode type) {
    SwiftNode inner = type;
    while (inner.is(SwiftKind.GENERIC_TYPE)) {
      inner = inner.child(1);
    }
    return inner.is(SwiftKind.FUNCTION_TYPE)
        || (inner.is(SwiftKind.CONVENTION_TYPE)
            && (inner.text().is("@convention(c) ") || inner.text().is("@convention(thin) ")));
  }
}
