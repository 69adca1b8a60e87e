package dev.wasmortem.coredump.edit;

import dev.wasmortem.bytes.ByteSource;
import dev.wasmortem.coredump.AddressRange;
import java.util.List;

/**
 * The byte that takes the place of those that were found: one that no pattern finds, so that a last
 * look at the copy finds what remains and nothing else.
 */
final class Filling {
  /** In the order of preference; all are ASCII, so that texts stay texts. */
  private static final String PREFERRED = "X*#-_.?~ =+/";

  /** How many of them in a row no pattern may find. */
  private static final int RUN = 1024;

  private final byte value;

  private Filling(byte value) {
    this.value = value;
  }

  /** Chooses one; if the patterns find whatever there is, the first. */
  static Filling of(List<BytePattern> patterns) {
    StringBuilder candidates = new StringBuilder(PREFERRED);
    for (char c = 0x7f; c > 0; c--) {
      candidates.append(c);
    }
    return candidates
        .chars()
        .filter(c -> patterns.stream().noneMatch(pattern -> finds(pattern, (char) c)))
        .mapToObj(c -> new Filling((byte) c))
        .findFirst()
        .orElseGet(() -> new Filling((byte) PREFERRED.charAt(0)));
  }

  private static boolean finds(BytePattern pattern, char c) {
    return pattern.holds(c) || pattern.matcher(String.valueOf(c).repeat(RUN)).find();
  }

  byte value() {
    return value;
  }

  /** Returns whether a part of a file is nothing but this. */
  boolean isAllOf(ByteSource file, AddressRange range) {
    for (long i = 0; i < range.length(); i++) {
      if (file.u8(range.start().value() + i) != value) {
        return false;
      }
    }
    return true;
  }
}
