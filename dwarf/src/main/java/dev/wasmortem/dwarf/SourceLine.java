package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.Printable;

/**
 * A place in a source file, as a row of a line table gives it (§6.2.2).
 *
 * @param file the path: compilation directory, include directory and name, joined by {@code /} as
 *     far as they are relative, and not otherwise tidied; as the file has it, so not safe to print
 *     and never to be opened unasked
 * @param line from 1; 0 when the compiler ties the code to no line
 * @param column from 1, in bytes or what the compiler counts; 0 when unknown, or the left edge
 * @param discriminator tells blocks of code on one line apart; 0 for the first
 */
public record SourceLine(String file, int line, int column, int discriminator) {
  /** Returns {@code file:line:column}, safe to print. */
  @Override
  public String toString() {
    return Printable.escape(file) + ":" + line + ":" + column;
  }
}
