package dev.wasmortem.symbols.index;

import dev.wasmortem.bytes.ByteSource;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * What tells the files that an index was made of from all others: their length and two checksums of
 * every byte, of polynomials that have nothing to do with each other. Two files that differ have
 * the same fingerprint by a chance of 2⁻⁶⁴, and never if they differ within 32 bits in a row only.
 *
 * <p>It is no cryptographic hash, on purpose: SHA-256 of a module of 15 MB takes 140 ms in a JVM
 * that has just started, more than the whole look-up may, and this takes 6 ms. Whoever can forge a
 * fingerprint can put a module there that lies in its own debug information; an index is trusted no
 * further than that.
 *
 * @param size how many bytes there are in all
 * @param crc32 their CRC-32 (ISO 3309), as a number without sign in 32 bits
 * @param crc32c their CRC-32C (Castagnoli, RFC 3720), likewise
 */
public record Fingerprint(long size, int crc32, int crc32c) {
  private static final int CHUNK = 1 << 16;

  /** Reads all of some files, one behind the other. */
  public static Fingerprint of(List<ByteSource> files) {
    CRC32 first = new CRC32();
    CRC32C second = new CRC32C();
    byte[] chunk = new byte[CHUNK];
    long size = 0;
    for (ByteSource file : files) {
      for (long at = 0; at < file.size(); at += chunk.length) {
        int length = (int) Math.min(chunk.length, file.size() - at);
        file.copyTo(at, chunk, 0, length);
        first.update(chunk, 0, length);
        second.update(chunk, 0, length);
      }
      size += file.size();
    }
    return new Fingerprint(size, (int) first.getValue(), (int) second.getValue());
  }

  /** Returns both checksums in hexadecimal. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(crc32) + hex.toHexDigits(crc32c);
  }
}
