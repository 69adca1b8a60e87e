package dev.wasmortem.symbols.demangle;

import org.jspecify.annotations.Nullable;

/** Templates of C++: their arguments, packs of them and references to them. */
final class TemplateNodes {
  private TemplateNodes() {}

  /** A name with template arguments. */
  static final class Specialization extends Node {
    private final Node template;
    private final Node arguments;

    /**
     * @param arguments with their angle brackets
     */
    Specialization(Node template, Node arguments) {
      super(0);
      this.template = template;
      this.arguments = arguments;
    }

    @Override
    Word baseName() {
      return template.baseName();
    }

    @Override
    void left(Printer out) {
      out.print(template);
      out.print(arguments);
    }
  }

  /** A pack where it stands as an argument: all its elements. */
  static final class PackArgument extends Node {
    private final Phrase.Listed elements;

    PackArgument(Phrase.Listed elements) {
      super(0);
      this.elements = elements;
    }

    Phrase.Listed elements() {
      return elements;
    }

    @Override
    void left(Printer out) {
      out.print(elements);
    }
  }

  /**
   * A pack where a template parameter stands for it: one of its elements, which the expansion
   * around it counts. The first pack that is met says how many there are.
   */
  static final class Pack extends Node {
    private final Node[] elements;

    Pack(Node[] elements) {
      super(traits(elements));
      this.elements = elements;
    }

    private static int traits(Node[] elements) {
      int traits = 0;
      for (Node element : elements) {
        for (int trait = RIGHT; trait <= FUNCTION; trait <<= 1) {
          if (element.traits(trait) != 0) {
            traits |= perhaps(trait);
          }
        }
      }
      return traits;
    }

    private @Nullable Node current(Printer out) {
      if (out.packSize == Printer.NO_PACK) {
        out.packSize = elements.length;
        out.packIndex = 0;
      }
      return out.packIndex < elements.length ? elements[out.packIndex] : null;
    }

    @Override
    boolean hasNow(int trait, Printer out) {
      Node element = current(out);
      return element != null && element.has(trait, out);
    }

    @Override
    Node meant(Printer out) {
      Node element = current(out);
      if (element == null) {
        return this;
      }
      out.enter();
      Node result = element.meant(out);
      out.leave();
      return result;
    }

    @Override
    void left(Printer out) {
      Node element = current(out);
      if (element != null) {
        out.left(element);
      }
    }

    @Override
    void right(Printer out) {
      Node element = current(out);
      if (element != null) {
        out.right(element);
      }
    }
  }

  /** A pattern that is printed once for each element of the packs within it. */
  static final class Expansion extends Node {
    private final Node pattern;

    Expansion(Node pattern) {
      super(0);
      this.pattern = pattern;
    }

    @Override
    void left(Printer out) {
      int outerIndex = out.packIndex;
      int outerSize = out.packSize;
      out.packIndex = Printer.NO_PACK;
      out.packSize = Printer.NO_PACK;
      int start = out.length();
      out.print(pattern);
      if (out.packSize == Printer.NO_PACK) {
        out.append("..."); // of function parameters, whose number is not in the name
      } else if (out.packSize == 0) {
        out.truncate(start);
      } else {
        int size = out.packSize;
        for (int i = 1; i < size; i++) {
          out.append(", ");
          out.packIndex = i;
          out.print(pattern);
        }
      }
      out.packIndex = outerIndex;
      out.packSize = outerSize;
    }
  }

  /**
   * A template parameter whose argument comes later in the name, as in a conversion operator's
   * type. It can refer to itself, which prints as nothing.
   */
  static final class ForwardReference extends Node {
    private final int index;
    private Node argument = Word.EMPTY;
    private boolean printing;

    ForwardReference(int index) {
      super(perhaps(RIGHT | ARRAY | FUNCTION));
      this.index = index;
    }

    int index() {
      return index;
    }

    void resolve(Node to) {
      argument = to;
    }

    @Override
    boolean hasNow(int trait, Printer out) {
      if (printing) {
        return false;
      }
      printing = true;
      boolean result = argument.has(trait, out);
      printing = false;
      return result;
    }

    @Override
    Node meant(Printer out) {
      if (printing) {
        return this;
      }
      printing = true;
      out.enter();
      Node result = argument.meant(out);
      out.leave();
      printing = false;
      return result;
    }

    @Override
    void left(Printer out) {
      if (!printing) {
        printing = true;
        out.left(argument);
        printing = false;
      }
    }

    @Override
    void right(Printer out) {
      if (!printing) {
        printing = true;
        out.right(argument);
        printing = false;
      }
    }
  }

  /** The declaration of a template parameter: something before its name, something behind it. */
  static final class Declaration extends Node {
    private final Node before;
    private final Node after;

    Declaration(Node before, Node after) {
      super(RIGHT);
      this.before = before;
      this.after = after;
    }

    @Override
    void left(Printer out) {
      out.print(before);
    }

    @Override
    void right(Printer out) {
      out.print(after);
    }
  }

  /** The declaration of a template parameter that is a value of some type. */
  static final class ValueDeclaration extends Node {
    private final Node name;
    private final Node type;

    ValueDeclaration(Node name, Node type) {
      super(RIGHT);
      this.name = name;
      this.type = type;
    }

    @Override
    void left(Printer out) {
      out.left(type);
      if (!type.has(RIGHT, out)) {
        out.append(' ');
      }
    }

    @Override
    void right(Printer out) {
      out.print(name);
      out.right(type);
    }
  }

  /** The declaration of a pack of template parameters. */
  static final class PackDeclaration extends Node {
    private final Node declaration;

    PackDeclaration(Node declaration) {
      super(RIGHT);
      this.declaration = declaration;
    }

    @Override
    void left(Printer out) {
      out.left(declaration);
      out.append("...");
    }

    @Override
    void right(Printer out) {
      out.right(declaration);
    }
  }

  /** An argument with the declaration of its parameter, which is not printed. */
  static final class DeclaredArgument extends Node {
    private final Node argument;

    DeclaredArgument(Node argument) {
      super(0);
      this.argument = argument;
    }

    Node argument() {
      return argument;
    }

    @Override
    void left(Printer out) {
      out.print(argument);
    }
  }
}
