package dev.wasmortem.wasm.types;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * The smallest and largest size of a memory, in pages, or of a table, in elements (§5.3.12: {@code
 * limits}).
 */
public final class SizeLimits {
  private final long min;
  private final OptionalLong max;

  private SizeLimits(long min, OptionalLong max) {
    this.min = min;
    this.max = max;
  }

  /** Returns limits without an upper end. */
  public static SizeLimits atLeast(long min) {
    return new SizeLimits(min, OptionalLong.empty());
  }

  /** Returns limits with both ends. */
  public static SizeLimits between(long min, long max) {
    return new SizeLimits(min, OptionalLong.of(max));
  }

  /** Returns the size at the beginning, as an unsigned number. */
  public long min() {
    return min;
  }

  /** Returns the size that growth may not exceed, as an unsigned number, if one is declared. */
  public OptionalLong max() {
    return max;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SizeLimits that && min == that.min && max.equals(that.max);
  }

  @Override
  public int hashCode() {
    return Objects.hash(min, max);
  }

  @Override
  public String toString() {
    String low = Long.toUnsignedString(min);
    return max.isPresent() ? low + " " + Long.toUnsignedString(max.getAsLong()) : low;
  }
}
