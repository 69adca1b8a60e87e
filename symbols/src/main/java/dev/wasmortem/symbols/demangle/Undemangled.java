package dev.wasmortem.symbols.demangle;

/**
 * Ends the reading of a name that does not follow its scheme or breaks a bound. It never leaves the
 * package and says nothing: such a name is shown as it is, and there are many of them, so it has no
 * trace.
 */
final class Undemangled extends RuntimeException {
  private static final long serialVersionUID = 1;

  private Undemangled() {
    super("not a mangled name", null, false, false);
  }

  /** Returns the exception, to be thrown. */
  static Undemangled here() {
    return new Undemangled();
  }
}
