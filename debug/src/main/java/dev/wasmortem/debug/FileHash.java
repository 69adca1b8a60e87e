package dev.wasmortem.debug;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.FormatException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** What tells a file's content. */
final class FileHash {
  private FileHash() {}

  /** Returns the SHA-256 in hexadecimal, empty if the file was shortened meanwhile. */
  static Optional<String> sha256(ByteSource source) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[1 << 16];
      for (long at = 0; at < source.size(); at += chunk.length) {
        int length = (int) Math.min(chunk.length, source.size() - at);
        source.copyTo(at, chunk, 0, length);
        digest.update(chunk, 0, length);
      }
      return Optional.of(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } catch (FormatException.Truncated e) {
      return Optional.empty();
    }
  }
}
