package dev.wasmortem.symbols.demangle;

import org.jspecify.annotations.Nullable;

/**
 * Demangles Rust's own scheme (<a
 * href="https://doc.rust-lang.org/rustc/symbol-mangling/v0.html">v0</a>, RFC 2603). The text is
 * LLVM's: without the hashes of crates and the types of constants, a suffix in parentheses.
 *
 * <pre>symbol-name ::= _R path [instantiating-crate path] [. suffix]</pre>
 *
 * <p>It is printed while it is read; a backreference reads what is before it once more. That is
 * bounded by the text's limit, by the places read, and in depth.
 */
final class RustV0 {
  /** Productions in each other; the 200,000 symbols of the Rust compiler stay below 100. */
  private static final int DEPTH = 256;

  /** What can be multiplied by 62 in 64 bits. */
  private static final long LARGEST_FACTOR = Long.divideUnsigned(-1, 62);

  private final Mangled in;
  private final int start;
  private final Text out;
  private final RustConstants constants;
  private int steps;
  private int depth;
  private long boundLifetimes;

  /** Whether what is read is printed: not so the path of an impl, nor the instantiating crate. */
  private boolean printing = true;

  private RustV0(Mangled in, int limit) {
    this.in = in;
    this.start = in.at();
    this.out = new Text(limit);
    this.steps = limit;
    this.constants = new RustConstants(this, in);
  }

  /** Demangles what follows the {@code _R}, up to a suffix. */
  static Demangled name(Mangled in, Word suffix, int limit) {
    RustV0 reader = new RustV0(in, limit);
    reader.path(Place.VALUE, Generics.CLOSED);
    if (!in.isAtEnd()) {
      reader.printing = false;
      reader.path(Place.VALUE, Generics.CLOSED);
    }
    if (!in.isAtEnd()) {
      throw Undemangled.here();
    }
    String name = reader.out.toString();
    return new Demangled(
        Scheme.RUST_V0, suffix.isEmpty() ? name : name + " (" + suffix + ")", name);
  }

  /** Where a path stands: generic arguments of a value have {@code ::} before them. */
  private enum Place {
    VALUE,
    TYPE
  }

  /** Whether the bracket behind generic arguments is left to the caller. */
  private enum Generics {
    CLOSED,
    OPEN
  }

  void enter() {
    if (++depth > DEPTH || --steps < 0) {
      throw Undemangled.here();
    }
  }

  void leave() {
    depth--;
  }

  void print(String ascii) {
    if (printing) {
      out.append(ascii);
    }
  }

  void print(char ascii) {
    if (printing) {
      out.append(ascii);
    }
  }

  void printCodePoint(int codePoint) {
    if (printing) {
      out.appendCodePoint(codePoint);
    }
  }

  void print(Word word) {
    if (printing) {
      word.appendTo(out);
    }
  }

  /**
   * Reads a path.
   *
   * <pre>
   * path ::= C identifier
   *      ::= M impl-path type
   *      ::= X impl-path type path
   *      ::= Y type path
   *      ::= N namespace path identifier
   *      ::= I path generic-arg* E
   *      ::= backref
   * </pre>
   *
   * @return whether a bracket was left open
   */
  private boolean path(Place place, Generics generics) {
    enter();
    boolean open = false;
    switch (in.next()) {
      case 'C' -> disambiguatedIdentifier();
      case 'M' -> {
        implPath();
        print('<');
        type();
        print('>');
      }
      case 'X' -> {
        implPath();
        asTrait();
      }
      case 'Y' -> asTrait();
      case 'N' -> nested(place);
      case 'I' -> open = generic(place, generics);
      case 'B' -> {
        int back = backReference();
        if (back >= 0) {
          open = path(place, generics);
          in.moveTo(back);
        }
      }
      default -> throw Undemangled.here();
    }
    leave();
    return open;
  }

  /** Reads a path as part of a constant. */
  void constantPath() {
    path(Place.TYPE, Generics.CLOSED);
  }

  private void implPath() {
    boolean outer = printing;
    printing = false;
    disambiguator();
    path(Place.TYPE, Generics.CLOSED);
    printing = outer;
  }

  private void asTrait() {
    print('<');
    type();
    print(" as ");
    path(Place.TYPE, Generics.CLOSED);
    print('>');
  }

  private void nested(Place place) {
    int namespace = in.next();
    boolean special = namespace >= 'A' && namespace <= 'Z';
    if (!special && (namespace < 'a' || namespace > 'z')) {
      throw Undemangled.here();
    }
    path(place, Generics.CLOSED);
    long disambiguator = disambiguator();
    if (special) {
      print("::{");
      switch (namespace) {
        case 'C' -> print("closure");
        case 'S' -> print("shim");
        default -> print((char) namespace);
      }
      if (!emptyIdentifierAhead()) {
        print(':');
      }
      identifier();
      print('#');
      print(Long.toUnsignedString(disambiguator));
      print('}');
    } else {
      if (!emptyIdentifierAhead()) {
        print("::");
      }
      identifier();
    }
  }

  private boolean emptyIdentifierAhead() {
    return in.peek() == '0' || (in.peek() == 'u' && in.peek(1) == '0');
  }

  private boolean generic(Place place, Generics generics) {
    path(place, Generics.CLOSED);
    print(place == Place.VALUE ? "::<" : "<");
    for (int i = 0; !in.eat('E'); i++) {
      print(i > 0 ? ", " : "");
      genericArgument();
    }
    if (generics == Generics.OPEN) {
      return true;
    }
    print('>');
    return false;
  }

  /** Reads a generic-arg: {@code L base-62-number | K const | type}. */
  private void genericArgument() {
    if (in.eat('L')) {
      lifetime(base62());
    } else if (in.eat('K')) {
      constants.constant();
    } else {
      type();
    }
  }

  /**
   * Reads a type.
   *
   * <pre>
   * type ::= basic-type | path | A type const | S type | T type* E
   *      ::= R [lifetime] type | Q [lifetime] type | P type | O type
   *      ::= F fn-sig | D dyn-bounds lifetime | backref
   * </pre>
   */
  void type() {
    enter();
    String basic = basicType(in.peek());
    if (basic != null) {
      in.skip(1);
      print(basic);
    } else {
      compound();
    }
    leave();
  }

  private void compound() {
    int letter = in.peek();
    switch (letter) {
      case 'A', 'S' -> array();
      case 'T' -> tuple();
      case 'R', 'Q' -> reference();
      case 'P', 'O' -> {
        in.skip(1);
        print(letter == 'P' ? "*const " : "*mut ");
        type();
      }
      case 'F' -> function();
      case 'D' -> dynamic();
      case 'B' -> {
        in.skip(1);
        int back = backReference();
        if (back >= 0) {
          type();
          in.moveTo(back);
        }
      }
      default -> path(Place.TYPE, Generics.CLOSED);
    }
  }

  private void array() {
    boolean sized = in.next() == 'A';
    print('[');
    type();
    if (sized) {
      print("; ");
      constants.constant();
    }
    print(']');
  }

  private void tuple() {
    in.skip(1);
    print('(');
    int count = types();
    print(count == 1 ? ",)" : ")");
  }

  /** Reads types up to an {@code E} and returns how many. */
  private int types() {
    int count = 0;
    while (!in.eat('E')) {
      print(count++ > 0 ? ", " : "");
      type();
    }
    return count;
  }

  private void reference() {
    boolean mutable = in.next() == 'Q';
    print('&');
    if (in.eat('L')) {
      long lifetime = base62();
      if (lifetime != 0) {
        lifetime(lifetime);
        print(' ');
      }
    }
    print(mutable ? "mut " : "");
    type();
  }

  /** Reads a function: {@code F [binder] [U] [K abi] type* E type}. */
  private void function() {
    in.skip(1);
    long outer = boundLifetimes;
    binder();
    print(in.eat('U') ? "unsafe " : "");
    if (in.eat('K')) {
      print("extern \"");
      if (in.eat('C')) {
        print('C');
      } else {
        abi();
      }
      print("\" ");
    }
    print("fn(");
    types();
    print(')');
    if (!in.eat('u')) {
      print(" -> ");
      type();
    }
    boundLifetimes = outer;
  }

  private void abi() {
    if (in.peek() == 'u') {
      throw Undemangled.here();
    }
    Word name = identifierBytes();
    for (int i = 0; i < name.length(); i++) {
      print(name.at(i) == '_' ? '-' : (char) name.at(i));
    }
  }

  /** Reads a trait object: {@code D [binder] (path (p identifier type)*)* E L base-62-number}. */
  private void dynamic() {
    in.skip(1);
    long outer = boundLifetimes;
    print("dyn ");
    binder();
    for (int i = 0; !in.eat('E'); i++) {
      print(i > 0 ? " + " : "");
      boolean open = path(Place.TYPE, Generics.OPEN);
      while (in.eat('p')) {
        print(open ? ", " : "<");
        open = true;
        in.eat('u');
        print(identifierBytes());
        print(" = ");
        type();
      }
      print(open ? ">" : "");
    }
    boundLifetimes = outer;
    in.expect('L');
    long lifetime = base62();
    if (lifetime != 0) {
      print(" + ");
      lifetime(lifetime);
    }
  }

  /** Reads a binder, {@code [G base-62-number]}: so many lifetimes more. */
  private void binder() {
    long count = tagged('G');
    if (count == 0) {
      return;
    }
    // Each is referred to in what follows, which takes a byte.
    if (count < 0 || count >= in.at() - start + in.left() - boundLifetimes) {
      throw Undemangled.here();
    }
    print("for<");
    for (long i = 0; i < count; i++) {
      boundLifetimes++;
      print(i > 0 ? ", " : "");
      lifetime(1);
    }
    print("> ");
  }

  /** Prints a lifetime, counted from the innermost; 0 is the one without a name. */
  private void lifetime(long index) {
    if (index == 0) {
      print("'_");
      return;
    }
    if (index < 0 || index > boundLifetimes) {
      throw Undemangled.here();
    }
    long number = boundLifetimes - index;
    print('\'');
    if (number < 26) {
      print((char) ('a' + number));
    } else {
      print("z" + (number - 26 + 1));
    }
  }

  /**
   * Reads the place of a backreference and goes there.
   *
   * @return where to go on, -1 if nothing is printed and so nothing read
   */
  int backReference() {
    long place = base62();
    if (place < 0 || place >= in.at() - start) {
      throw Undemangled.here();
    }
    if (!printing) {
      return -1;
    }
    int back = in.at();
    in.moveTo(start + (int) place);
    return back;
  }

  private long disambiguator() {
    return tagged('s');
  }

  /** Reads an optional number behind a letter, 0 without it. */
  private long tagged(char letter) {
    if (!in.eat(letter)) {
      return 0;
    }
    long value = base62();
    if (value == -1) {
      throw Undemangled.here();
    }
    return value + 1;
  }

  /**
   * Reads a base-62-number: {@code _} is 0, {@code 0_} is 1, {@code Z_} is 62, of 64 bits unsigned.
   */
  private long base62() {
    if (in.eat('_')) {
      return 0;
    }
    long value = 0;
    while (!in.eat('_')) {
      int c = in.next();
      int digit;
      if (Mangled.isDigit(c)) {
        digit = c - '0';
      } else if (c >= 'a' && c <= 'z') {
        digit = c - 'a' + 10;
      } else if (c >= 'A' && c <= 'Z') {
        digit = c - 'A' + 36;
      } else {
        throw Undemangled.here();
      }
      if (Long.compareUnsigned(value, LARGEST_FACTOR) > 0) {
        throw Undemangled.here();
      }
      value = value * 62 + digit;
      if (Long.compareUnsigned(value, digit) < 0) {
        throw Undemangled.here();
      }
    }
    if (value == -1) {
      throw Undemangled.here();
    }
    return value + 1;
  }

  /** Reads an identifier, as the name of a field, and prints it. */
  void disambiguatedIdentifier() {
    disambiguator();
    identifier();
  }

  /** Reads an undisambiguated identifier and prints it. */
  private void identifier() {
    boolean encoded = in.eat('u');
    Word bytes = identifierBytes();
    if (!encoded) {
      print(bytes);
    } else if (printing) {
      Punycode.decode(bytes, Punycode.Alphabet.RUST, out);
    }
  }

  /** Reads {@code decimal-number [_] bytes}. */
  private Word identifierBytes() {
    int count = in.eat('0') ? 0 : in.number();
    in.eat('_');
    if (count > in.left()) {
      throw Undemangled.here();
    }
    Word bytes = new Word(in.bytes(), in.at(), count);
    for (int i = 0; i < count; i++) {
      int c = bytes.at(i);
      if (!Mangled.isDigit(c) && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '_') {
        throw Undemangled.here();
      }
    }
    in.skip(count);
    return bytes;
  }

  /** Returns the type of one letter, null if it is none's. */
  static @Nullable String basicType(int letter) {
    return switch (letter) {
      case 'a' -> "i8";
      case 'b' -> "bool";
      case 'c' -> "char";
      case 'd' -> "f64";
      case 'e' -> "str";
      case 'f' -> "f32";
      case 'h' -> "u8";
      case 'i' -> "isize";
      case 'j' -> "usize";
      case 'l' -> "i32";
      case 'm' -> "u32";
      case 'n' -> "i128";
      case 'o' -> "u128";
      case 'p' -> "_";
      case 's' -> "i16";
      case 't' -> "u16";
      case 'u' -> "()";
      case 'v' -> "...";
      case 'x' -> "i64";
      case 'y' -> "u64";
      case 'z' -> "!";
      default -> null;
    };
  }
}
