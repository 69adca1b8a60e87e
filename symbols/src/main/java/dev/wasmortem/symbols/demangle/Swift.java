package dev.wasmortem.symbols.demangle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Demangles names of Swift's <a
 * href="https://github.com/swiftlang/swift/blob/main/docs/ABI/Mangling.rst">stable mangling</a>,
 * and those of Swift 4 that are like it.
 *
 * <p>Their text is that of {@code swift-demangle}. Names of automatic differentiation are not read.
 */
final class Swift {
  /** What names begin with, perhaps behind an underscore. */
  private static final String[] PREFIXES = {"$s", "$S", "$e"};

  private static final String MACRO_PREFIX = "@__swiftmacro_";
  private static final String PREFIX_OF_4 = "_T0";

  /** Names of functions as parts of names. */
  private static final int DEPTH = 3;

  private Swift() {}

  /** Returns how long the prefix is that makes a name one of Swift; 0 if it has none. */
  static int prefix(String name) {
    int from = name.startsWith("_") ? 1 : 0;
    for (String prefix : PREFIXES) {
      if (name.startsWith(prefix, from)) {
        return from + prefix.length();
      }
    }
    if (name.startsWith(PREFIX_OF_4)) {
      return PREFIX_OF_4.length();
    }
    return name.startsWith(MACRO_PREFIX) ? MACRO_PREFIX.length() : 0;
  }

  /** Demangles what follows the prefix. */
  static Demangled name(Mangled in, String name, int limit) {
    SwiftNode whole = read(in, name, limit);
    Text text = print(whole, SwiftPrinter.Detail.ALL, limit, 0);
    Text function = print(whole, SwiftPrinter.Detail.NAMES, limit, 0);
    return new Demangled(Scheme.SWIFT, text.toString(), function.toString());
  }

  /** Appends what a name that is a part of another means, or itself if that is nothing. */
  static void appendPart(Word word, int limit, int depth, Text out) {
    String name = word.toString();
    int prefix = prefix(name);
    if (prefix > 0 && depth == DEPTH) {
      throw Undemangled.here();
    }
    Text text = null;
    if (prefix > 0) {
      text = meaning(word, prefix, limit, depth + 1);
    }
    if (text == null) {
      word.appendTo(out);
    } else {
      text.word(0).appendTo(out);
    }
  }

  private static @Nullable Text meaning(Word word, int prefix, int limit, int depth) {
    Mangled in = word.read();
    in.skip(prefix);
    try {
      SwiftNode whole = read(in, word.toString(), limit);
      return print(whole, SwiftPrinter.Detail.ALL, limit, depth);
    } catch (Undemangled e) {
      return null;
    }
  }

  private static SwiftNode read(Mangled in, String name, int limit) {
    SwiftParser.Labels labels =
        name.startsWith(PREFIX_OF_4)
            ? SwiftParser.Labels.IN_THE_TYPE
            : SwiftParser.Labels.BEFORE_THE_TYPE;
    List<SwiftNode> stack = new SwiftParser(in, labels, limit).read();
    int end = stack.size();
    SwiftNode suffix = null;
    if (end > 0 && stack.get(end - 1).is(SwiftKind.SUFFIX)) {
      suffix = stack.get(--end);
    }
    List<SwiftNode> parts = new ArrayList<>();
    while (end > 0 && stack.get(end - 1).is(SwiftKind.Role.ATTRIBUTE)) {
      SwiftNode attribute = stack.get(--end);
      parts.add(attribute);
      if (attribute.is(SwiftKind.PARTIAL_APPLY) && end > 0) {
        parts.add(SwiftNode.literal(" for "));
      }
    }
    if (end > 1 || (end == 0 && parts.isEmpty())) {
      throw Undemangled.here();
    }
    parts.addAll(stack.subList(0, end));
    if (suffix != null) {
      parts.add(suffix);
    }
    return SwiftNode.of(SwiftKind.SEQUENCE, parts.toArray(SwiftNode[]::new));
  }

  private static Text print(SwiftNode whole, SwiftPrinter.Detail detail, int limit, int depth) {
    Printer out = new Printer(limit, Word.EMPTY);
    new SwiftPrinter(out, detail, limit, depth).print(whole);
    return out;
  }
}
