package dev.wasmortem.symbols.demangle;

/**
 * Prints nodes. Bounded in three ways, for a name can refer to its own parts again and again: in
 * the length of the text, in the nodes visited, and in the depth.
 */
final class Printer extends Text {
  /** No pack is being expanded, or none was met. */
  static final int NO_PACK = -1;

  /** Nodes in each other; some three frames of the Java stack each. */
  private static final int DEPTH = 400;

  /** Which element of packs is being printed. */
  int packIndex = NO_PACK;

  /** How many elements the packs have that are being expanded. */
  int packSize = NO_PACK;

  /** Whether template arguments are being printed, which a {@code >} would end. */
  boolean inAngles;

  /** Brackets open within template arguments, between which a {@code >} ends nothing. */
  private int brackets;

  private final Node named;
  private int nameStart = -1;
  private int nameEnd = -1;
  private int depth;
  private int steps;

  /**
   * @param limit of bytes and of nodes visited
   * @param named the function whose name alone is wanted as well
   */
  Printer(int limit, Node named) {
    super(limit);
    this.named = named;
    this.steps = limit;
  }

  /** Goes one level down. */
  void enter() {
    if (++depth > DEPTH || --steps < 0) {
      throw Undemangled.here();
    }
  }

  /** Comes one level up. */
  void leave() {
    depth--;
  }

  void print(Node node) {
    enter();
    node.left(this);
    if (node.traits(Node.RIGHT) != 0) {
      node.right(this);
    }
    leave();
  }

  void left(Node node) {
    enter();
    node.left(this);
    leave();
  }

  void right(Node node) {
    if (node.traits(Node.RIGHT) != 0) {
      enter();
      node.right(this);
      leave();
    }
  }

  void open(char bracket) {
    if (inAngles) {
      brackets++;
    }
    append(bracket);
  }

  void close(char bracket) {
    if (inAngles) {
      brackets--;
    }
    append(bracket);
  }

  /**
   * Returns whether a {@code >} needs parentheses. As LLVM prints it, it gets them outside of
   * template arguments, too.
   */
  boolean parenthesizesGreater() {
    return brackets == 0;
  }

  /** Prints the name of a function, without result and parameters. */
  void name(Node function, Node name) {
    int start = length();
    print(name);
    if (function == named) {
      nameStart = start;
      nameEnd = length();
    }
  }

  /** Returns the name of the function that was to be noted, everything if there was none. */
  String name() {
    return nameStart < 0 ? toString() : substring(nameStart, nameEnd);
  }

  /** Returns the same with what was printed before it. */
  String upToName() {
    return nameStart < 0 ? toString() : substring(0, nameEnd);
  }
}
