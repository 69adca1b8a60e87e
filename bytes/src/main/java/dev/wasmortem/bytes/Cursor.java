package dev.wasmortem.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads forward through a {@link ByteSource}. Multi-byte numbers are little-endian. Not
 * thread-safe; cheap to make.
 *
 * <p>Positions are counted from the source's first byte. Every method that reads throws {@link
 * FormatException.Truncated} at the end of the source, with the position before the read unchanged
 * or not; a cursor that threw is of no further use but for {@link #seek}.
 *
 * <p>WebAssembly's LEB128 (Core Specification 3.0, §5.2.2) is strict: at most ⌈N/7⌉ bytes, unused
 * bits of the last byte zero or the sign. DWARF's (DWARF 5, §7.6) may be padded at will.
 */
public final class Cursor {
  private static final byte[] NOTHING = {};

  private final ByteSource source;
  private final ByteSource root;
  private final long base;
  private final long end;

  /** The bytes at hand; {@code blockStart + pos} is the position in the root. */
  private byte[] block = NOTHING;

  private int pos;
  private int limit;
  private long blockStart;

  private String production = "";

  Cursor(ByteSource source, long position) {
    this.source = source;
    this.root = source.root();
    this.base = source.origin().value();
    this.end = base + source.size();
    this.blockStart = base + position;
  }

  /** Names the production that is read from here on, for errors; returns this. */
  public Cursor in(String name) {
    this.production = name;
    return this;
  }

  /** Returns the source. */
  public ByteSource source() {
    return source;
  }

  /** Returns the position, from the source's first byte. */
  public long position() {
    return blockStart + pos - base;
  }

  /** Returns the number of bytes that are left. */
  public long remaining() {
    return end - blockStart - pos;
  }

  /** Returns whether no byte is left. */
  public boolean atEnd() {
    return remaining() == 0;
  }

  /** Returns the absolute offset, in the file, of the next byte. */
  public FileOffset fileOffset() {
    return new FileOffset(blockStart + pos);
  }

  /** Returns the location of the next byte in the production named last. */
  public Location here() {
    return source.at(position(), production);
  }

  /** Returns the location of the byte at {@code position} in the production named last. */
  public Location at(long position) {
    return source.at(position, production);
  }

  /** Moves to {@code position}, at most the end. */
  public Cursor seek(long position) {
    if (position < 0 || position > source.size()) {
      throw source.truncated(
          Math.max(0, Math.min(position, source.size())), Math.max(1, position), production);
    }
    long at = base + position - blockStart;
    if (at >= 0 && at <= limit) {
      pos = (int) at;
    } else {
      blockStart = base + position;
      block = NOTHING;
      pos = 0;
      limit = 0;
    }
    return this;
  }

  /** Moves {@code bytes} further on. */
  public Cursor skip(long bytes) {
    if (bytes < 0 || bytes > remaining()) {
      throw short_(bytes);
    }
    return seek(position() + bytes);
  }

  /** Returns the next {@code length} bytes as a source and moves past them. */
  public ByteSource take(long length) {
    if (length < 0 || length > remaining()) {
      throw short_(length);
    }
    ByteSource part = source.slice(position(), length);
    seek(position() + length);
    return part;
  }

  /**
   * Returns the next {@code length} bytes and moves past them; for short runs, never for a memory.
   */
  public byte[] bytes(int length) {
    if (length < 0 || length > remaining()) {
      throw short_(length & 0xffffffffL);
    }
    byte[] bytes = new byte[length];
    source.copyTo(position(), bytes, 0, length);
    seek(position() + length);
    return bytes;
  }

  /** Returns the next byte, 0 to 255. */
  public int u8() {
    if (pos >= limit) {
      refill();
    }
    return block[pos++] & 0xff;
  }

  /** Returns the next byte, 0 to 255, and stays before it. */
  public int peek() {
    if (pos >= limit) {
      refill();
    }
    return block[pos] & 0xff;
  }

  /** Returns a 16-bit number, 0 to 65535. */
  public int u16le() {
    int low = u8();
    return low | u8() << 8;
  }

  /** Returns a 32-bit number as it stands. */
  public int i32le() {
    int low = u16le();
    return low | u16le() << 16;
  }

  /** Returns a 32-bit number, 0 to 2³²−1. */
  public long u32le() {
    return i32le() & 0xffffffffL;
  }

  /** Returns a 64-bit number as it stands. */
  public long i64le() {
    long low = u32le();
    return low | u32le() << 32;
  }

  /** Returns a WebAssembly {@code u32}, 0 to 2³²−1. */
  public long u32() {
    int first = u8();
    if (first < 0x80) {
      return first;
    }
    return endsNext() ? second(first) : strict(first, 32, false) & 0xffffffffL;
  }

  /** Returns a WebAssembly {@code u64}; values from 2⁶³ on are negative. */
  public long u64() {
    int first = u8();
    if (first < 0x80) {
      return first;
    }
    return endsNext() ? second(first) : strict(first, 64, false);
  }

  /** Returns a WebAssembly {@code s32}. */
  public int s32() {
    int first = u8();
    if (first < 0x80) {
      return signedFirst(first);
    }
    return endsNext() ? signedSecond(first) : (int) strict(first, 32, true);
  }

  /** Returns a WebAssembly {@code s33}, as block types and heap types are written. */
  public long s33() {
    int first = u8();
    return first < 0x80 ? first << 25 >> 25 : strict(first, 33, true);
  }

  /** Returns a WebAssembly {@code s64}. */
  public long s64() {
    int first = u8();
    if (first < 0x80) {
      return signedFirst(first);
    }
    return endsNext() ? signedSecond(first) : strict(first, 64, true);
  }

  /**
   * Returns a WebAssembly {@code u32} that counts or indexes things of ours.
   *
   * @throws FormatException.LimitExceeded if it is 2³¹ or more
   */
  public int index() {
    long start = position();
    long value = u32();
    if (value > Integer.MAX_VALUE) {
      throw new FormatException.LimitExceeded("index " + value + " is 2^31 or more", at(start));
    }
    return (int) value;
  }

  /**
   * Returns the count that begins a {@code vec}, having checked that so many elements can stand in
   * what is left, so that space may be reserved by it.
   *
   * @param elementBytes the fewest bytes that an element takes, at least 1
   * @throws FormatException.Malformed if the elements cannot fit
   */
  public int count(int elementBytes) {
    long start = position();
    long count = u32();
    if (count > remaining() / elementBytes) {
      throw new FormatException.Malformed(
          "a count of " + count + " cannot fit into the " + remaining() + " bytes that are left",
          at(start));
    }
    return (int) count;
  }

  /**
   * Returns a WebAssembly {@code name}: a count of bytes and UTF-8 (Core Specification 3.0,
   * §5.2.4).
   *
   * @throws FormatException.Malformed if the bytes are not UTF-8
   * @throws FormatException.LimitExceeded if they are more than {@link Limits#NAME_BYTES}
   */
  public String name() {
    long start = position();
    long length = u32();
    if (length > remaining()) {
      throw short_(length);
    }
    if (length > Limits.NAME_BYTES) {
      throw new FormatException.LimitExceeded(
          "a name of " + length + " bytes; the limit is " + Limits.NAME_BYTES, at(start));
    }
    byte[] bytes = bytes((int) length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new FormatException.Malformed("a name that is not UTF-8", at(start));
    }
  }

  /**
   * Returns a DWARF {@code ULEB128}, padded or not.
   *
   * @throws FormatException.Malformed if the value needs more than 64 bits
   */
  public long uleb128() {
    return padded(false);
  }

  /**
   * Returns a DWARF {@code SLEB128}, padded or not.
   *
   * @throws FormatException.Malformed if the value needs more than 64 bits
   */
  public long sleb128() {
    return padded(true);
  }

  /**
   * Returns the bytes up to a NUL, as UTF-8 with what is none replaced, and moves past the NUL.
   *
   * @throws FormatException.LimitExceeded if they are more than {@link Limits#STRING_BYTES}
   */
  public String cstring() {
    long start = position();
    while (u8() != 0) {
      if (position() - start > Limits.STRING_BYTES) {
        throw new FormatException.LimitExceeded(
            "a string of more than " + Limits.STRING_BYTES + " bytes", at(start));
      }
    }
    byte[] bytes = new byte[(int) (position() - 1 - start)];
    source.copyTo(start, bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Returns an error about the production named last at the next byte. */
  public FormatException.Malformed malformed(String problem) {
    return new FormatException.Malformed(problem, here());
  }

  private FormatException.Truncated short_(long wanted) {
    return source.truncated(position(), wanted, production);
  }

  private void refill() {
    long at = blockStart + pos;
    if (at >= end) {
      throw short_(1);
    }
    ByteSource.Block next = root.block(at);
    block = next.bytes();
    blockStart = next.start();
    pos = (int) (at - blockStart);
    limit = (int) Math.min(block.length, end - blockStart);
  }

  /** Returns whether the next byte is at hand and the last of a number: most are that short. */
  private boolean endsNext() {
    return pos < limit && block[pos] >= 0;
  }

  /** Returns the fourteen bits of a number of two bytes. */
  private int second(int first) {
    return (first & 0x7f) | block[pos++] << 7;
  }

  private static int signedFirst(int first) {
    return first << 25 >> 25;
  }

  private int signedSecond(int first) {
    return second(first) << 18 >> 18;
  }

  private long strict(int first, int bits, boolean signed) {
    long start = position() - 1;
    long value = first & 0x7f;
    int shift = 7;
    while (true) {
      int b = u8();
      int used = bits - shift;
      if (used < 8) {
        checkLast(b, used, signed, start);
      }
      value |= (long) (b & 0x7f) << shift;
      shift += 7;
      if (b < 0x80) {
        return signed && shift < 64 ? value << (64 - shift) >> (64 - shift) : value;
      }
    }
  }

  /**
   * Checks the byte that reaches the last of {@code used} bits: it must end the number and hold
   * nothing above them.
   */
  private void checkLast(int b, int used, boolean signed, long start) {
    if (b >= 0x80) {
      throw new FormatException.Malformed("integer representation too long", at(start));
    }
    int unused = (b & 0x7f) >> (signed ? used - 1 : used);
    int allOnes = 0x7f >> (signed ? used - 1 : used);
    if (unused != 0 && !(signed && unused == allOnes)) {
      throw new FormatException.Malformed("integer too large", at(start));
    }
  }

  private long padded(boolean signed) {
    long start = position();
    long value = 0;
    int shift = 0;
    int b;
    do {
      b = u8();
      if (shift < 63) {
        value |= (long) (b & 0x7f) << shift;
      } else {
        boolean fits =
            shift == 63
                ? signed ? (b & 0x7f) == 0 || (b & 0x7f) == 0x7f : (b & 0x7f) <= 1
                : (b & 0x7f) == (signed && value < 0 ? 0x7f : 0);
        if (!fits) {
          throw new FormatException.Malformed("a LEB128 number of more than 64 bits", at(start));
        }
        if (shift == 63) {
          value |= (long) b << 63;
        }
      }
      shift = Math.min(shift + 7, 70);
    } while (b >= 0x80);
    return signed && shift < 64 && (b & 0x40) != 0 ? value | -1L << shift : value;
  }
}
