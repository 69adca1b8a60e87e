package dev.wasmortem.cli;

import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** Reads times and sizes, and writes numbers of things, as people do. */
final class Quantities {
  private static final long MIN_STACK = 64L << 10;
  private static final long MAX_STACK = 16L << 30;

  private Quantities() {}

  /** Reads {@code 500ms}, {@code 10s}, {@code 1.5s}, {@code 2m}; a number alone is seconds. */
  static Duration duration(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    double unit = lower.endsWith("ms") ? 1 : lower.endsWith("m") ? 60_000 : 1000;
    String number = lower.replaceFirst("(ms|s|m)$", "");
    try {
      double milliseconds = Double.parseDouble(number) * unit;
      if (milliseconds >= 1 && milliseconds <= Integer.MAX_VALUE) {
        return Duration.ofMillis((long) milliseconds);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new TypeConversionException("'" + text + "' is no time; write 500ms, 10s or 2m");
  }

  /** Reads an address or a length: decimal, or hexadecimal after {@code 0x}. */
  static Long address(String text) {
    try {
      String lower = text.toLowerCase(Locale.ROOT);
      long value =
          lower.startsWith("0x")
              ? Long.parseUnsignedLong(lower.substring(2), 16)
              : Long.parseLong(lower);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new TypeConversionException("'" + text + "' is no address; write 4096 or 0x1000");
  }

  /** Reads {@code 65536}, {@code 512k}, {@code 64m}, {@code 1g}: the size of a stack. */
  static Long stackSize(String text) {
    return size(text, MIN_STACK, MAX_STACK, "from 64k to 16g");
  }

  /** Reads the same: the size of anything, at least 1. */
  static Long size(String text) {
    return size(text, 1, Long.MAX_VALUE, "of a byte or more");
  }

  /** Reads the same, 0 too. */
  static Long sizeOrNothing(String text) {
    return size(text, 0, Long.MAX_VALUE, "of 0 bytes or more");
  }

  /** Returns {@code 1 frame}, {@code 2,000 frames}. */
  static String counted(long count, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
  }

  private static Long size(String text, long least, long most, String range) {
    String lower = text.toLowerCase(Locale.ROOT);
    int unit = lower.isEmpty() ? -1 : "kmg".indexOf(lower.charAt(lower.length() - 1));
    String number = unit < 0 ? lower : lower.substring(0, lower.length() - 1);
    try {
      long size = Math.multiplyExact(Long.parseLong(number), 1L << (10 * (unit + 1)));
      if (size >= least && size <= most) {
        return size;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // said below
    }
    throw new TypeConversionException(
        "'" + text + "' is no size " + range + "; write 512k, 64m or 1g");
  }
}
