package dev.wasmortem.dwarf;

import java.nio.charset.StandardCharsets;

/**
 * The hash of names in {@code .debug_names} (§7.33): Bernstein's, over the UTF-8 of the name in
 * simple case folding, so that languages that do not tell case find what they look for.
 */
final class NameHash {
  private NameHash() {}

  static int of(String name) {
    StringBuilder folded = new StringBuilder(name.length());
    name.codePoints().map(NameHash::fold).forEach(folded::appendCodePoint);
    int hash = 5381;
    for (byte b : folded.toString().getBytes(StandardCharsets.UTF_8)) {
      hash = hash * 33 + (b & 0xff);
    }
    return hash;
  }

  /** Folds case as Unicode's table does, and the dotless and the dotted i of Turkish alike. */
  private static int fold(int character) {
    if (character < 0x80) {
      return character >= 'A' && character <= 'Z' ? character + 32 : character;
    }
    int upper = Character.toUpperCase(character);
    if (character == 0x130 || character == 0x131) {
      return 'i';
    }
    // Cherokee folds to what was its only case when it came into Unicode.
    return upper >= 0x13a0 && upper <= 0x13f5 ? upper : Character.toLowerCase(upper);
  }
}
