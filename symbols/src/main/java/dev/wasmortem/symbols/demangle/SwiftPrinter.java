package dev.wasmortem.symbols.demangle;

import org.jspecify.annotations.Nullable;

/** Prints Swift names as {@code swift-demangle} does. */
final class SwiftPrinter {
  /** How much is printed. */
  enum Detail {
    /** All of it. */
    ALL,
    /** Declarations without their types, and not how a copy differs. */
    NAMES
  }

  final Printer out;
  final Detail detail;
  private final SwiftTypePrinter types;
  private final SwiftDeclarationPrinter declarations;
  private final int depth;

  /** What is left for names of functions as parts of this one, in bytes. */
  private int left;

  /**
   * @param limit of bytes
   * @param depth of this name as a part of others
   */
  SwiftPrinter(Printer out, Detail detail, int limit, int depth) {
    this.out = out;
    this.detail = detail;
    this.types = new SwiftTypePrinter(this);
    this.declarations = new SwiftDeclarationPrinter(this);
    this.depth = depth;
    this.left = limit;
  }

  void print(SwiftNode node) {
    print(node, SwiftDeclarationPrinter.Place.ANYWHERE);
  }

  /**
   * Prints a node.
   *
   * @return what could not be printed before a name, and is to be printed behind it
   */
  @Nullable SwiftNode print(SwiftNode node, SwiftDeclarationPrinter.Place place) {
    out.enter();
    SwiftNode behind = null;
    if (node.is(SwiftKind.Role.CONTEXT) || node.is(SwiftKind.BOUND_FUNCTION)) {
      behind = declarations.print(node, place);
    } else if (node.is(SwiftKind.Role.TYPE)) {
      types.print(node);
    } else {
      part(node);
    }
    out.leave();
    return behind;
  }

  /** Prints nodes with something between them. */
  void print(SwiftNode[] nodes, String between) {
    for (int i = 0; i < nodes.length; i++) {
      out.append(i == 0 ? "" : between);
      print(nodes[i]);
    }
  }

  /** Prints the type of a function whose parameters have labels. */
  void functionType(SwiftNode labels, SwiftNode type) {
    types.function(labels, type);
  }

  private void part(SwiftNode node) {
    switch (node.kind()) {
      case IDENTIFIER, OPERATOR, LITERAL, ATTRIBUTE, PARTIAL_APPLY -> node.text().appendTo(out);
      case LOCAL_NAME -> {
        print(node.child(0));
        out.append(" #");
        out.appendNumber(node.number() + 1);
      }
      case PRIVATE_NAME -> privateName(node);
      case RELATED_NAME -> {
        out.append("related decl '");
        node.text().appendTo(out);
        out.append("' for ");
        print(node.child(0));
      }
      case ASSOCIATED_NAME -> {
        if (node.count() > 1) {
          print(node.child(1));
          out.append('.');
        }
        print(node.child(0));
      }
      case SIGNATURE -> types.signature(node);
      case REQUIREMENT -> print(node.children(), "");
      case LIST -> list(node);
      case SEQUENCE -> sequence(node);
      case CONFORMANCE -> {
        print(node.child(0));
        out.append(" : ");
        print(node.child(1));
        out.append(" in ");
        print(node.child(2));
      }
      case OPAQUE_RESULT_OF -> {
        out.append("<<opaque return type of ");
        print(node.child(0));
        out.append(">>");
      }
      case COPY -> {
        if (detail == Detail.ALL) {
          node.text().appendTo(out);
        }
      }
      case SPECIALIZATION -> {
        if (detail == Detail.ALL) {
          node.text().appendTo(out);
          print(node.children(), ", ");
          out.append("> of ");
        }
      }
      case ARGUMENT_SPECIALIZATION -> argumentSpecialization(node);
      case SUFFIX -> {
        if (detail == Detail.ALL) {
          suffix(node.text());
        }
      }
      default -> throw Undemangled.here();
    }
  }

  private void privateName(SwiftNode node) {
    out.append('(');
    if (node.count() > 1) {
      print(node.child(1));
      out.append(' ');
    }
    out.append("in ");
    print(node.child(0));
    out.append(')');
  }

  /** Prints a list, in the brackets of which its text is the first. */
  private void list(SwiftNode node) {
    node.text().appendTo(out);
    print(node.children(), ", ");
    if (!node.text().isEmpty()) {
      out.append(node.text().is("<") ? '>' : ')');
    }
  }

  private void sequence(SwiftNode node) {
    if (node.child(0).is(SwiftKind.LABELS)) {
      types.function(node.child(0), node.child(1));
    } else {
      print(node.children(), "");
    }
  }

  /** Prints an argument that a function is put in place of, by the name of the function. */
  private void argumentSpecialization(SwiftNode node) {
    print(node.child(0));
    Word name = node.child(1).text();
    left -= name.length();
    if (left < 0) {
      throw Undemangled.here();
    }
    Swift.appendPart(name, left, depth, out);
    for (int i = 2; i < node.count(); i++) {
      print(node.child(i));
    }
  }

  private void suffix(Word text) {
    out.append(" with unmangled suffix \"");
    for (int i = 0; i < text.length(); i++) {
      character(text.at(i));
    }
    out.append('"');
  }

  private void character(int c) {
    switch (c) {
      case '\\', '"' -> {
        out.append('\\');
        out.append((char) c);
      }
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case 0 -> out.append("\\0");
      default -> {
        if ((c > 0 && c < ' ') || c == 0x7F) {
          out.append("\\x");
          out.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
          out.append(Character.toUpperCase(Character.forDigit(c & 0xF, 16)));
        } else {
          out.append((char) c);
        }
      }
    }
  }
}
