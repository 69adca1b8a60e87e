package dev.wasmortem.coredump;

import java.util.Locale;
import java.util.Optional;

/**
 * A part of a memory that serves one purpose (our section {@code wasmortem.regions}). Regions may
 * overlap and need not cover a memory.
 *
 * @param memory index in {@link Coredump#memories}
 * @param start the first byte's address
 * @param length in bytes
 * @param kind what it is for
 * @param label what to call it, verbatim; may be empty
 */
public record Region(int memory, MemoryAddress start, long length, Kind kind, String label) {
  /** What a region is for. */
  public enum Kind {
    /** Static data. */
    DATA,
    /** The shadow stack of compilers that keep addressable variables in memory. */
    STACK,
    /** What an allocator hands out. */
    HEAP,
    OTHER;

    /** Returns the word that stands in a dump, and in JSON: {@code stack}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the kind of that {@link #id}, empty if there is none. */
    public static Optional<Kind> ofId(String id) {
      for (Kind kind : values()) {
        if (kind.id().equals(id)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }
}
