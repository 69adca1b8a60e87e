package dev.wasmortem.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("f"), bytes);
  }

  @Test
  void readsAcrossBlocks() throws IOException {
    byte[] bytes = new byte[3 * 65536 + 5];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((i * 31) >> 3);
    }
    try (ByteSource source = ByteSource.open(file(bytes))) {
      assertEquals(bytes.length, source.size());
      Cursor cursor = source.cursor();
      for (byte b : bytes) {
        assertEquals(b & 0xff, cursor.u8());
      }
      assertThrows(FormatException.Truncated.class, cursor::u8);
      assertArrayEquals(
          Arrays.copyOfRange(bytes, 65530, 131080), source.cursor(65530).bytes(65550));
      assertEquals(bytes[65536] & 0xff, source.slice(65530, 10).u8(6));
    }
  }

  @Test
  void readsAnEmptyFile() throws IOException {
    try (ByteSource source = ByteSource.open(file(new byte[0]))) {
      assertTrue(source.cursor().atEnd());
      assertThrows(FormatException.Truncated.class, () -> source.u8(0));
    }
  }

  /**
   * A sparse file of 5 GiB costs nothing on disk; marks stand around the 1, 2 and 4 GiB borders and
   * at its end.
   */
  @Test
  void readsBeyondFourGibibytes() throws IOException {
    Path path = folder.resolve("sparse");
    long[] marks = {1L << 30, (1L << 31) - 4, (1L << 32) - 4, (5L << 30) - 8};
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(5L << 30);
      for (long mark : marks) {
        file.seek(mark);
        file.writeLong(Long.reverseBytes(mark));
      }
    }
    try (ByteSource source = ByteSource.open(path)) {
      for (long mark : marks) {
        assertEquals(mark, source.cursor(mark).i64le());
        byte[] bytes = new byte[8];
        source.copyTo(mark, bytes, 0, 8);
        assertEquals(mark, ByteSource.of("t", bytes).cursor().i64le());
      }
      assertEquals(0, source.u8(3L << 30));
    } finally {
      Files.delete(path);
    }
  }

  @Test
  void aFileThatShrinksIsTruncated() throws IOException {
    byte[] bytes = new byte[1 << 20];
    Arrays.fill(bytes, (byte) 7);
    for (int round = 0; round < 20; round++) {
      Path path = file(bytes);
      try (ByteSource source = ByteSource.open(path)) {
        assertEquals(7, source.u8(0));
        try (RandomAccessFile other = new RandomAccessFile(path.toFile(), "rw")) {
          other.setLength(100);
        }
        Cursor cursor = source.cursor(1 << 19);
        var e = assertThrows(FormatException.Truncated.class, cursor::u8);
        assertTrue(e.getMessage().contains("shortened"), e.getMessage());
        byte[] target = new byte[1 << 19];
        assertThrows(
            FormatException.Truncated.class, () -> source.copyTo(1 << 19, target, 0, 1 << 19));
      }
    }
  }

  @Test
  void anInterruptedThreadReadsOn() throws IOException {
    try (ByteSource source = ByteSource.open(file(new byte[] {1, 2, 3}))) {
      Thread.currentThread().interrupt();
      try {
        assertEquals(3, source.u8(2));
        assertTrue(Thread.currentThread().isInterrupted());
      } finally {
        Thread.interrupted();
      }
      assertEquals(1, source.u8(0));
    }
  }

  @Test
  void aMissingFileIsAnIoException() {
    assertThrows(NoSuchFileException.class, () -> ByteSource.open(folder.resolve("no")));
  }
}
