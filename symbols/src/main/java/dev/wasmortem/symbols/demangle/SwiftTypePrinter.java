package dev.wasmortem.symbols.demangle;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints types of Swift names. */
final class SwiftTypePrinter {
  /** Type parameters of one depth; swift-demangle prints no more either. */
  private static final int MOST_PARAMETERS = 128;

  private final SwiftPrinter printer;
  private final Printer out;

  SwiftTypePrinter(SwiftPrinter printer) {
    this.printer = printer;
    this.out = printer.out;
  }

  void print(SwiftNode node) {
    switch (node.kind()) {
      case ASSOCIATED_TYPE, MEMBER_TYPE -> {
        printer.print(node.child(0));
        out.append('.');
        printer.print(node.child(1));
      }
      case BOUND_GENERIC -> boundGeneric(node);
      case BOX -> box(node);
      case BUILTIN, INTEGER -> node.text().appendTo(out);
      case CONSTRAINED_EXISTENTIAL -> {
        out.append("any ");
        printer.print(node.child(0));
        angled(node.child(1));
      }
      case CONVENTION_TYPE, FUNCTION_TYPE -> function(null, node);
      case DYNAMIC_SELF, EXISTENTIAL_SELF -> out.append("Self");
      case ERROR_TYPE -> out.append("<ERROR TYPE>");
      case EXISTENTIAL_METATYPE -> {
        representation(node);
        printer.print(node.last());
        out.append(".Type");
      }
      case FIXED_ARRAY -> {
        out.append("Builtin.FixedArray<");
        printer.print(node.children(), ", ");
        out.append('>');
      }
      case GENERIC_TYPE -> {
        printer.print(node.child(0));
        out.append(needsSpace(node.child(1)) ? " " : "");
        printer.print(node.child(1));
      }
      case IMPLEMENTATION_TYPE -> implementation(node);
      case INOUT, MODIFIED_TYPE -> {
        node.text().appendTo(out);
        printer.print(node.child(0));
      }
      case METATYPE -> {
        representation(node);
        parenthesized(node.last());
        out.append(isExistential(node.last()) ? ".Protocol" : ".Type");
      }
      case OPAQUE_RESULT -> out.append("some");
      case OPAQUE_TYPE -> {
        printer.print(node.child(0));
        out.append('.');
        out.appendNumber(node.number());
      }
      case PACK -> {
        node.text().appendTo(out);
        out.append("Pack{");
        printer.print(node.children(), ", ");
        out.append('}');
      }
      case PACK_EXPANSION -> {
        out.append("repeat ");
        printer.print(node.child(0));
      }
      case PARAMETER -> parameter(node.number());
      case PROTOCOLS -> {
        out.append(node.count() == 0 ? "Any" : "");
        printer.print(node.children(), " & ");
      }
      case PROTOCOLS_AND_CLASS -> {
        printer.print(node.child(0));
        out.append(" & ");
        printer.print(node.child(1).children(), " & ");
      }
      case PROTOCOLS_AND_OBJECT -> {
        printer.print(node.children(), " & ");
        out.append(node.count() == 0 ? "" : " & ");
        out.append("Swift.AnyObject");
      }
      case SUGARED_ARRAY -> array(node.child(0));
      case SUGARED_DICTIONARY -> dictionary(node);
      case SUGARED_OPTIONAL -> optional(node.child(0));
      case TUPLE -> {
        out.append('(');
        tuple(null, node);
        out.append(')');
      }
      default -> throw Undemangled.here();
    }
  }

  private void angled(SwiftNode list) {
    out.append('<');
    printer.print(list.children(), ", ");
    out.append('>');
  }

  private void representation(SwiftNode metatype) {
    if (metatype.count() > 1) {
      printer.print(metatype.child(0));
      out.append(' ');
    }
  }

  private void boundGeneric(SwiftNode node) {
    SwiftNode type = node.child(0);
    SwiftNode[] arguments = node.child(1).children();
    if (type.is(SwiftKind.PROTOCOL)) {
      printer.print(arguments, "");
      out.append(" as ");
      printer.print(type);
    } else if (arguments.length == 1 && type.isStandard(SwiftKind.ENUM, "Optional")) {
      optional(arguments[0]);
    } else if (arguments.length == 1 && type.isStandard(SwiftKind.STRUCTURE, "Array")) {
      array(arguments[0]);
    } else if (arguments.length == 2 && type.isStandard(SwiftKind.STRUCTURE, "Dictionary")) {
      dictionary(node.child(1));
    } else {
      printer.print(type);
      angled(node.child(1));
    }
  }

  private void optional(SwiftNode type) {
    parenthesized(type);
    out.append('?');
  }

  private void array(SwiftNode element) {
    out.append('[');
    printer.print(element);
    out.append(']');
  }

  private void dictionary(SwiftNode keyAndValue) {
    out.append('[');
    printer.print(keyAndValue.children(), " : ");
    out.append(']');
  }

  private void parenthesized(SwiftNode type) {
    out.append(isSimple(type) ? "" : "(");
    printer.print(type);
    out.append(isSimple(type) ? "" : ")");
  }

  private static boolean isSimple(SwiftNode type) {
    return switch (type.kind()) {
      case PROTOCOLS -> type.count() <= 1;
      case PROTOCOLS_AND_OBJECT -> type.count() == 0;
      case CONSTRAINED_EXISTENTIAL,
          CONVENTION_TYPE,
          FUNCTION_TYPE,
          IMPLEMENTATION_TYPE,
          INOUT,
          MODIFIED_TYPE,
          OPAQUE_RESULT,
          OPAQUE_TYPE,
          PACK_EXPANSION,
          PROTOCOLS_AND_CLASS ->
          false;
      default -> true;
    };
  }

  private static boolean isExistential(SwiftNode type) {
    return switch (type.kind()) {
      case EXISTENTIAL_METATYPE, PROTOCOLS, PROTOCOLS_AND_CLASS, PROTOCOLS_AND_OBJECT -> true;
      default -> false;
    };
  }

  /** Returns whether a space is before a type that is printed behind a name. */
  static boolean needsSpace(SwiftNode type) {
    return !type.is(SwiftKind.FUNCTION_TYPE) && !type.is(SwiftKind.GENERIC_TYPE);
  }

  /**
   * Prints a function type.
   *
   * @param labels of its parameters, if they are not in their types
   */
  void function(@Nullable SwiftNode labels, SwiftNode type) {
    if (!type.is(SwiftKind.FUNCTION_TYPE) && !type.is(SwiftKind.CONVENTION_TYPE)) {
      throw Undemangled.here();
    }
    type.text().appendTo(out);
    SwiftNode isolation = type.find(SwiftKind.ISOLATION);
    if (isolation != null) {
      isolation(isolation);
    }
    SwiftNode differentiable = type.find(SwiftKind.DIFFERENTIABLE);
    if (differentiable != null) {
      differentiable.text().appendTo(out);
    }
    out.append(type.find(SwiftKind.SENDABLE) != null ? "@Sendable " : "");
    SwiftNode parameters = type.child(type.count() - 2);
    out.append('(');
    if (parameters.is(SwiftKind.TUPLE)) {
      tuple(labels, parameters);
    } else {
      printer.print(parameters);
    }
    out.append(')');
    out.append(type.find(SwiftKind.ASYNC) != null ? " async" : "");
    SwiftNode thrown = type.find(SwiftKind.THROWS);
    if (thrown != null) {
      out.append(" throws");
      if (thrown.count() > 0) {
        out.append('(');
        printer.print(thrown.child(0));
        out.append(')');
      }
    }
    out.append(type.find(SwiftKind.SENDING_RESULT) != null ? " -> sending " : " -> ");
    printer.print(type.last());
  }

  private void isolation(SwiftNode node) {
    if (node.count() > 0) {
      out.append('@');
      printer.print(node.child(0));
      out.append(' ');
    } else {
      node.text().appendTo(out);
    }
  }

  private void tuple(@Nullable SwiftNode labels, SwiftNode tuple) {
    SwiftNode[] names = labels == null ? new SwiftNode[0] : labels.children();
    if (names.length > 0 && names.length != tuple.count()) {
      throw Undemangled.here();
    }
    for (int i = 0; i < tuple.count(); i++) {
      out.append(i == 0 ? "" : ", ");
      if (names.length > 0) {
        printer.print(names[i]);
        out.append(": ");
      }
      SwiftNode element = tuple.child(i);
      if (!element.text().isEmpty()) {
        element.text().appendTo(out);
        out.append(": ");
      }
      printer.print(element.child(0));
      out.append(element.number() == 0 ? "" : "...");
    }
  }

  /** Prints attributes, then {@code (parameters) -> (results)}. */
  private void implementation(SwiftNode node) {
    SwiftNode pattern = node.find(SwiftKind.PATTERN_SUBSTITUTIONS);
    SwiftNode invocation = node.find(SwiftKind.INVOCATION_SUBSTITUTIONS);
    for (SwiftNode part : node.children()) {
      if (part.is(SwiftKind.LITERAL) || part.is(SwiftKind.SIGNATURE)) {
        printer.print(part);
        out.append(' ');
      }
    }
    if (pattern != null) {
      out.append("@substituted ");
      printer.print(pattern.child(0));
      out.append(' ');
    }
    out.append('(');
    values(node, "(");
    out.append(node.find(SwiftKind.SENDING_RESULT) != null ? ") -> sending (" : ") -> (");
    values(node, ")");
    out.append(')');
    substitutions(pattern);
    substitutions(invocation);
  }

  private void values(SwiftNode type, String place) {
    boolean isFirst = true;
    for (SwiftNode part : type.children()) {
      if (part.is(SwiftKind.IMPLEMENTATION_PART) && part.text().is(place)) {
        out.append(isFirst ? "" : ", ");
        printer.print(part.children(), "");
        isFirst = false;
      }
    }
  }

  private void substitutions(@Nullable SwiftNode substitutions) {
    if (substitutions != null) {
      out.append(" for <");
      printer.print(substitutions.last().children(), ""); // as swift-demangle does
      out.append('>');
    }
  }

  private void box(SwiftNode node) {
    if (node.count() > 1) {
      printer.print(node.child(1));
      out.append(' ');
    }
    out.append('{');
    String before = " ";
    for (SwiftNode field : node.child(0).children()) {
      boolean isMutable = field.is(SwiftKind.INOUT);
      out.append(before);
      out.append(isMutable ? "var " : "let ");
      printer.print(isMutable ? field.child(0) : field);
      before = ", ";
    }
    out.append(" }");
    if (node.count() > 2) {
      out.append(' ');
      angled(node.child(2));
    }
  }

  /** Prints {@code <A, each B where A: P>}. */
  void signature(SwiftNode node) {
    Map<Long, SwiftNode> markers = new HashMap<>();
    int depths = 0;
    int requirement = 0;
    for (SwiftNode part : node.children()) {
      out.enter();
      out.leave();
      if (part.is(SwiftKind.PARAMETER_COUNT)) {
        depths++;
      } else if (part.is(SwiftKind.REQUIREMENT)) {
        break;
      } else {
        markers.put(part.child(0).number(), part);
      }
      requirement++;
    }
    out.append('<');
    for (int depth = 0; depth < depths; depth++) {
      out.append(depth == 0 ? "" : "><");
      parameters(depth, node.child(depth).number(), markers);
    }
    for (int i = requirement; i < node.count(); i++) {
      out.append(i == requirement ? " where " : ", ");
      printer.print(node.child(i));
    }
    out.append('>');
  }

  private void parameters(int depth, long count, Map<Long, SwiftNode> markers) {
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "" : ", ");
      if (i == MOST_PARAMETERS) {
        out.append("...");
        return;
      }
      long number = (long) depth << 32 | i;
      SwiftNode marker = markers.get(number);
      if (marker == null) {
        parameter(number);
      } else if (marker.is(SwiftKind.PACK_MARKER)) {
        out.append("each ");
        parameter(number);
      } else {
        out.append("let ");
        parameter(number);
        out.append(": ");
        printer.print(marker.child(1));
      }
    }
  }

  /** Prints {@code A} to {@code Z}, {@code AB} to {@code ZB} and so on, and the depth. */
  private void parameter(long number) {
    int index = (int) number;
    do {
      out.append((char) ('A' + index % 26));
      index /= 26;
    } while (index > 0);
    int depth = (int) (number >> 32);
    if (depth > 0) {
      out.appendNumber(depth);
    }
  }
}
