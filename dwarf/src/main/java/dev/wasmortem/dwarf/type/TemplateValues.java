package dev.wasmortem.dwarf.type;

import java.util.function.Supplier;

/** Writes values as arguments of templates, as compilers do in the names of instances. */
final class TemplateValues {
  private TemplateValues() {}

  /**
   * Returns a value of a type.
   *
   * @param typeName writes the name of the type
   */
  static String text(Type type, long value, Supplier<String> typeName) {
    if (type.kind() == Type.Kind.ENUMERATION) {
      return "(" + typeName.get() + ")" + value;
    }
    String unsigned = Long.toUnsignedString(value);
    return switch (type.ownName()) {
      case "bool" -> value == 0 ? "false" : "true";
      case "short", "unsigned short" -> "(" + type.ownName() + ")" + value;
      case "long" -> value + "L";
      case "long long" -> value + "LL";
      case "unsigned int" -> unsigned + "U";
      case "unsigned long" -> unsigned + "UL";
      case "unsigned long long" -> unsigned + "ULL";
      case "char" -> character(value);
      case "signed char", "unsigned char" -> "(" + type.ownName() + ")" + character(value);
      default -> Long.toString(value);
    };
  }

  private static String character(long value) {
    int code = (int) (value & 0xff);
    return switch (code) {
      case '\\' -> "'\\\\'";
      case '\'' -> "'\\''";
      case 7 -> "'\\a'";
      case '\b' -> "'\\b'";
      case '\f' -> "'\\f'";
      case '\n' -> "'\\n'";
      case '\r' -> "'\\r'";
      case '\t' -> "'\\t'";
      case 11 -> "'\\v'";
      default ->
          code >= 0x20 && code < 0x7f ? "'" + (char) code + "'" : String.format("'\\x%02x'", code);
    };
  }
}
