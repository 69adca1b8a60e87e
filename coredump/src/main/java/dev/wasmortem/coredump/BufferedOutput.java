package dev.wasmortem.coredump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Gathers small writes into large ones, and takes memories in chunks without a copy between. Its
 * buffer is outside of the heap, where a file's channel would copy it to otherwise.
 */
final class BufferedOutput implements WritableByteChannel {
  /** A file system does better with long writes; more would not stay in the processor's cache. */
  private static final int CAPACITY = 1 << 20;

  private final WritableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);

  BufferedOutput(WritableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(bytes.position() + Math.min(end - bytes.position(), room()));
      buffer.put(bytes);
    }
    bytes.limit(end);
    return length;
  }

  /** Writes a part of a memory. */
  void copy(MemorySource memory, long start, long length) throws IOException {
    for (long done = 0; done < length; ) {
      int part = (int) Math.min(length - done, room());
      buffer.limit(buffer.position() + part);
      memory.read(new MemoryAddress(start + done), buffer);
      buffer.limit(CAPACITY);
      done += part;
    }
  }

  /** Returns how many bytes fit, at least one. */
  private int room() throws IOException {
    if (!buffer.hasRemaining()) {
      flush();
    }
    return buffer.remaining();
  }

  /** Writes what was gathered. */
  void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  /** Leaves the channel open: it is the caller's. */
  @Override
  public void close() throws IOException {
    flush();
  }
}
