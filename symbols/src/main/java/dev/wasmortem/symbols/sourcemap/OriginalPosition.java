package dev.wasmortem.symbols.sourcemap;

import dev.wasmortem.bytes.Printable;
import java.util.Optional;

/**
 * A place in a source that a source map tells.
 *
 * @param source the source's path or URL below the map's root; not safe to print, and never opened
 *     unasked
 * @param line from 1
 * @param column from 1, in UTF-16 code units
 * @param name what the code there is called in the source, where the map tells it; not safe to
 *     print
 */
public record OriginalPosition(String source, int line, int column, Optional<String> name) {
  /** Returns {@code source:line:column}, safe to print. */
  @Override
  public String toString() {
    return Printable.escape(source) + ":" + line + ":" + column;
  }
}
