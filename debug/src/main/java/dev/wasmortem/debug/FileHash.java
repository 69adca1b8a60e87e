package dev.wasmortem.debug;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import java.util.HexFormat;
import java.util.Optional;

/** What tells a file's content. */
final class FileHash {
  private FileHash() {}

  /** Returns the SHA-256 in hexadecimal, empty if the file was shortened meanwhile. */
  static Optional<String> sha256(ByteSource source) {
    try {
      return Optional.of(HexFormat.of().formatHex(source.sha256()));
    } catch (FormatException.Truncated e) {
      return Optional.empty();
    }
  }
}
