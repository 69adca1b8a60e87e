package dev.wasmortem.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes numbers and names into a buffer that grows: what {@link Cursor} reads, in the shortest
 * form. For headers and sections of modest size; what may be large is streamed past it. Not
 * thread-safe.
 */
public final class ByteWriter {
  private byte[] buffer;
  private int size;

  /** Makes an empty writer. */
  public ByteWriter() {
    this(256);
  }

  /** Makes an empty writer with room for {@code capacity} bytes. */
  public ByteWriter(int capacity) {
    buffer = new byte[Math.max(capacity, 16)];
  }

  /** Returns the number of bytes written. */
  public int size() {
    return size;
  }

  /** Forgets what was written. */
  public ByteWriter clear() {
    size = 0;
    return this;
  }

  /** Writes the low eight bits. */
  public ByteWriter u8(int value) {
    room(1);
    buffer[size++] = (byte) value;
    return this;
  }

  /** Writes 16 bits, little-endian. */
  public ByteWriter i16le(int value) {
    return u8(value).u8(value >> 8);
  }

  /** Writes 32 bits, little-endian. */
  public ByteWriter i32le(int value) {
    return i16le(value).i16le(value >> 16);
  }

  /** Writes 64 bits, little-endian. */
  public ByteWriter i64le(long value) {
    return i32le((int) value).i32le((int) (value >> 32));
  }

  /**
   * Writes an unsigned LEB128 number in as few bytes as hold it; negative values count as 2⁶³ and
   * more.
   */
  public ByteWriter unsigned(long value) {
    room(10);
    while ((value & ~0x7fL) != 0) {
      buffer[size++] = (byte) (value | 0x80);
      value >>>= 7;
    }
    buffer[size++] = (byte) value;
    return this;
  }

  /** Writes a signed LEB128 number in as few bytes as hold it. */
  public ByteWriter signed(long value) {
    room(10);
    while (value < -64 || value > 63) {
      buffer[size++] = (byte) (value | 0x80);
      value >>= 7;
    }
    buffer[size++] = (byte) (value & 0x7f);
    return this;
  }

  /**
   * Writes an unsigned LEB128 number in {@code width} bytes, padded, or in more where it needs
   * more.
   *
   * @param width 1 to 10
   */
  public ByteWriter unsigned(long value, int width) {
    room(Math.max(width, 10));
    for (int left = width; left > 1 || (value & ~0x7fL) != 0; left--) {
      buffer[size++] = (byte) (value | 0x80);
      value >>>= 7;
    }
    buffer[size++] = (byte) value;
    return this;
  }

  /**
   * Writes a signed LEB128 number in {@code width} bytes, padded, or in more where it needs more.
   *
   * @param width 1 to 10
   */
  public ByteWriter signed(long value, int width) {
    room(Math.max(width, 10));
    for (int left = width; left > 1 || value < -64 || value > 63; left--) {
      buffer[size++] = (byte) (value | 0x80);
      value >>= 7;
    }
    buffer[size++] = (byte) (value & 0x7f);
    return this;
  }

  /** Writes a {@code name}: its length in bytes and its UTF-8. Lone surrogates become {@code ?}. */
  public ByteWriter name(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return unsigned(utf8.length).bytes(utf8);
  }

  /** Writes all of {@code bytes}. */
  public ByteWriter bytes(byte[] bytes) {
    return bytes(bytes, 0, bytes.length);
  }

  /** Writes {@code length} of {@code bytes} from {@code offset} on. */
  public ByteWriter bytes(byte[] bytes, int offset, int length) {
    room(length);
    System.arraycopy(bytes, offset, buffer, size, length);
    size += length;
    return this;
  }

  /** Writes all of {@code source}, for short ones. */
  public ByteWriter bytes(ByteSource source) {
    int length = Math.toIntExact(source.size());
    room(length);
    source.copyTo(0, buffer, size, length);
    size += length;
    return this;
  }

  /** Writes what {@code other} holds. */
  public ByteWriter bytes(ByteWriter other) {
    return bytes(other.buffer, 0, other.size);
  }

  /** Writes the size of what {@code other} holds as unsigned LEB128, then what it holds. */
  public ByteWriter sized(ByteWriter other) {
    return unsigned(other.size).bytes(other);
  }

  /** Returns a copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  /** Writes all of it to {@code channel}, however many writes that takes. */
  public void writeTo(WritableByteChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, size);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Returns how many bytes {@link #unsigned} writes for {@code value}. */
  public static int unsignedSize(long value) {
    return Math.max(1, (64 - Long.numberOfLeadingZeros(value) + 6) / 7);
  }

  /** Returns how many bytes {@link #signed} writes for {@code value}. */
  public static int signedSize(long value) {
    long magnitude = value < 0 ? ~value : value;
    return (64 - Long.numberOfLeadingZeros(magnitude)) / 7 + 1;
  }

  private void room(int bytes) {
    if (bytes > buffer.length - size) {
      long wanted = Math.max((long) size + bytes, 2L * buffer.length);
      if ((long) size + bytes > Integer.MAX_VALUE - 8) {
        throw new OutOfMemoryError("a buffer of more than 2 GiB");
      }
      buffer = Arrays.copyOf(buffer, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
  }
}
