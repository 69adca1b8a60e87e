package dev.wasmortem.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.wasmortem.bytes.Printable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Has JSON escape what could steer a terminal or reorder a line, as text does: names come from
 * files, and JSON is looked at, too. What it says is the same. Characters of two UTF-16 units are
 * escaped all.
 */
final class SafeCharacters extends CharacterEscapes {
  private static final long serialVersionUID = 1;

  private static final int DELETE = 0x7f;

  /** Returns a factory of JSON that is safe to look at. */
  static JsonFactory factory() {
    return new JsonFactory().setCharacterEscapes(new SafeCharacters());
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    int[] codes = standardAsciiEscapesForJSON();
    codes[DELETE] = ESCAPE_STANDARD;
    return codes;
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int unit) {
    return Printable.isSafe(unit)
        ? null
        : new SerializedString(String.format(Locale.ROOT, "\\u%04X", unit));
  }
}
