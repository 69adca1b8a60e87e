package dev.wasmortem.symbols;

import dev.wasmortem.bytes.Printable;

/**
 * Where a module's source map is, or why it is not used.
 *
 * @param state whether there is one
 * @param detail the file of one that is {@link State#FOUND}, the directories that one was looked
 *     for in, or what is wrong with one; not safe to print
 */
public record MapLocation(State state, String detail) {
  /** Whether there is a source map. */
  public enum State {
    /** The module names none. */
    NONE,
    /** It is in the module. */
    EMBEDDED,
    /** It is in a file. */
    FOUND,
    /** It is in none of the directories that were allowed, if any were. */
    NOT_FOUND,
    /** It cannot be read. */
    DAMAGED
  }

  /** Returns whether lines can come from it. */
  boolean isUsable() {
    return state == State.EMBEDDED || state == State.FOUND;
  }

  /** Returns one clause for a person, safe to print, about a map that {@code url} names. */
  String described(String url) {
    String named = "a source map, " + Printable.escape(url);
    return switch (state) {
      case NONE -> "no source map";
      case EMBEDDED -> "a source map in the module";
      case FOUND -> "a source map, " + Printable.escape(detail);
      case NOT_FOUND ->
          named
              + ", which was not "
              + (detail.isEmpty() ? "opened" : "found in " + Printable.escape(detail));
      case DAMAGED -> named + ", which cannot be read: " + Printable.escape(detail);
    };
  }
}
