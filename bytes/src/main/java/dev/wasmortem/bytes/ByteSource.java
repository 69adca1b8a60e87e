package dev.wasmortem.bytes;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;

/**
 * Bytes to read at any offset: a file, an array, or a slice of either. Nothing is read before it is
 * asked for.
 *
 * <p>Offsets are counted from this source's first byte; errors name the file and the offset in it,
 * whatever slice was being read. Reading past the end throws {@link FormatException.Truncated}; so
 * does reading a file that another process has shortened. Safe for use by several threads.
 */
public abstract sealed class ByteSource implements Closeable
    permits ArraySource, FileSource, SliceSource {

  /** How many bytes are hashed at a time. */
  private static final int PIECE = 1 << 16;

  private final String name;
  private final long size;

  ByteSource(String name, long size) {
    this.name = name;
    this.size = size;
  }

  /**
   * Returns a source over {@code bytes}, which must not be changed afterwards, called {@code name}
   * in errors.
   */
  public static ByteSource of(String name, byte[] bytes) {
    return new ArraySource(name, bytes);
  }

  /**
   * Opens a file of any length; its bytes are read when they are asked for. The name is the path as
   * given.
   *
   * @throws IOException if the file cannot be opened
   */
  public static ByteSource open(Path file) throws IOException {
    return FileSource.at(file);
  }

  /** Returns the name of the file, as errors show it. */
  public final String name() {
    return name;
  }

  /** Returns the number of bytes. */
  public final long size() {
    return size;
  }

  /** Returns where this source's byte 0 stands in its file: 0 but for slices. */
  public abstract FileOffset origin();

  /**
   * Returns the {@code length} bytes from {@code offset} on as a source of their own.
   *
   * @throws FormatException.Truncated if they reach past the end of this source
   */
  public final ByteSource slice(long offset, long length) {
    if (offset < 0 || length < 0 || offset > size || length > size - offset) {
      throw truncated(Math.max(0, Math.min(offset, size)), length, "");
    }
    return new SliceSource(root(), origin().value() + offset, length);
  }

  /** Returns a cursor at the first byte. */
  public final Cursor cursor() {
    return new Cursor(this, 0);
  }

  /** Returns a cursor at {@code offset}, which may be anywhere up to the end. */
  public final Cursor cursor(long offset) {
    return new Cursor(this, 0).seek(offset);
  }

  /** Returns the byte at {@code offset}, 0 to 255. */
  public final int u8(long offset) {
    if (offset < 0 || offset >= size) {
      throw truncated(Math.max(0, Math.min(offset, size)), 1, "");
    }
    long at = origin().value() + offset;
    Block block = root().block(at);
    return block.bytes()[(int) (at - block.start())] & 0xff;
  }

  /**
   * Copies {@code length} bytes from {@code offset} on into {@code target} at {@code targetOffset}.
   */
  public final void copyTo(long offset, byte[] target, int targetOffset, int length) {
    Objects.checkFromIndexSize(targetOffset, length, target.length);
    if (offset < 0 || offset > size || length > size - offset) {
      throw truncated(Math.max(0, Math.min(offset, size)), length, "");
    }
    root().copy(origin().value() + offset, target, targetOffset, length);
  }

  /** Writes all bytes to {@code channel}, some at a time, however many writes that takes. */
  public final void writeTo(WritableByteChannel channel) throws IOException {
    long at = origin().value();
    long end = at + size;
    while (at < end) {
      Block block = root().block(at);
      int from = (int) (at - block.start());
      int length = (int) Math.min(block.bytes().length - from, end - at);
      ByteBuffer bytes = ByteBuffer.wrap(block.bytes(), from, length).asReadOnlyBuffer();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      at += length;
    }
  }

  /**
   * Returns the SHA-256 (FIPS 180-4) of all bytes, 32 of them; reads everything.
   *
   * @throws FormatException.Truncated if the file was shortened meanwhile
   */
  public final byte[] sha256() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    byte[] piece = new byte[(int) Math.min(PIECE, size)];
    for (long at = 0; at < size; at += piece.length) {
      int length = (int) Math.min(piece.length, size - at);
      copyTo(at, piece, 0, length);
      digest.update(piece, 0, length);
    }
    return digest.digest();
  }

  /** Returns the location of this source's byte at {@code offset}, read as {@code production}. */
  public final Location at(long offset, String production) {
    return new Location(name, new FileOffset(origin().value() + offset), production);
  }

  /** Releases the file. A slice does not own its file: closing it does nothing. */
  @Override
  public void close() {}

  final FormatException.Truncated truncated(long offset, long wanted, String production) {
    long left = size - offset;
    return new FormatException.Truncated(
        "needs " + (wanted - left) + " more byte" + (wanted - left == 1 ? "" : "s"),
        at(offset, production));
  }

  /**
   * Returns the source that holds the bytes, in whose coordinates {@link #block} and {@link #copy}
   * count.
   */
  abstract ByteSource root();

  /** Returns a block that holds the root's byte at {@code offset}, which exists. */
  abstract Block block(long offset);

  /** Copies bytes of the root that exist. */
  abstract void copy(long offset, byte[] target, int targetOffset, int length);

  /**
   * Some bytes of a root source, on the heap; never changed.
   *
   * @param start the root's offset of the first of {@code bytes}
   * @param bytes the bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // private to the package, compared by nobody
  record Block(long start, byte[] bytes) {}
}
