package dev.wasmortem.dwarf;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Which supplementary file a file refers to: by {@code .debug_sup} (§7.3.6), or by the section that
 * GNU had before it.
 *
 * <pre>
 * .debug_sup        = version:u16 is_supplementary:u8 name:cstring length:uleb checksum:byte^length
 * .gnu_debugaltlink = name:cstring id:byte*
 * </pre>
 */
final class Supplements {
  private static final int LONGEST_ID = 1024;

  private Supplements() {}

  static Optional<DebugFiles.Supplement> named(DebugFile file) {
    Optional<Section> section = section(file);
    if (section.isPresent()) {
      return section.get().kind == Kind.USER ? Optional.of(section.get().file) : Optional.empty();
    }
    ByteSource link = file.section(".gnu_debugaltlink");
    if (link.size() > 0) {
      Cursor cursor = link.cursor().in("gnu_debugaltlink.name");
      String name = cursor.cstring();
      return Optional.of(new DebugFiles.Supplement(name, id(cursor, cursor.remaining())));
    }
    return Optional.empty();
  }

  /**
   * Returns whether a file may be the one that is wanted: one that says which it is must be. GNU's
   * do not say; whoever finds them knows their build ids.
   */
  static boolean fits(DebugFile found, DebugFiles.Supplement wanted) {
    Optional<Section> section = section(found);
    return section.isEmpty()
        || (section.get().kind == Kind.SUPPLEMENT && section.get().file.id().equals(wanted.id()));
  }

  private enum Kind {
    /** A file that refers to a supplementary one. */
    USER,
    SUPPLEMENT
  }

  /** A {@code .debug_sup}; of a supplementary file, name and checksum are its own. */
  private record Section(Kind kind, DebugFiles.Supplement file) {}

  private static Optional<Section> section(DebugFile file) {
    ByteSource section = file.section(".debug_sup");
    if (section.size() == 0) {
      return Optional.empty();
    }
    Cursor cursor = section.cursor().in("debug_sup.version");
    cursor.u16le();
    Kind kind = cursor.in("debug_sup.is_supplementary").u8() != 0 ? Kind.SUPPLEMENT : Kind.USER;
    String name = cursor.in("debug_sup.sup_filename").cstring();
    String id = id(cursor.in("debug_sup.sup_checksum"), cursor.uleb128());
    return Optional.of(new Section(kind, new DebugFiles.Supplement(name, id)));
  }

  private static String id(Cursor cursor, long length) {
    if (length < 0 || length > LONGEST_ID) {
      throw cursor.malformed("a checksum of " + Long.toUnsignedString(length) + " bytes");
    }
    return HexFormat.of().formatHex(cursor.bytes((int) length));
  }
}
