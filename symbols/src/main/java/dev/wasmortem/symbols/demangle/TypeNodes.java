package dev.wasmortem.symbols.demangle;

import org.jspecify.annotations.Nullable;

/** Types of C++ that print around what is declared. */
final class TypeNodes {
  private TypeNodes() {}

  /** A type with {@code const}, {@code volatile} or {@code restrict} behind it. */
  static final class Qualified extends Node {
    private final Node type;
    private final Word qualifiers;

    Qualified(Node type, Word qualifiers) {
      super(type.traits(RIGHT | ARRAY | FUNCTION));
      this.type = type;
      this.qualifiers = qualifiers;
    }

    @Override
    boolean hasNow(int trait, Printer out) {
      return type.has(trait, out);
    }

    @Override
    void left(Printer out) {
      out.left(type);
      out.print(qualifiers);
    }

    @Override
    void right(Printer out) {
      out.right(type);
    }
  }

  /** What points at {@code target} by a declarator as {@code *} or {@code Class::*}. */
  abstract static class Indirection extends Node {
    final Node target;

    Indirection(Node target) {
      super(target.traits(RIGHT));
      this.target = target;
    }

    @Override
    boolean hasNow(int trait, Printer out) {
      return trait == RIGHT && target.has(RIGHT, out);
    }

    static void leftOf(Node target, Printer out) {
      out.left(target);
      boolean array = target.has(ARRAY, out);
      if (array) {
        out.append(' ');
      }
      if (array || target.has(FUNCTION, out)) {
        out.append('(');
      }
    }

    static void rightOf(Node target, Printer out) {
      if (target.has(ARRAY, out) || target.has(FUNCTION, out)) {
        out.append(')');
      }
      out.right(target);
    }
  }

  /** A pointer; one to {@code objc_object<P>} is {@code id<P>}. */
  static final class Pointer extends Indirection {
    Pointer(Node target) {
      super(target);
    }

    private @Nullable Word protocol() {
      return target instanceof ObjectiveC object && object.isId() ? object.protocol : null;
    }

    @Override
    void left(Printer out) {
      Word protocol = protocol();
      if (protocol == null) {
        leftOf(target, out);
        out.append('*');
      } else {
        out.append("id<");
        out.print(protocol);
        out.append('>');
      }
    }

    @Override
    void right(Printer out) {
      if (protocol() == null) {
        rightOf(target, out);
      }
    }
  }

  /** A reference; one to a reference is one, an lvalue's unless both are to rvalues. */
  static final class Reference extends Indirection {
    private final boolean toRvalue;
    private boolean printing;

    Reference(Node target, boolean toRvalue) {
      super(target);
      this.toRvalue = toRvalue;
    }

    /** Returns the reference that this one refers to, null if it is something else. */
    private @Nullable Reference further(Printer out) {
      out.enter(); // also ends a walk in a circle
      out.leave();
      return target.meant(out) instanceof Reference reference ? reference : null;
    }

    /** Returns what this and all references that it refers to are of. */
    private Node collapsed(Printer out) {
      Reference last = this;
      for (Reference next = this; next != null; next = next.further(out)) {
        last = next;
      }
      return last.target;
    }

    private boolean isRvalue(Printer out) {
      boolean all = true;
      for (Reference next = this; all && next != null; next = next.further(out)) {
        all = next.toRvalue;
      }
      return all;
    }

    @Override
    void left(Printer out) {
      if (!printing) {
        printing = true;
        leftOf(collapsed(out), out);
        out.append(isRvalue(out) ? "&&" : "&");
        printing = false;
      }
    }

    @Override
    void right(Printer out) {
      if (!printing) {
        printing = true;
        rightOf(collapsed(out), out);
        printing = false;
      }
    }
  }

  /** A pointer to a member of a class. */
  static final class MemberPointer extends Indirection {
    private final Node owner;

    MemberPointer(Node owner, Node member) {
      super(member);
      this.owner = owner;
    }

    @Override
    void left(Printer out) {
      out.left(target);
      out.append(target.has(ARRAY, out) || target.has(FUNCTION, out) ? '(' : ' ');
      out.print(owner);
      out.append("::*");
    }

    @Override
    void right(Printer out) {
      rightOf(target, out);
    }
  }

  /** An array. */
  static final class Array extends Node {
    private final Node element;
    private final Node size;

    /**
     * @param size an empty word when it is not known
     */
    Array(Node element, Node size) {
      super(RIGHT | ARRAY);
      this.element = element;
      this.size = size;
    }

    Node element() {
      return element;
    }

    @Override
    void left(Printer out) {
      out.left(element);
    }

    @Override
    void right(Printer out) {
      if (out.last() != ']') {
        out.append(' ');
      }
      out.append('[');
      out.print(size);
      out.append(']');
      out.right(element);
    }
  }

  /** A function's type: the result before, parameters and what follows them behind the name. */
  static final class Function extends Node {
    private final Node result;
    private final Node parameters;
    private final Node trailer;

    /**
     * @param parameters without parentheses
     * @param trailer qualifiers and exception specification
     */
    Function(Node result, Node parameters, Node trailer) {
      super(RIGHT | FUNCTION);
      this.result = result;
      this.parameters = parameters;
      this.trailer = trailer;
    }

    @Override
    void left(Printer out) {
      out.left(result);
      out.append(' ');
    }

    @Override
    void right(Printer out) {
      out.open('(');
      out.print(parameters);
      out.close(')');
      out.right(result);
      out.print(trailer);
    }
  }

  /** A function with its name; the result is there for those made from templates. */
  static final class NamedFunction extends Node {
    private final @Nullable Node result;
    private final Node name;
    private final Node parameters;
    private final Node trailer;

    NamedFunction(@Nullable Node result, Node name, Node parameters, Node trailer) {
      super(RIGHT | FUNCTION);
      this.result = result;
      this.name = name;
      this.parameters = parameters;
      this.trailer = trailer;
    }

    @Override
    void left(Printer out) {
      if (result != null) {
        out.left(result);
        if (!result.has(RIGHT, out)) {
          out.append(' ');
        }
      }
      out.name(this, name);
    }

    @Override
    void right(Printer out) {
      out.open('(');
      out.print(parameters);
      out.close(')');
      if (result != null) {
        out.right(result);
      }
      out.print(trailer);
    }
  }

  /** A type with an Objective-C protocol. */
  static final class ObjectiveC extends Node {
    private final Node type;
    private final Word protocol;

    ObjectiveC(Node type, Word protocol) {
      super(0);
      this.type = type;
      this.protocol = protocol;
    }

    private boolean isId() {
      return type instanceof Word name && name.is("objc_object");
    }

    @Override
    void left(Printer out) {
      out.print(type);
      out.append('<');
      out.print(protocol);
      out.append('>');
    }
  }
}
