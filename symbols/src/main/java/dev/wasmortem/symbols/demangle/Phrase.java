package dev.wasmortem.symbols.demangle;

/** Parts that are printed one after the other, each with both of its halves. */
final class Phrase extends Node {
  static final Word SCOPE = Word.of("::");
  static final Word SPACE = Word.of(" ");
  static final Word MINUS = Word.of("-");
  static final Node OPEN = new Bracket('(');
  static final Node CLOSE = new Bracket(')');

  private final Precedence precedence;
  private final Word baseName;
  private final Node[] parts;

  private Phrase(Precedence precedence, Word baseName, Node... parts) {
    super(0);
    this.precedence = precedence;
    this.baseName = baseName;
    this.parts = parts;
  }

  static Phrase of(Node... parts) {
    return new Phrase(Precedence.PRIMARY, Word.EMPTY, parts);
  }

  static Phrase expression(Precedence precedence, Node... parts) {
    return new Phrase(precedence, Word.EMPTY, parts);
  }

  /** Returns a phrase that is a name, of which one part is the last name itself. */
  static Phrase name(Node base, Node... parts) {
    return new Phrase(Precedence.PRIMARY, base.baseName(), parts);
  }

  static Phrase scoped(Node scope, Node name) {
    return name(name, scope, SCOPE, name);
  }

  static Phrase parenthesized(Node inner) {
    return of(OPEN, inner, CLOSE);
  }

  @Override
  Precedence precedence() {
    return precedence;
  }

  @Override
  Word baseName() {
    return baseName;
  }

  @Override
  void left(Printer out) {
    for (Node part : parts) {
      out.print(part);
    }
  }

  /** One half of a pair of brackets, within which a {@code >} is just that. */
  static final class Bracket extends Node {
    private final char character;

    Bracket(char character) {
      super(0);
      this.character = character;
    }

    @Override
    void left(Printer out) {
      switch (character) {
        case '(', '[', '{' -> out.open(character);
        default -> out.close(character);
      }
    }
  }

  /** Nodes with commas between them. One that prints as nothing, an empty pack, has no comma. */
  static final class Listed extends Node {
    static final Listed NONE = new Listed();

    private final Node[] items;

    Listed(Node... items) {
      super(0);
      this.items = items;
    }

    Node[] items() {
      return items;
    }

    boolean isEmpty() {
      return items.length == 0;
    }

    @Override
    void left(Printer out) {
      boolean first = true;
      for (Node item : items) {
        int before = out.length();
        if (!first) {
          out.append(", ");
        }
        int start = out.length();
        out.print(item.inside(Precedence.COMMA));
        if (out.length() == start) {
          out.truncate(before);
        } else {
          first = false;
        }
      }
    }
  }

  /** Something in angle brackets. */
  static final class Angled extends Node {
    private final Node inner;

    Angled(Node inner) {
      super(0);
      this.inner = inner;
    }

    @Override
    void left(Printer out) {
      boolean outside = out.inAngles;
      out.inAngles = true;
      out.append('<');
      out.print(inner);
      out.append('>');
      out.inAngles = outside;
    }
  }

  /** The left half of something alone. */
  static final class LeftHalf extends Node {
    private final Node inner;

    LeftHalf(Node inner) {
      super(0);
      this.inner = inner;
    }

    @Override
    void left(Printer out) {
      out.left(inner);
    }
  }
}
