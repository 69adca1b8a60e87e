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
    ByteSource section = file.section(".debug_sup");
    if (section.size() > 0) {
      Cursor cursor = section.cursor().in("debug_sup.version");
      cursor.u16le();
      boolean isSupplementary = cursor.in("debug_sup.is_supplementary").u8() != 0;
      String name = cursor.in("debug_sup.sup_filename").cstring();
      String id = id(cursor.in("debug_sup.sup_checksum"), cursor.uleb128());
      return isSupplementary ? Optional.empty() : Optional.of(new DebugFiles.Supplement(name, id));
    }
    section = file.section(".gnu_debugaltlink");
    if (section.size() > 0) {
      Cursor cursor = section.cursor().in("gnu_debugaltlink.name");
      String name = cursor.cstring();
      return Optional.of(new DebugFiles.Supplement(name, id(cursor, cursor.remaining())));
    }
    return Optional.empty();
  }

  private static String id(Cursor cursor, long length) {
    if (length < 0 || length > LONGEST_ID) {
      throw cursor.malformed("a checksum of " + Long.toUnsignedString(length) + " bytes");
    }
    return HexFormat.of().formatHex(cursor.bytes((int) length));
  }
}
