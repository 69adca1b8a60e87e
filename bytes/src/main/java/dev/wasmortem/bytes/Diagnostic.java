package dev.wasmortem.bytes;

/**
 * Something that a reader noticed and lived with. Libraries report; faces print.
 *
 * @param code a stable kebab-case name of the kind of finding, as {@code name-section-damaged}
 * @param location where it stands
 * @param message one line for a person
 */
public record Diagnostic(String code, Location location, String message) {
  /** Makes a diagnostic of an error that was survived. */
  public static Diagnostic of(String code, FormatException error) {
    return new Diagnostic(code, error.location(), error.problem());
  }

  /** Returns {@code core.wasm+0x1a4 (frame.locals): message}, safe to print if the message is. */
  @Override
  public String toString() {
    return location + ": " + message;
  }

  /** Where diagnostics go. Implementations must not throw. */
  @FunctionalInterface
  public interface Sink {
    /** A sink that drops what it is given. */
    Sink IGNORE = diagnostic -> {};

    /** Takes one diagnostic. */
    void report(Diagnostic diagnostic);
  }
}
