package dev.wasmortem.bytes;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A file of any length, read in blocks of 64 KiB on first use; the last few blocks are kept.
 *
 * <p>It is not mapped. Touching a page of a mapping that another process cut off raises a fault,
 * which the JVM turns into an {@link InternalError} and throws, when the access was compiled, at
 * the thread's next entry into the JVM, wherever that is. A read that comes back short says the
 * same at once, and where. {@link RandomAccessFile} is used because its reads, unlike a channel's,
 * leave the file open when the thread is interrupted.
 */
final class FileSource extends ByteSource {
  private static final int BLOCK_SHIFT = 16;
  private static final int CACHED_BLOCKS = 64;

  private final RandomAccessFile file;
  private final AtomicReferenceArray<Block> cache = new AtomicReferenceArray<>(CACHED_BLOCKS);

  private FileSource(String name, long size, RandomAccessFile file) {
    super(name, size);
    this.file = file;
  }

  static FileSource at(Path path) throws IOException {
    // Tells a file that is missing from one that may not be read; opening does not.
    path.getFileSystem().provider().checkAccess(path, AccessMode.READ);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
    try {
      return new FileSource(path.toString(), file.length(), file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public FileOffset origin() {
    return new FileOffset(0);
  }

  @Override
  ByteSource root() {
    return this;
  }

  @Override
  Block block(long offset) {
    long number = offset >>> BLOCK_SHIFT;
    long start = number << BLOCK_SHIFT;
    int slot = (int) (number % CACHED_BLOCKS);
    Block cached = cache.getAcquire(slot);
    if (cached != null && cached.start() == start) {
      return cached;
    }
    byte[] bytes = new byte[(int) Math.min(1 << BLOCK_SHIFT, size() - start)];
    copy(start, bytes, 0, bytes.length);
    Block block = new Block(start, bytes);
    cache.setRelease(slot, block);
    return block;
  }

  @Override
  void copy(long offset, byte[] target, int targetOffset, int length) {
    try {
      synchronized (file) { // seeking and reading are two steps
        file.seek(offset);
        file.readFully(target, targetOffset, length);
      }
    } catch (EOFException e) {
      throw new FormatException.Truncated(
          "the file was shortened while it was read", at(offset, ""));
    } catch (IOException e) {
      throw new IllegalStateException(
          Printable.escape(name()) + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // Closing a file opened for reading loses nothing.
    }
  }
}
