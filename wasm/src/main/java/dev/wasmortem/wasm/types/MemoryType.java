package dev.wasmortem.wasm.types;

import dev.wasmortem.bytes.ByteWriter;
import dev.wasmortem.bytes.Cursor;
import dev.wasmortem.bytes.FormatException;

/**
 * The type of a linear memory (§5.3.12, and the proposals threads and custom page sizes).
 *
 * @param limits its size in pages
 * @param addressType {@code i64} for a memory64
 * @param sharing whether threads share it
 * @param pageSizeLog2 the binary logarithm of the size of a page in bytes: 16, or 0; others can be
 *     read and are not valid
 */
public record MemoryType(
    SizeLimits limits, AddressType addressType, Sharing sharing, int pageSizeLog2)
    implements ExternType {
  /** The logarithm of the usual 65,536 bytes. */
  public static final int DEFAULT_PAGE_SIZE_LOG2 = 16;

  private static final int FLAGS =
      LimitsCode.MAX | LimitsCode.SHARED | LimitsCode.ADDRESS_64 | LimitsCode.PAGE_SIZE;

  /** Whether threads share a memory. */
  public enum Sharing {
    UNSHARED,
    SHARED
  }

  /** Returns the type of an unshared 32-bit memory with pages of 65,536 bytes. */
  public static MemoryType of(SizeLimits limits) {
    return new MemoryType(limits, AddressType.I32, Sharing.UNSHARED, DEFAULT_PAGE_SIZE_LOG2);
  }

  /** Reads a {@code memtype}. */
  public static MemoryType read(Cursor cursor) {
    int flags = LimitsCode.readFlags(cursor, FLAGS);
    SizeLimits limits = LimitsCode.readLimits(cursor, flags);
    int pageSizeLog2 = DEFAULT_PAGE_SIZE_LOG2;
    if ((flags & LimitsCode.PAGE_SIZE) != 0) {
      long start = cursor.position();
      long log2 = cursor.u32();
      if (log2 > 63) {
        throw new FormatException.Malformed("page size 2^" + log2, cursor.at(start));
      }
      pageSizeLog2 = (int) log2;
    }
    Sharing sharing = (flags & LimitsCode.SHARED) != 0 ? Sharing.SHARED : Sharing.UNSHARED;
    return new MemoryType(limits, LimitsCode.addressType(flags), sharing, pageSizeLog2);
  }

  /** Returns the size of a page in bytes, 2⁶³−1 where it is more. */
  public long pageSize() {
    return pageSizeLog2 < 63 ? 1L << pageSizeLog2 : Long.MAX_VALUE;
  }

  @Override
  public ExternKind kind() {
    return ExternKind.MEMORY;
  }

  @Override
  public void writeTo(ByteWriter out) {
    int flags = LimitsCode.flags(limits, addressType);
    if (sharing == Sharing.SHARED) {
      flags |= LimitsCode.SHARED;
    }
    if (pageSizeLog2 != DEFAULT_PAGE_SIZE_LOG2) {
      flags |= LimitsCode.PAGE_SIZE;
    }
    out.u8(flags);
    LimitsCode.write(out, limits);
    if (pageSizeLog2 != DEFAULT_PAGE_SIZE_LOG2) {
      out.unsigned(pageSizeLog2);
    }
  }
}
