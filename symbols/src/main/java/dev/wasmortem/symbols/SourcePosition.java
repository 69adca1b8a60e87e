package dev.wasmortem.symbols;

import dev.wasmortem.bytes.Printable;

/**
 * A place in a source file.
 *
 * @param file the path as the compiler knew it; not safe to print, and to be opened through {@link
 *     SourcePaths} only
 * @param line from 1; 0 for code that the compiler ties to no line
 * @param column from 1; 0 when unknown
 * @param discriminator tells blocks of code on one line apart; 0 for the first
 */
public record SourcePosition(String file, int line, int column, int discriminator) {
  /** Returns {@code file:line:column}, without what is unknown, safe to print. */
  @Override
  public String toString() {
    String path = Printable.escape(file);
    if (line == 0) {
      return path;
    }
    return column == 0 ? path + ":" + line : path + ":" + line + ":" + column;
  }
}
