package dev.wasmortem.symbols.demangle;

import org.jspecify.annotations.Nullable;

/**
 * A part of a Swift name. Swift's names are written behind their parts, and what a part becomes is
 * known by what takes it, so unlike {@link Node} it does not print itself.
 */
final class SwiftNode {
  private final SwiftKind kind;
  private final Word text;
  private final long number;
  private final SwiftNode[] children;

  /**
   * @param kind what it is
   * @param text its characters, if the kind has some
   * @param number its number, if the kind has one
   * @param children its parts; shared, as substitutions refer to them
   */
  SwiftNode(SwiftKind kind, Word text, long number, SwiftNode... children) {
    this.kind = kind;
    this.text = text;
    this.number = number;
    this.children = children;
  }

  static SwiftNode of(SwiftKind kind, SwiftNode... children) {
    return new SwiftNode(kind, Word.EMPTY, 0, children);
  }

  static SwiftNode of(SwiftKind kind, Word text, SwiftNode... children) {
    return new SwiftNode(kind, text, 0, children);
  }

  static SwiftNode of(SwiftKind kind, String text, SwiftNode... children) {
    return new SwiftNode(kind, Word.of(text), 0, children);
  }

  static SwiftNode numbered(SwiftKind kind, long number, SwiftNode... children) {
    return new SwiftNode(kind, Word.EMPTY, number, children);
  }

  static SwiftNode literal(String text) {
    return new SwiftNode(SwiftKind.LITERAL, Word.of(text), 0);
  }

  static SwiftNode literal(Word text) {
    return new SwiftNode(SwiftKind.LITERAL, text, 0);
  }

  /** Returns a name that is a text and a part. */
  static SwiftNode labelled(String label, SwiftNode part) {
    return of(SwiftKind.SEQUENCE, literal(label), part);
  }

  SwiftKind kind() {
    return kind;
  }

  Word text() {
    return text;
  }

  long number() {
    return number;
  }

  SwiftNode[] children() {
    return children;
  }

  SwiftNode child(int index) {
    return children[index];
  }

  SwiftNode last() {
    return children[children.length - 1];
  }

  int count() {
    return children.length;
  }

  boolean is(SwiftKind wanted) {
    return kind == wanted;
  }

  boolean is(SwiftKind.Role role) {
    return kind.is(role);
  }

  /** Returns the first part of a kind. */
  @Nullable SwiftNode find(SwiftKind wanted) {
    for (SwiftNode child : children) {
      if (child.kind == wanted) {
        return child;
      }
    }
    return null;
  }

  /** Returns whether this is the type {@code name} of Swift's standard library. */
  boolean isStandard(SwiftKind wanted, String name) {
    return kind == wanted
        && child(0).kind == SwiftKind.MODULE
        && child(0).text.is("Swift")
        && child(1).kind == SwiftKind.IDENTIFIER
        && child(1).text.is(name);
  }
}
