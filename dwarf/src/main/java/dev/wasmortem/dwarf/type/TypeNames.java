package dev.wasmortem.dwarf.type;

import dev.wasmortem.bytes.FormatException;
import dev.wasmortem.dwarf.Attribute;
import dev.wasmortem.dwarf.Entry;
import dev.wasmortem.dwarf.EntryReader;
import dev.wasmortem.dwarf.Tag;
import dev.wasmortem.dwarf.expression.Place;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the names of types as declarations of C++ have them, which is what LLDB does for all
 * languages, but for pointers that have a name of their own, as Rust's and Zig's do. A declaration
 * is written from the name outwards: the text that stands where the name would is grown until the
 * innermost type is reached. Steps and length are bounded, whatever refers to what.
 */
final class TypeNames {
  /** The most characters of a name. */
  static final int LENGTH = 8_192;

  private static final int STEPS = 1_000;
  private static final int DEPTH = 64;
  private static final String CUT = "…";

  private int steps;
  private int written;

  private TypeNames() {}

  static String of(Type type) {
    return cut(new TypeNames().declare(type, Set.of(), "", 0));
  }

  /** Returns the name without scopes, but with template arguments. */
  static String unscoped(Type type) {
    return cut(new TypeNames().unscoped(type, 0));
  }

  private static String cut(String name) {
    return name.length() > LENGTH ? name.substring(0, LENGTH) + CUT : name;
  }

  /**
   * Returns a declaration.
   *
   * @param qualifiers what {@code type} is besides
   * @param inner what stands where the name would
   */
  private String declare(
      Type type, Set<QualifiedType.Qualifier> qualifiers, String inner, int depth) {
    written += inner.length();
    if (++steps > STEPS || depth > DEPTH || written > 16 * LENGTH) {
      return CUT;
    }
    return switch (type.kind()) {
      case QUALIFIED -> {
        QualifiedType qualified = (QualifiedType) type;
        Set<QualifiedType.Qualifier> all = EnumSet.of(qualified.qualifier());
        all.addAll(qualifiers);
        yield declare(qualified.target(), all, inner, depth + 1);
      }
      case POINTER -> pointer((PointerType) type, "*", qualifiers, inner, depth);
      case REFERENCE -> pointer((PointerType) type, "&", qualifiers, inner, depth);
      case RVALUE_REFERENCE -> pointer((PointerType) type, "&&", qualifiers, inner, depth);
      case MEMBER_POINTER -> {
        MemberPointerType pointer = (MemberPointerType) type;
        Type container = pointer.container();
        String owner =
            container.kind() == Type.Kind.VOID
                ? ""
                : declare(container, Set.of(), "", depth + 1) + "::";
        String text = owner + "*" + after(qualifiers, inner);
        // The object that a member function is called on is told by its class.
        yield pointer.target() instanceof SubroutineType subroutine
            ? subroutine(
                subroutine,
                subroutine.artificialParameters(),
                qualifiersOfObject(subroutine),
                "(" + text + ")",
                depth)
            : pointed(pointer.target(), text, depth);
      }
      case ARRAY -> array((ArrayType) type, qualifiers, inner, depth);
      case SUBROUTINE -> subroutine((SubroutineType) type, 0, qualifiers, inner, depth);
      default -> join(named(type, qualifiers, depth), inner);
    };
  }

  private String pointer(
      PointerType type,
      String symbol,
      Set<QualifiedType.Qualifier> qualifiers,
      String inner,
      int depth) {
    if (!type.ownName().isEmpty()) {
      return join(named(type, qualifiers, depth), inner);
    }
    return pointed(type.target(), symbol + after(qualifiers, inner), depth);
  }

  private String pointed(Type target, String inner, int depth) {
    return declare(
        target, Set.of(), needsParentheses(target) ? "(" + inner + ")" : inner, depth + 1);
  }

  private static boolean needsParentheses(Type target) {
    Type type = target;
    for (int i = 0; i < DEPTH && type instanceof QualifiedType qualified; i++) {
      type = qualified.target();
    }
    return type.kind() == Type.Kind.SUBROUTINE
        || (type.kind() == Type.Kind.ARRAY && type.ownName().isEmpty());
  }

  /** Returns what follows on the asterisk of a pointer. */
  private static String after(Set<QualifiedType.Qualifier> qualifiers, String inner) {
    boolean apart = !inner.isEmpty() && !inner.startsWith("[") && !inner.startsWith(")");
    return words(qualifiers, "", "") + (apart && !qualifiers.isEmpty() ? " " : "") + inner;
  }

  private String array(
      ArrayType type, Set<QualifiedType.Qualifier> qualifiers, String inner, int depth) {
    if (!type.ownName().isEmpty()) {
      return join(named(type, qualifiers, depth), inner);
    }
    StringBuilder dimensions = new StringBuilder(inner);
    for (ArrayType.Dimension dimension : type.dimensions()) {
      dimensions.append('[');
      dimension.count(Bound.Resolver.NONE).ifPresent(dimensions::append);
      dimensions.append(']');
      if (dimensions.length() > LENGTH) {
        break;
      }
    }
    return declare(type.element(), qualifiers, dimensions.toString(), depth + 1);
  }

  private String subroutine(
      SubroutineType type,
      int firstParameter,
      Set<QualifiedType.Qualifier> qualifiers,
      String inner,
      int depth) {
    String text =
        inner
            + parameters(type, firstParameter, depth)
            + words(qualifiers, " ", "")
            + type.referenceSuffix();
    return declare(type.result(), Set.of(), text, depth + 1);
  }

  /**
   * Returns what a member function leaves its object: {@code const}, where it may not change it.
   */
  private static Set<QualifiedType.Qualifier> qualifiersOfObject(SubroutineType type) {
    Set<QualifiedType.Qualifier> all = EnumSet.noneOf(QualifiedType.Qualifier.class);
    if (type.artificialParameters() > 0
        && type.parameters().get(0).underneath() instanceof PointerType object) {
      Type target = object.target();
      for (int i = 0; i < DEPTH && target instanceof QualifiedType qualified; i++) {
        all.add(qualified.qualifier());
        target = qualified.target();
      }
    }
    return all;
  }

  private String parameters(SubroutineType type, int first, int depth) {
    List<Type> parameters = type.parameters();
    StringBuilder out = new StringBuilder("(");
    for (int i = first; i < parameters.size(); i++) {
      out.append(out.length() > 1 ? ", " : "");
      out.append(declare(parameters.get(i), Set.of(), "", depth + 1));
      if (out.length() > LENGTH) {
        return out.toString();
      }
    }
    if (type.isVariadic()) {
      out.append(out.length() > 1 ? ", ..." : "...");
    }
    return out.append(')').toString();
  }

  private static String join(String name, String inner) {
    return inner.isEmpty() || inner.startsWith("[") ? name + inner : name + " " + inner;
  }

  private static String words(
      Set<QualifiedType.Qualifier> qualifiers, String before, String behind) {
    StringBuilder out = new StringBuilder();
    add(qualifiers, QualifiedType.Qualifier.CONST, "const", out);
    add(qualifiers, QualifiedType.Qualifier.VOLATILE, "volatile", out);
    add(qualifiers, QualifiedType.Qualifier.RESTRICT, "restrict", out);
    return out.length() == 0 ? "" : before + out + behind;
  }

  private static void add(
      Set<QualifiedType.Qualifier> all,
      QualifiedType.Qualifier one,
      String word,
      StringBuilder out) {
    if (all.contains(one)) {
      out.append(out.length() == 0 ? "" : " ").append(word);
    }
  }

  /** Returns the name of a type that has one. */
  private String named(Type type, Set<QualifiedType.Qualifier> qualifiers, int depth) {
    String name = scoped(type, depth);
    String prefixed = words(qualifiers, "", " ") + name;
    return qualifiers.contains(QualifiedType.Qualifier.ATOMIC)
        ? "_Atomic(" + prefixed + ")"
        : prefixed;
  }

  private String scoped(Type type, int depth) {
    StringBuilder out = new StringBuilder();
    Entry entry = type.entry().orElse(null);
    boolean hasScopes =
        switch (type.kind()) {
          case STRUCTURE, CLASS, UNION, ENUMERATION, ALIAS -> true;
          default -> false;
        };
    if (entry != null && hasScopes) {
      appendScopes(type, entry, out, depth);
    }
    return out.append(unscoped(type, depth)).toString();
  }

  private void appendScopes(Type type, Entry entry, StringBuilder out, int depth) {
    try {
      Entry place = Types.specification(entry.read());
      Entry scope = (place == null ? entry : place).parent().orElse(null);
      for (int i = 0; i < DEPTH && scope != null && ++steps <= STEPS; i++) {
        EntryReader reader = scope.read();
        String name = scopeName(type.types(), reader, depth);
        if (name == null) {
          return;
        }
        out.insert(0, name + "::");
        if (out.length() > LENGTH) {
          return;
        }
        scope = scope.parent().orElse(null);
      }
    } catch (FormatException e) {
      type.types().report(e);
    }
  }

  private @Nullable String scopeName(Types types, EntryReader reader, int depth) {
    if (reader.is(Tag.NAMESPACE)) {
      return reader.text(Attribute.NAME).orElse("(anonymous namespace)");
    }
    boolean isType =
        reader.is(Tag.STRUCTURE_TYPE)
            || reader.is(Tag.CLASS_TYPE)
            || reader.is(Tag.UNION_TYPE)
            || reader.is(Tag.ENUMERATION_TYPE);
    return isType ? unscoped(types.at(reader.entry()), depth + 1) : null;
  }

  private String unscoped(Type type, int depth) {
    String own = type.ownName();
    if (own.isEmpty()) {
      return unnamed(type);
    }
    if (own.startsWith("_STN|")) {
      // the base name and the arguments, where a compiler leaves it to the reader to join them
      return own.substring("_STN|".length()).replaceFirst("\\|", "");
    }
    if (own.equals("decltype(nullptr)")) {
      return "std::nullptr_t";
    }
    boolean complete =
        !(type instanceof RecordType) || own.endsWith(">") || Languages.namesAreComplete(type);
    return complete ? own : own + arguments((RecordType) type, depth);
  }

  private static String unnamed(Type type) {
    return switch (type.kind()) {
      case STRUCTURE -> "(unnamed struct)";
      case CLASS -> "(unnamed class)";
      case UNION -> "(unnamed union)";
      case ENUMERATION -> "(unnamed enum)";
      case UNKNOWN -> "(unknown type)";
      default -> "(unnamed type)";
    };
  }

  private String arguments(RecordType type, int depth) {
    List<TemplateParameter> parameters = type.templateParameters();
    if (parameters.isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder("<");
    for (TemplateParameter parameter : parameters) {
      if (parameter.kind() == TemplateParameter.Kind.EMPTY_PACK) {
        continue;
      }
      out.append(out.length() > 1 ? ", " : "").append(argument(parameter, depth));
      if (out.length() > LENGTH) {
        return out.toString();
      }
    }
    return out.append(out.charAt(out.length() - 1) == '>' ? " >" : ">").toString();
  }

  private String argument(TemplateParameter parameter, int depth) {
    return switch (parameter.kind()) {
      case TYPE -> declare(parameter.type(), Set.of(), "", depth + 1);
      case TEMPLATE -> parameter.template();
      case EMPTY_PACK -> "";
      case VALUE -> {
        Place value = parameter.value().orElse(null);
        yield value instanceof Place.Value number
            ? TemplateValues.text(
                parameter.type(),
                number.bits().low(),
                () -> declare(parameter.type(), Set.of(), "", depth + 1))
            : "";
      }
    };
  }
}
