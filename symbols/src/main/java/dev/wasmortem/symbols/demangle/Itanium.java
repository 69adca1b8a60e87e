package dev.wasmortem.symbols.demangle;

/**
 * Demangles names of the <a href="https://itanium-cxx-abi.github.io/cxx-abi/abi.html">Itanium C++
 * ABI</a>.
 *
 * <pre>
 * mangled-name ::= _Z encoding [. suffix]
 *              ::= ___Z encoding _block_invoke [[_] digit+] [. suffix]
 * </pre>
 *
 * <p>Both may have one more underscore before them.
 */
final class Itanium {
  private static final Word BLOCK = Word.of("invocation function for block in ");

  private Itanium() {}

  /** Demangles what follows the {@code _Z}. */
  static Demangled name(Mangled in, int limit) {
    ItaniumParser parser = new ItaniumParser(in);
    Node encoding = parser.encodings.encoding();
    Word suffix = suffix(in);
    return print(encoding, suffix, limit);
  }

  /** Demangles what follows the {@code ___Z} of a block. */
  static Demangled block(Mangled in, int limit) {
    ItaniumParser parser = new ItaniumParser(in);
    Node encoding = parser.encodings.encoding();
    if (!in.eat("_block_invoke")) {
      throw Undemangled.here();
    }
    boolean numbered = in.eat('_');
    if (in.digits().isEmpty() && numbered) {
      throw Undemangled.here();
    }
    suffix(in); // not printed
    return print(new NameNodes.Entry(BLOCK, encoding), Word.EMPTY, limit);
  }

  /** Takes {@code .suffix}, which compilers put behind names of copies; empty without one. */
  private static Word suffix(Mangled in) {
    if (in.isAtEnd()) {
      return Word.EMPTY;
    }
    if (in.peek() != '.') {
      throw Undemangled.here();
    }
    return new Word(in.bytes(), in.at(), in.left());
  }

  private static Demangled print(Node whole, Word suffix, int limit) {
    boolean entry = whole instanceof NameNodes.Entry;
    Node function = whole instanceof NameNodes.Entry e ? e.function() : whole;
    Printer out = new Printer(limit, function);
    out.print(whole);
    String name = entry ? out.upToName() : out.name();
    if (!suffix.isEmpty()) {
      out.append(" (");
      out.print(suffix);
      out.append(')');
    }
    return new Demangled(Scheme.ITANIUM, out.toString(), name);
  }
}
