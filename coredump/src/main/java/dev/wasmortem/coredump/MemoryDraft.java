package dev.wasmortem.coredump;

import static java.util.Objects.requireNonNull;

import dev.wasmortem.wasm.types.MemoryType;

/**
 * A memory that is to be written.
 *
 * @param type its type; the minimum is replaced by the size that {@code source} has when the dump
 *     is written
 * @param source its bytes
 * @param selection what of it goes into the dump
 */
public record MemoryDraft(MemoryType type, MemorySource source, MemorySelection selection) {
  /** Makes a draft. */
  public MemoryDraft {
    requireNonNull(type);
    requireNonNull(source);
    requireNonNull(selection);
  }
}
