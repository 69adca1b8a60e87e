package dev.wasmortem.bytes;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A file, mapped in windows of 1 GiB because a Java 17 buffer counts in {@code int}. Bytes are
 * handed out in blocks of 64 KiB, copied from the mapping on first use; the last few blocks are
 * kept.
 *
 * <p>Copying is what makes a file that shrinks under us harmless. Touching a page beyond its new
 * end raises a fault that the JVM turns into an {@link InternalError}; compiled code runs on, and
 * the error is thrown at the thread's next entry into the JVM, wherever that is. So every access to
 * a mapping is a bulk copy, after which the file's length is asked: when it is still long enough
 * there was no fault; when not, a large allocation enters the JVM and takes the error, if there is
 * one, inside our {@code try}. {@link RandomAccessFile} is used because its length, unlike a
 * channel's, can be asked on an interrupted thread without closing the file.
 */
final class MappedSource extends ByteSource {
  private static final int WINDOW_SHIFT = 30;
  private static final int WINDOW_MASK = (1 << WINDOW_SHIFT) - 1;
  private static final int BLOCK_SHIFT = 16;
  private static final int CACHED_BLOCKS = 64;

  /** More than fits into a thread's own allocation buffer, so that the JVM is entered. */
  private static final int DRAIN_BYTES = 8 << 20;

  /** Written only, so that the compiler cannot leave the allocation out. */
  @SuppressWarnings("UnusedVariable")
  private static volatile byte @Nullable [] drain;

  private final RandomAccessFile file;
  private final ByteBuffer[] windows;
  private final AtomicReferenceArray<Block> cache = new AtomicReferenceArray<>(CACHED_BLOCKS);

  private MappedSource(String name, long size, RandomAccessFile file, ByteBuffer[] windows) {
    super(name, size);
    this.file = file;
    this.windows = windows;
  }

  static MappedSource open(Path path) throws IOException {
    path.getFileSystem()
        .provider()
        .checkAccess(path, AccessMode.READ); // says which of missing and forbidden it is
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
    try {
      long size = file.length();
      MappedByteBuffer[] windows =
          new MappedByteBuffer[(int) ((size + WINDOW_MASK) >>> WINDOW_SHIFT)];
      for (int i = 0; i < windows.length; i++) {
        long start = (long) i << WINDOW_SHIFT;
        windows[i] =
            file.getChannel()
                .map(MapMode.READ_ONLY, start, Math.min(size - start, 1L << WINDOW_SHIFT));
      }
      return new MappedSource(path.toString(), size, file, windows);
    } catch (IOException | RuntimeException e) {
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
    for (int done = 0; done < length; ) {
      long at = offset + done;
      int inWindow = (int) (at & WINDOW_MASK);
      int chunk = Math.min(length - done, (1 << WINDOW_SHIFT) - inWindow);
      copyChunk(
          windows[(int) (at >>> WINDOW_SHIFT)], inWindow, at, target, targetOffset + done, chunk);
      done += chunk;
    }
  }

  private void copyChunk(
      ByteBuffer window, int inWindow, long at, byte[] target, int targetOffset, int length) {
    try {
      window.get(inWindow, target, targetOffset, length);
      if (file.length() >= at + length) {
        return;
      }
      drain = new byte[DRAIN_BYTES];
    } catch (InternalError e) {
      // The fault itself; what there is to say about it is said below.
    } catch (IOException e) {
      throw new IllegalStateException(name() + " is closed", e);
    }
    drain = null;
    throw new FormatException.Truncated("the file was shortened while it was read", at(at, ""));
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
