package dev.wasmortem.bytes;

/**
 * Where in which file something stands, and what was being read there.
 *
 * @param source the name of the file (for an embedded module, of the file around it)
 * @param offset the offset in that file, never in a slice of it
 * @param production the name of the grammar's production being read, as {@code frame.locals}; empty
 *     when there is none
 */
public record Location(String source, FileOffset offset, String production) {
  /** Returns {@code core.wasm+0x1a4 (frame.locals)}, safe to print on a terminal. */
  @Override
  public String toString() {
    String at = Printable.escape(source) + "+" + offset;
    return production.isEmpty() ? at : at + " (" + production + ")";
  }
}
