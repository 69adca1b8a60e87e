package dev.wasmortem.symbols.demangle;

/** Expressions of C++ that are more than a phrase. */
final class ExpressionNodes {
  private ExpressionNodes() {}

  /**
   * {@code >} or {@code >>} with operands; in parentheses where it would end template arguments.
   */
  static final class GreaterThan extends Node {
    private final Precedence precedence;
    private final Phrase comparison;

    GreaterThan(Precedence precedence, Phrase comparison) {
      super(0);
      this.precedence = precedence;
      this.comparison = comparison;
    }

    @Override
    Precedence precedence() {
      return precedence;
    }

    @Override
    void left(Printer out) {
      if (out.parenthesizesGreater()) {
        out.open('(');
        out.print(comparison);
        out.close(')');
      } else {
        out.print(comparison);
      }
    }
  }

  /** An integer of a builtin type. */
  static final class IntegerLiteral extends Node {
    private static final int LONGEST_SUFFIX = 3;

    private final Word type;
    private final Word value;

    /**
     * @param type a suffix as {@code ul}, or a longer name, which is printed as a cast
     * @param value digits, with {@code n} before those of a negative one
     */
    IntegerLiteral(Word type, Word value) {
      super(0);
      this.type = type;
      this.value = value;
    }

    Word value() {
      return value;
    }

    @Override
    void left(Printer out) {
      boolean suffix = type.length() <= LONGEST_SUFFIX;
      if (!suffix) {
        out.open('(');
        out.print(type);
        out.close(')');
      }
      out.print(signed(value));
      if (suffix) {
        out.print(type);
      }
    }

    /** Returns the number with a minus. */
    static Node signed(Word value) {
      return value.at(0) == 'n' ? Phrase.of(Phrase.MINUS, value.without(1)) : value;
    }
  }

  /** {@code T{1, 2}}; an array of characters is a string. */
  static final class InitializerList extends Node {
    private final Node type;
    private final Phrase.Listed values;

    InitializerList(Node type, Phrase.Listed values) {
      super(0);
      this.type = type;
      this.values = values;
    }

    @Override
    void left(Printer out) {
      if (type instanceof TypeNodes.Array array
          && array.element() instanceof Word element
          && element.is("char")
          && CharacterArray.print(values.items(), out)) {
        return;
      }
      out.print(type);
      out.append('{');
      out.print(values);
      out.append('}');
    }
  }

  /** {@code .field = value}, {@code [index] = value}; such a value goes without the sign. */
  static final class Designated extends Node {
    private final Node designator;
    private final Node value;

    Designated(Node designator, Node value) {
      super(0);
      this.designator = designator;
      this.value = value;
    }

    @Override
    void left(Printer out) {
      out.print(designator);
      if (!(value instanceof Designated)) {
        out.append(" = ");
      }
      out.print(value);
    }
  }
}
