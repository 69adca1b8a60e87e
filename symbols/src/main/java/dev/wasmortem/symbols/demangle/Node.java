package dev.wasmortem.symbols.demangle;

/**
 * A part of a C++ name as it is printed. C++ declares around the name: of {@code int (*f)(char)}
 * the parts {@code int (*} and {@code )(char)} both belong to the type, so a node prints in two
 * halves, and what it is declared for stands between them.
 *
 * <p>Nodes are shared, as substitutions refer to them, so the tree is a graph, and through forward
 * references it may have a cycle. All descent goes through {@link Printer}, which bounds it.
 */
abstract class Node {
  /** Something is printed on the right. */
  static final int RIGHT = 1;

  /** It is an array, which a pointer to it must put in parentheses. */
  static final int ARRAY = 2;

  /** It is a function, which a pointer to it must put in parentheses. */
  static final int FUNCTION = 4;

  /** A trait shifted by this many bits is one that the expansion of a pack decides. */
  private static final int PERHAPS = 3;

  private final int traits;

  /**
   * @param traits what the node is for sure, and {@link #perhaps} is
   */
  Node(int traits) {
    this.traits = traits;
  }

  static int perhaps(int traits) {
    return traits << PERHAPS;
  }

  /** Returns those of this node's traits, sure or not, that {@code wanted} has. */
  final int traits(int wanted) {
    return traits & (wanted | perhaps(wanted));
  }

  /** Returns whether the node has a trait where the printer is now. */
  final boolean has(int trait, Printer out) {
    if ((traits & perhaps(trait)) != 0) {
      out.enter();
      boolean result = hasNow(trait, out);
      out.leave();
      return result;
    }
    return (traits & trait) != 0;
  }

  /** Returns the same for a trait that depends on where the printer is. */
  boolean hasNow(int trait, Printer out) {
    return (traits & trait) != 0;
  }

  /** Prints what stands before the declared name, or everything. */
  abstract void left(Printer out);

  /** Prints what stands behind the declared name. */
  void right(Printer out) {}

  /** Returns how tightly the node binds as an operand. */
  Precedence precedence() {
    return Precedence.PRIMARY;
  }

  /** Returns the last name without scopes and arguments: what a constructor of it is called. */
  Word baseName() {
    return Word.EMPTY;
  }

  /** Returns what this stands for where the printer is now. */
  Node meant(Printer out) {
    return this;
  }

  /** Returns this node as an operand: in parentheses if it binds as {@code weakest} or weaker. */
  final Node inside(Precedence weakest) {
    return precedence().compareTo(weakest) >= 0 ? Phrase.parenthesized(this) : this;
  }

  /** Returns this node as an operand: in parentheses if it binds weaker than {@code weakest}. */
  final Node insideOrEqual(Precedence weakest) {
    return precedence().compareTo(weakest) > 0 ? Phrase.parenthesized(this) : this;
  }
}
