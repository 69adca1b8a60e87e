package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import java.util.Optional;

/** The sections of a file, by name. */
@FunctionalInterface
public interface DwarfSections {
  /**
   * Returns the contents of a section, or nothing when the file has none of that name.
   *
   * @param name as DWARF spells it, with the dot, as {@code .debug_line}
   */
  Optional<ByteSource> section(String name);
}
