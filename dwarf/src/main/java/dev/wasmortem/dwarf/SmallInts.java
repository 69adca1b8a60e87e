package dev.wasmortem.dwarf;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers from 0, in the fewest bytes each that hold the largest. Immutable. */
final class SmallInts {
  private final byte @Nullable [] bytes;
  private final char @Nullable [] chars;
  private final int @Nullable [] ints;

  private SmallInts(byte @Nullable [] bytes, char @Nullable [] chars, int @Nullable [] ints) {
    this.bytes = bytes;
    this.chars = chars;
    this.ints = ints;
  }

  /** Returns the first {@code count} of {@code values}; negative ones are kept, too. */
  static SmallInts of(int[] values, int count) {
    int all = 0;
    for (int i = 0; i < count; i++) {
      all |= values[i];
    }
    if (all >>> 8 == 0) {
      byte[] small = new byte[count];
      for (int i = 0; i < count; i++) {
        small[i] = (byte) values[i];
      }
      return new SmallInts(small, null, null);
    }
    if (all >>> 16 == 0) {
      char[] small = new char[count];
      for (int i = 0; i < count; i++) {
        small[i] = (char) values[i];
      }
      return new SmallInts(null, small, null);
    }
    return new SmallInts(null, null, Arrays.copyOf(values, count));
  }

  int get(int index) {
    if (bytes != null) {
      return bytes[index] & 0xff;
    }
    if (chars != null) {
      return chars[index];
    }
    return ints == null ? 0 : ints[index];
  }
}
