package dev.wasmortem.wasm;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FileOffset;

/**
 * A section of a module (§5.5.2).
 *
 * @param id its kind
 * @param name a custom section's name, verbatim; else empty
 * @param bytes the whole section, from the byte for its kind on
 * @param payload what follows the size; of a custom section, what follows the name
 */
public record Section(SectionId id, String name, ByteSource bytes, ByteSource payload) {
  /** Returns where the section begins, with the byte for its kind. */
  public FileOffset start() {
    return bytes.origin();
  }
}
