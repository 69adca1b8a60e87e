package dev.wasmortem.symbols;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Lines of the last few sources that were read: the frames of a stack are often of one file. */
final class SourceLines {
  private static final int CACHED_FILES = 4;
  private static final int MAX_LINE = 4096;

  private final Map<Path, byte[]> cache =
      new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, byte[]> eldest) {
          return size() > CACHED_FILES;
        }
      };

  /** Returns line {@code number}, from 1, of a file that may be read. */
  Optional<String> line(Path file, int number) {
    return line(bytes(file), number);
  }

  /** Returns line {@code number}, from 1, of a text. */
  static Optional<String> line(byte[] bytes, int number) {
    int start = 0;
    for (int line = 1; line < number; line++) {
      start = endOfLine(bytes, start) + 1;
      if (start >= bytes.length) {
        return Optional.empty();
      }
    }
    if (start >= bytes.length) {
      return Optional.empty();
    }
    int end = endOfLine(bytes, start);
    if (end > start && bytes[end - 1] == '\r') {
      end--;
    }
    // A character takes four bytes at most, and a cut one becomes a U+FFFD that is cut off below.
    int length = Math.min(end - start, 4 * MAX_LINE);
    String text = new String(bytes, start, length, StandardCharsets.UTF_8);
    return Optional.of(text.length() > MAX_LINE ? text.substring(0, MAX_LINE) : text);
  }

  private static int endOfLine(byte[] bytes, int start) {
    int at = start;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private synchronized byte[] bytes(Path file) {
    byte[] known = cache.get(file);
    if (known == null) {
      known = read(file);
      cache.put(file, known);
    }
    return known;
  }

  private static byte[] read(Path file) {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(SourcePaths.MAX_BYTES);
    } catch (IOException e) {
      return new byte[0];
    }
  }
}
