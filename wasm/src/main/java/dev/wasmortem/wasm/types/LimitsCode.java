package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;

/** The flags of {@code limits} (§5.3.12; bits 1 and 3: proposals threads, custom page sizes). */
final class LimitsCode {
  static final int MAX = 1;
  static final int SHARED = 2;
  static final int ADDRESS_64 = 4;
  static final int PAGE_SIZE = 8;

  private LimitsCode() {}

  static int readFlags(Cursor cursor, int allowed) {
    long start = cursor.position();
    int flags = cursor.u8();
    if ((flags & ~allowed) != 0) {
      throw new FormatException.Malformed(
          "malformed limits flags 0x" + Integer.toHexString(flags), cursor.at(start));
    }
    return flags;
  }

  static AddressType addressType(int flags) {
    return (flags & ADDRESS_64) != 0 ? AddressType.I64 : AddressType.I32;
  }

  static SizeLimits readLimits(Cursor cursor, int flags) {
    AddressType type = addressType(flags);
    long min = readSize(cursor, type);
    return (flags & MAX) != 0
        ? SizeLimits.between(min, readSize(cursor, type))
        : SizeLimits.atLeast(min);
  }

  private static long readSize(Cursor cursor, AddressType type) {
    return type == AddressType.I64 ? cursor.u64() : cursor.u32();
  }

  static int flags(SizeLimits limits, AddressType type) {
    return (limits.max().isPresent() ? MAX : 0) | (type == AddressType.I64 ? ADDRESS_64 : 0);
  }

  static void write(ByteWriter out, SizeLimits limits) {
    out.unsigned(limits.min());
    limits.max().ifPresent(out::unsigned);
  }
}
