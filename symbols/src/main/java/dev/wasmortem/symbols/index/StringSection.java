package dev.wasmortem.symbols.index;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The strings of an index; each is read when it is asked for. Safe for use by several threads. */
final class StringSection {
  private static final int BYTES_EACH = 16;

  private final ByteSource bytes;
  private final Kept<Text> kept;

  private record Text(int at, Optional<String> text) implements Kept.Standing {}

  StringSection(ByteSource bytes) {
    this.bytes = bytes;
    this.kept = new Kept<>((int) bytes.size(), BYTES_EACH);
  }

  /**
   * Returns the string that a reference is to, or nothing for 0.
   *
   * @throws FormatException if there is none
   */
  Optional<String> get(long reference) {
    if (reference == 0) {
      return Optional.empty();
    }
    if (reference > bytes.size()) {
      throw new FormatException.Malformed(
          "string " + reference + " of " + bytes.size() + " bytes of them",
          bytes.at(0, "symbol-index.strings"));
    }
    int at = (int) reference - 1;
    Text known = kept.at(at);
    if (known == null) {
      known = new Text(at, Optional.of(read(at)));
      kept.keep(known);
    }
    return known.text;
  }

  private String read(int at) {
    Cursor cursor = bytes.cursor(at).in("symbol-index.string");
    return new String(cursor.bytes(cursor.index()), StandardCharsets.UTF_8);
  }
}
