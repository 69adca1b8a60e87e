package dev.wasmortem.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hashes from NIST's examples to FIPS 180-4 (SHA256.pdf, SHA2_Additional.pdf) and sha256sum. */
class Sha256Test {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  private static String hash(ByteSource source) {
    return HexFormat.of().formatHex(source.sha256());
  }

  private static byte[] ascii(String text, int times) {
    return text.repeat(times).getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc, 1, " + ABC,
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq, 1,"
        + " 248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    "a, 1000000, cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
    "0123456789abcdef, 4096, d8b2af1c85cdb4588e978aed5875e12cbfd20f68009823cf914b40cf41d8e4ce",
    "0123456789abcdef, 8193, 766721c54b655cea59dd8bcd876f3297e960a44633f5919de06e391e8ce8421a",
  })
  void knownHashes(String text, int times, String hash) throws IOException {
    byte[] bytes = ascii(text, times);
    assertEquals(hash, hash(ByteSource.of("t", bytes)));
    try (ByteSource file = ByteSource.open(Files.write(folder.resolve("f"), bytes))) {
      assertEquals(hash, hash(file));
    }
  }

  @Test
  void aSliceHasTheHashOfItsOwnBytes() {
    assertEquals(ABC, hash(ByteSource.of("t", ascii("xabcx", 1)).slice(1, 3)));
  }

  @Test
  void aFileThatShrinksIsTruncated() throws IOException {
    Path path = Files.write(folder.resolve("f"), new byte[200_000]);
    try (ByteSource file = ByteSource.open(path)) {
      try (RandomAccessFile other = new RandomAccessFile(path.toFile(), "rw")) {
        other.setLength(100_000);
      }
      assertThrows(FormatException.Truncated.class, file::sha256);
    }
  }
}
