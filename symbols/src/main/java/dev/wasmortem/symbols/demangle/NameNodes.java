package dev.wasmortem.symbols.demangle;

import org.jspecify.annotations.Nullable;

/** Names of C++ that are more than a phrase to those who read on. */
final class NameNodes {
  private NameNodes() {}

  /** The abbreviations {@code Sa} to {@code Ss} of what is in {@code std}. */
  static final class StandardName extends Node {
    private static final String TRAITS = "<char, std::char_traits<char>";

    private final Word name;
    private final Phrase expanded;

    private StandardName(String name, String template, String arguments) {
      super(0);
      this.name = Word.of(name);
      Word base = Word.of(template);
      this.expanded = Phrase.name(base, Word.of("std"), Phrase.SCOPE, base, Word.of(arguments));
    }

    private static final StandardName ALLOCATOR = new StandardName("allocator", "allocator", "");
    private static final StandardName BASIC_STRING =
        new StandardName("basic_string", "basic_string", "");
    private static final StandardName STRING =
        new StandardName("string", "basic_string", TRAITS + ", std::allocator<char>>");
    private static final StandardName ISTREAM =
        new StandardName("istream", "basic_istream", TRAITS + ">");
    private static final StandardName OSTREAM =
        new StandardName("ostream", "basic_ostream", TRAITS + ">");
    private static final StandardName IOSTREAM =
        new StandardName("iostream", "basic_iostream", TRAITS + ">");

    /** Returns the name with this letter, null if there is none. */
    static @Nullable StandardName of(int letter) {
      return switch (letter) {
        case 'a' -> ALLOCATOR;
        case 'b' -> BASIC_STRING;
        case 'd' -> IOSTREAM;
        case 'i' -> ISTREAM;
        case 'o' -> OSTREAM;
        case 's' -> STRING;
        default -> null;
      };
    }

    /** Returns the template with its arguments, as the scope of a constructor. */
    Phrase expanded() {
      return expanded;
    }

    @Override
    Word baseName() {
      return name;
    }

    @Override
    void left(Printer out) {
      out.append("std::");
      out.print(name);
    }
  }

  /** A C++20 module's name, a substitution that only names can begin with. */
  static final class Module extends Node {
    private final Node name;

    Module(@Nullable Module parent, Node name, boolean partition) {
      super(0);
      if (parent != null) {
        this.name = Phrase.of(parent, Word.of(partition ? ":" : "."), name);
      } else {
        this.name = partition ? Phrase.of(Word.of(":"), name) : name;
      }
    }

    @Override
    void left(Printer out) {
      out.print(name);
    }
  }

  /** Words before a function that this is another entry to: a thunk, a block. */
  static final class Entry extends Node {
    private final Word words;
    private final Node function;

    Entry(Word words, Node function) {
      super(0);
      this.words = words;
      this.function = function;
    }

    /** Returns the function behind this and all further entries to it. */
    Node function() {
      Node reached = function;
      while (reached instanceof Entry entry) {
        reached = entry.function;
      }
      return reached;
    }

    @Override
    void left(Printer out) {
      out.print(words);
      out.print(function);
    }
  }

  /** The type of a lambda expression. */
  static final class Closure extends Node {
    private final Word count;
    private final Node declarator;

    /**
     * @param declarator template parameters, constraints and parameters in parentheses
     */
    Closure(Word count, Node declarator) {
      super(0);
      this.count = count;
      this.declarator = declarator;
    }

    Node declarator() {
      return declarator;
    }

    @Override
    void left(Printer out) {
      out.append("'lambda");
      out.print(count);
      out.append('\'');
      out.print(declarator);
    }
  }
}
