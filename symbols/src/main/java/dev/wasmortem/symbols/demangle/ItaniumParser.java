package dev.wasmortem.symbols.demangle;

import java.util.Arrays;

/**
 * What the readers of C++ names share while they read one: the bytes, the substitutions, the depth.
 *
 * <p>The grammar is that of the <a
 * href="https://itanium-cxx-abi.github.io/cxx-abi/abi.html">Itanium C++ ABI</a>, 5.1, with the
 * extensions of GCC and Clang; each method reads the production that its comment names. The text is
 * that of LLVM's demangler. Nothing is read twice, so the work is linear in the name's length; what
 * substitutions unfold to is bounded by the {@link Printer}.
 */
final class ItaniumParser {
  /**
   * Productions in each other; some four frames of the Java stack each. The 160,000 symbols of LLVM
   * and Node.js stay below 100.
   */
  private static final int DEPTH = 256;

  final Mangled in;
  final ItaniumTypes types;
  final ItaniumNames names;
  final ItaniumScopes scopes;
  final ItaniumTemplates templates;
  final ItaniumExpressions expressions;
  final ItaniumOperations operations;
  final ItaniumLiterals literals;
  final ItaniumEncodings encodings;

  private Node[] substitutions = new Node[16];
  private int substitutionCount;
  private Node[] scratch = new Node[16];
  private int scratchCount;
  private int depth;

  ItaniumParser(Mangled in) {
    this.in = in;
    this.types = new ItaniumTypes(this);
    this.names = new ItaniumNames(this);
    this.scopes = new ItaniumScopes(this);
    this.templates = new ItaniumTemplates(this);
    this.expressions = new ItaniumExpressions(this);
    this.operations = new ItaniumOperations(this);
    this.literals = new ItaniumLiterals(this);
    this.encodings = new ItaniumEncodings(this);
  }

  /** Goes into a production that can hold itself. */
  void enter() {
    if (++depth > DEPTH) {
      throw Undemangled.here();
    }
  }

  void leave() {
    depth--;
  }

  /** Makes a component available to substitutions. */
  <N extends Node> N remember(N node) {
    if (substitutionCount == substitutions.length) {
      substitutions = Arrays.copyOf(substitutions, 2 * substitutionCount);
    }
    substitutions[substitutionCount++] = node;
    return node;
  }

  /** Takes back the last {@link #remember}. */
  void forgetLast() {
    if (substitutionCount == 0) {
      throw Undemangled.here();
    }
    substitutionCount--;
  }

  Node remembered(int index) {
    if (index >= substitutionCount) {
      throw Undemangled.here();
    }
    return substitutions[index];
  }

  /** Begins a list, whose items are given to {@link #add} and which {@link #list} ends. */
  int begin() {
    return scratchCount;
  }

  void add(Node item) {
    if (scratchCount == scratch.length) {
      scratch = Arrays.copyOf(scratch, 2 * scratchCount);
    }
    scratch[scratchCount++] = item;
  }

  Phrase.Listed list(int begin) {
    if (begin == scratchCount) {
      return Phrase.Listed.NONE;
    }
    Node[] items = Arrays.copyOfRange(scratch, begin, scratchCount);
    scratchCount = begin;
    return new Phrase.Listed(items);
  }

  /**
   * Reads an abi-tags and returns the name with them.
   *
   * <pre>abi-tag ::= B source-name</pre>
   */
  Node abiTags(Node name) {
    Node tagged = name;
    while (in.eat('B')) {
      tagged = Phrase.name(name, tagged, ABI, in.counted(), CLOSE_BRACKET);
    }
    return tagged;
  }

  private static final Word ABI = Word.of("[abi:");
  private static final Word CLOSE_BRACKET = Word.of("]");
}
