package dev.wasmortem.dwarf;

import java.util.Optional;

/**
 * Finds the files that hold debug information apart from the one at hand. What a file says of where
 * others are comes from whoever made it: an implementation must not open what its user did not
 * allow.
 *
 * <p>Sections are asked for by the names they have there, as {@code .debug_info.dwo}. A file that
 * turns out not to belong is not used.
 */
public interface DebugFiles {
  /** Finds nothing. */
  DebugFiles NONE = new DebugFiles() {};

  /**
   * A unit of which the file at hand has the skeleton only (§3.1.2).
   *
   * @param name the {@code DW_AT_dwo_name}: a path, as the compiler was given it; not safe to
   *     print, nor to open unasked
   * @param directory the directory that the compiler ran in, which the name may be relative to
   * @param id the number that both halves of the unit have
   */
  record SplitUnit(String name, String directory, long id) {}

  /**
   * A file that several share what they have in common with (§7.3.6), as {@code dwz} makes them.
   *
   * @param name a path; not safe to print, nor to open unasked
   * @param id the file's checksum or build id in hexadecimal, empty where it has none
   */
  record Supplement(String name, String id) {}

  /** Returns the sections of the file that has the other half of a unit. */
  default Optional<DwarfSections> splitUnit(SplitUnit unit) {
    return Optional.empty();
  }

  /** Returns the sections of the file that such files were packed into (§7.3.5). */
  default Optional<DwarfSections> splitPackage() {
    return Optional.empty();
  }

  /** Returns the sections of a supplementary file. */
  default Optional<DwarfSections> supplement(Supplement file) {
    return Optional.empty();
  }
}
